/* Reads and replaces one small file, whole: whoever reads it sees the old or the new one, also after a loss of power.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profiles/tsm-mask.h"
#include "profiles/tsm-profile-exchange.h"

#define MAX_SIZE    TSM_PROFILE_EXCHANGE_MAX_SIZE
#define MAX_BACKUPS 9

/* Two seconds. */
#define LOCK_ATTEMPTS 200
#define LOCK_PAUSE_US 10000

struct _TsmProfileFile
{
  gatomicrefcount  ref_count;
  GMutex           mutex;   /* one writes at a time */
  guint64          serial;  /* of what is written */
  GBytes          *written; /* NULL: nothing yet */
  char            *path;
};

static GBytes *
fail (const char  *path,
      int          number,
      GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), "%s: %s", name, g_strerror (number));
  return NULL;
}

/* Reads at most one byte more than it may have. */
static GBytes *
read_all (int          fd,
          const char  *path,
          GError     **error)
{
  g_autoptr (GByteArray) contents = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    {
      if (n > 0)
        g_byte_array_append (contents, buffer, (guint) n);
      if (contents->len > MAX_SIZE)
        return fail (path, EFBIG, error);
    }

  explicit_bzero (buffer, sizeof buffer);
  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&contents)) : fail (path, errno, error);
}

/**
 * tsm_profile_file_read:
 * @path: a file of up to 1 MiB
 * @error: return location for a #GFileError
 *
 * Returns: (transfer full) (nullable): its contents. %NULL with @error set where there is none, or no plain file
 */
GBytes *
tsm_profile_file_read (const char  *path,
                       GError     **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hold us up */
  struct stat status;
  GBytes *contents;

  if (fd < 0)
    return fail (path, errno, error);

  if (fstat (fd, &status) != 0)
    contents = fail (path, errno, error);
  else if (!S_ISREG (status.st_mode))
    contents = fail (path, S_ISDIR (status.st_mode) ? EISDIR : EINVAL, error);
  else
    contents = read_all (fd, path, error);

  close (fd);
  return contents;
}

/**
 * tsm_profile_file_new:
 * @path: (type filename): a file, which need not be there
 *
 * Returns: (transfer full): what writes it
 */
TsmProfileFile *
tsm_profile_file_new (const char *path)
{
  TsmProfileFile *self = g_new0 (TsmProfileFile, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->path = g_strdup (path);
  return self;
}

/**
 * tsm_profile_file_ref:
 * @self: a file
 *
 * Returns: (transfer full): @self
 */
TsmProfileFile *
tsm_profile_file_ref (TsmProfileFile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * tsm_profile_file_unref:
 * @self: (transfer full): a file
 *
 * Drops a reference.
 */
void
tsm_profile_file_unref (TsmProfileFile *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->mutex);
  g_clear_pointer (&self->written, g_bytes_unref);
  g_free (self->path);
  g_free (self);
}

static gboolean
replace (const char  *path,
         const char  *contents,
         gsize        length,
         GError     **error)
{
  return g_file_set_contents_full (path, contents, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

static gboolean
holds (const char *path,
       const char *contents)
{
  g_autoptr (GBytes) bytes = tsm_profile_file_read (path, NULL);
  gsize size;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return data != NULL && size == strlen (contents) && memcmp (data, contents, size) == 0;
}

/* (transfer full): the first of "….broken", "….broken-2", … that is not there, or already holds @contents; else the last */
static char *
choose_backup (const char *path,
               const char *contents)
{
  char *name = g_strconcat (path, ".broken", NULL);

  for (guint i = 2; i <= MAX_BACKUPS && g_file_test (name, G_FILE_TEST_EXISTS) && (contents == NULL || !holds (name, contents)); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.broken-%u", path, i);
    }

  return name;
}

static gboolean
copy_away (const char  *path,
           GError     **error)
{
  g_autoptr (GBytes) bytes = tsm_profile_file_read (path, error);
  g_autofree char *masked = NULL;
  g_autofree char *name = NULL;
  const char *data;
  gsize size;

  if (bytes == NULL)
    return FALSE;

  data = g_bytes_get_data (bytes, &size);
  masked = tsm_mask_file (data != NULL ? data : "", size);
  name = choose_backup (path, masked);
  return replace (name, masked, strlen (masked), error);
}

static gboolean
move_away (const char  *path,
           GError     **error)
{
  g_autofree char *name = choose_backup (path, NULL);

  return g_rename (path, name) == 0 || errno == ENOENT || fail (path, errno, error) != NULL;
}

static gboolean
back_up (const char        *path,
         TsmProfileBackup   backup,
         GError           **error)
{
  switch (backup)
    {
    case TSM_PROFILE_BACKUP_COPY:
      return copy_away (path, error);
    case TSM_PROFILE_BACKUP_MOVE:
      return move_away (path, error);
    case TSM_PROFILE_BACKUP_NONE:
    default:
      return TRUE;
    }
}

/* A link stays one: what it leads to is replaced. */
static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  char *result = g_strdup (real != NULL ? real : path);

  free (real);
  return result;
}

/* The folder is what is locked, as the file is another one after each writing. A program that keeps the lock for so long hangs, or
 * the file system has no locks: then it is done without.
 *
 * Returns: what to close to unlock it; -1 for nothing
 */
static int
lock_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; fd >= 0 && i < LOCK_ATTEMPTS && flock (fd, LOCK_EX | LOCK_NB) != 0 && (errno == EWOULDBLOCK || errno == EINTR); i++)
    g_usleep (LOCK_PAUSE_US);

  return fd;
}

