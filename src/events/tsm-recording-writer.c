/* TsmRecordingWriter: writes a recording, a line a message, as they arrive.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each line goes to the system whole and at once, nothing is kept back: a program that crashes, or is killed, loses at most
 * the line it was at. A disk that is full leaves the lines that it had room for, and no piece of one.
 */

#include "config.h"

#include "events/tsm-recording-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

struct _TsmRecordingWriter
{
  int       fd;
  char     *name;
  gboolean  is_ours;  /* we opened it */
  gint64    length;   /* bytes of whole lines */
  guint64   n_records;
  gint64    first;    /* µs, monotonic */
};

static gboolean
fail (TsmRecordingWriter  *self,
      int                  saved_errno,
      GError             **error)
{
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (saved_errno), _("Cannot write “%s”: %s"), self->name,
               g_strerror (saved_errno));
  return FALSE;
}

/* Whoever gave us the descriptor may have it not wait. */
static void
wait_for_room (int fd)
{
  struct pollfd poll_fd = { fd, POLLOUT, 0 };

  poll (&poll_fd, 1, -1);
}

/* Returns: 0, or an errno. */
static int
write_all (int         fd,
           const char *bytes,
           gsize       size)
{
  while (size > 0)
    {
      gssize n = write (fd, bytes, size);

      if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        wait_for_room (fd);
      else if (n < 0 && errno != EINTR)
        return errno;
      else if (n > 0)
        {
          bytes += n;
          size -= (gsize) n;
        }
    }

  return 0;
}

/* Takes the line. */
static gboolean
write_line (TsmRecordingWriter  *self,
            char                *line,
            GError             **error)
{
  g_autofree char *owned = line;
  gsize length = strlen (owned);
  int saved_errno;

  owned[length] = '\n'; /* in place of its NUL, so that it is one write() */
  saved_errno = write_all (self->fd, owned, length + 1);
  if (saved_errno == 0)
    {
      self->length += (gint64) length + 1;
      return TRUE;
    }

  /* A piece of a line is of no use; what has no length, as a pipe, refuses, and that is fine. */
  if (self->is_ours && ftruncate (self->fd, (off_t) self->length) == 0)
    lseek (self->fd, (off_t) self->length, SEEK_SET);

  return fail (self, saved_errno, error);
}

static TsmRecordingWriter *
begin (TsmRecordingWriter  *self,
       GError             **error)
{
  if (write_line (self, tsm_recording_dup_header (), error))
    return self;

  tsm_recording_writer_free (self);
  return NULL;
}

/**
 * tsm_recording_writer_new:
 * @path: the file
 * @overwrite: whether a file that is there may be written over; otherwise it is G_FILE_ERROR_EXIST
 * @error: a %G_FILE_ERROR
 *
 * Makes the file and writes its first line.
 *
 * Returns: (transfer full) (nullable): a writer
 */
TsmRecordingWriter *
tsm_recording_writer_new (const char  *path,
                          gboolean     overwrite,
                          GError     **error)
{
  TsmRecordingWriter *self;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | (overwrite ? O_TRUNC : O_EXCL), 0666);
  self = g_new0 (TsmRecordingWriter, 1);
  self->fd = fd;
  self->name = g_filename_display_name (path);
  self->is_ours = TRUE;
  if (fd >= 0)
    return begin (self, error);

  fail (self, errno, error);
  tsm_recording_writer_free (self);
  return NULL;
}

/**
 * tsm_recording_writer_new_for_fd:
 * @fd: a file descriptor, which is not closed
 * @name: what to call it in errors
 * @error: a %G_FILE_ERROR; %G_FILE_ERROR_PIPE where nobody reads any more
 *
 * Writes the first line of a recording to @fd.
 *
 * Returns: (transfer full) (nullable): a writer
 */
TsmRecordingWriter *
tsm_recording_writer_new_for_fd (int          fd,
                                 const char  *name,
                                 GError     **error)
{
  TsmRecordingWriter *self;

  g_return_val_if_fail (fd >= 0, NULL);

  self = g_new0 (TsmRecordingWriter, 1);
  self->fd = fd;
  self->name = g_strdup (name);
  return begin (self, error);
}

/**
 * tsm_recording_writer_write:
 * @received: µs since the epoch
 * @received_monotonic: µs
 * @channel: any bytes but NUL
 * @pattern: (nullable): the pattern that matched
 * @payload: any bytes
 * @error: %TSM_RECORDING_ERROR_TOO_LARGE, after which others may still be written, or a %G_FILE_ERROR
 *
 * Writes a message. It may wait for the disk.
 *
 * Returns: whether it was written
 */
gboolean
tsm_recording_writer_write (TsmRecordingWriter  *self,
                            gint64               received,
                            gint64               received_monotonic,
                            const char          *channel,
                            const char          *pattern,
                            GBytes              *payload,
                            GError             **error)
{
  TsmRecord record = { received, 0, (char *) channel, (char *) pattern, payload };
  char *line;

  g_return_val_if_fail (channel != NULL, FALSE);
  g_return_val_if_fail (payload != NULL, FALSE);

  if (self->n_records == 0)
    self->first = received_monotonic;
  record.offset = MAX (received_monotonic - self->first, 0);

  line = tsm_record_encode (&record, error);
  if (line == NULL || !write_line (self, line, error))
    return FALSE;

  self->n_records++;
  return TRUE;
}

/**
 * tsm_recording_writer_finish:
 * @error: a %G_FILE_ERROR
 *
 * Waits until all is on the disk, where it is a file, and closes what tsm_recording_writer_new() opened. Nothing may be
 * written afterwards.
 *
 * Returns: whether all of it is
 */
gboolean
tsm_recording_writer_finish (TsmRecordingWriter  *self,
                             GError             **error)
{
  int fd = self->fd;

  if (!self->is_ours || fd < 0)
    return TRUE;

  /* EINVAL: a pipe or a device, which has nothing to wait for */
  if (fsync (fd) != 0 && errno != EINVAL && errno != EROFS)
    return fail (self, errno, error);

  self->fd = -1;
  return close (fd) == 0 ? TRUE : fail (self, errno, error);
}

/**
 * tsm_recording_writer_free:
 * @self: (nullable) (transfer full)
 *
 * Lets go of the file; what was written stays.
 */
void
tsm_recording_writer_free (TsmRecordingWriter *self)
{
  if (self == NULL)
    return;

  if (self->is_ours && self->fd >= 0)
    close (self->fd);
  g_free (self->name);
  g_free (self);
}

guint64
tsm_recording_writer_get_n_records (TsmRecordingWriter *self)
{
  return self->n_records;
}