static gboolean
are_same (GBytes *one,
          GBytes *other)
{
  return one != NULL && other != NULL ? g_bytes_equal (one, other) : one == other;
}

/* What another program has written must not be lost. What we have written ourselves is in all that comes after it. */
static gboolean
check_base (TsmProfileFile  *self,
            GBytes          *base,
            GError         **error)
{
  g_autoptr (GBytes) now = tsm_profile_file_read (self->path, NULL);

  if (are_same (now, base) || (now != NULL && are_same (now, self->written)))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG, _("Another program changes them all the time."));
  return FALSE;
}

static gboolean
write_locked (TsmProfileFile    *self,
              const char        *real,
              GBytes            *contents,
              GBytes            *base,
              TsmProfileBackup   backup,
              GError           **error)
{
  const char *data;
  gsize size;

  if (!check_base (self, base, error) || !back_up (self->path, backup, error))
    return FALSE;

  data = g_bytes_get_data (contents, &size);
  if (!replace (real, data, size, error))
    return FALSE;

  g_clear_pointer (&self->written, g_bytes_unref);
  self->written = g_bytes_ref (contents);
  return TRUE;
}

static gboolean
write_now (TsmProfileFile    *self,
           GBytes            *contents,
           GBytes            *base,
           TsmProfileBackup   backup,
           GError           **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *real = NULL;
  gboolean ok;
  int lock;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (folder, errno, error) != NULL;

  real = resolve (self->path);
  lock = lock_folder (real);
  ok = write_locked (self, real, contents, base, backup, error);
  if (lock >= 0)
    close (lock);
  return ok;
}

/**
 * tsm_profile_file_write:
 * @contents: the whole file
 * @base: (nullable): what the file held when @contents were made from it; %NULL for nothing that could be read
 * @serial: grows with each call; an older one that comes late is not written any more
 * @backup: what to do before something is overwritten
 * @error: return location for a #GFileError, or %G_IO_ERROR_WRONG_ETAG where another program has changed the file since
 *
 * Replaces the file atomically and waits until it is on the disk, and up to two seconds for another program that does so. The file
 * is for its user alone (0600), as is its folder where it has to be made (0700).
 *
 * Returns: %FALSE with @error set; then the file is as it was
 */
gboolean
tsm_profile_file_write (TsmProfileFile    *self,
                        GBytes            *contents,
                        GBytes            *base,
                        guint64            serial,
                        TsmProfileBackup   backup,
                        GError           **error)
{
  gboolean ok;

  g_mutex_lock (&self->mutex);
  ok = serial <= self->serial || write_now (self, contents, base, backup, error);
  if (ok)
    self->serial = MAX (self->serial, serial);
  g_mutex_unlock (&self->mutex);

  return ok;
}
