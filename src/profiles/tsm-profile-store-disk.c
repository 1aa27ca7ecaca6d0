/* The user's file: read at the start and when another program has changed it, written after each change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two programs may change the user's file at the same time. Each looks at it right before a change and takes up what is new. It is
 * looked at again right before it is written, under a lock: where another program was faster, that one's list is read, our changes
 * are made again on it, and that is written. So nothing is lost; of two changes of one profile the later one stands.
 */

#include "config.h"

#include "profiles/tsm-profile-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "profiles/tsm-problems.h"
#include "profiles/tsm-profile-exchange.h"
#include "profiles/tsm-profile-keyfile.h"

#define SETTLE_MS    100 /* other programs may write in several steps */
#define MAX_PROFILES TSM_PROFILE_EXCHANGE_MAX_PROFILES
#define MAX_ATTEMPTS 20 /* each fails only where another program has written meanwhile */

/* --- the user's file --- */

/* A password that only this run knows goes on with the profile, as long as that leads to the same server. */
static void
keep_password (TsmProfileStore *self,
               TsmProfile      *profile)
{
  TsmProfile *before = tsm_profile_store_lookup (self, tsm_profile_get_id (profile));
  g_autofree char *url = tsm_profile_dup_text (profile, TSM_PROFILE_URL);
  g_autofree char *url_before = before != NULL ? tsm_profile_dup_text (before, TSM_PROFILE_URL) : NULL;

  if (tsm_profile_get_password (profile) == NULL && g_strcmp0 (url, url_before) == 0)
    tsm_profile_set_password (profile, tsm_profile_get_password (before));
}

/* (transfer full) (element-type TsmProfile) */
static GPtrArray *
read_own (TsmProfileStore  *self,
          TsmProfileReader *reader)
{
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) names = tsm_profile_names_new ();
  g_auto (GStrv) groups = g_key_file_get_groups (self->before, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      const char *id;
      gboolean has_profile = tsm_profile_keyfile_is_profile (groups[i], &id) && own->len < MAX_PROFILES;
      TsmProfile *profile = has_profile ? tsm_profile_keyfile_read (self->before, groups[i], reader) : NULL;
      g_autofree char *name = NULL;

      if (profile == NULL)
        {
          if (!g_str_equal (groups[i], TSM_PROFILE_KEYFILE_GROUP))
            g_ptr_array_add (self->kept, g_strdup (groups[i]));
          continue;
        }

      name = tsm_profile_names_dup_free (names, tsm_profile_get_name (profile));
      tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL);
      tsm_profile_names_add (names, name);
      keep_password (self, profile);
      g_ptr_array_add (own, profile);
    }

  return own;
}

static void
read_user_file (TsmProfileStore *self)
{
  g_autofree char *origin = g_filename_display_name (self->path);
  TsmProfileReader reader = { .origin = origin, .problems = self->problems };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_autofree char *active = NULL;

  g_clear_pointer (&self->known, g_bytes_unref);
  g_clear_pointer (&self->before, g_key_file_unref);
  g_ptr_array_set_size (self->kept, 0);

  self->known = tsm_profile_file_read (self->path, &error);
  self->backup = TSM_PROFILE_BACKUP_NONE;
  if (self->known == NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      tsm_problems_add (self->problems, _("Cannot read your connections: %s. The file is moved out of the way with the next change."),
                        error->message);
      self->backup = TSM_PROFILE_BACKUP_MOVE;
    }

  self->before = self->known != NULL ? tsm_profile_keyfile_parse (g_bytes_get_data (self->known, NULL), g_bytes_get_size (self->known), &reader)
                                     : g_key_file_new ();
  own = read_own (self, &reader);
  if (reader.has_losses)
    self->backup = TSM_PROFILE_BACKUP_COPY;

  active = tsm_profile_keyfile_dup_active (self->before);
  for (guint i = 0; i < self->pending->len; i++)
    tsm_profile_change_apply (g_ptr_array_index (self->pending, i), own, &active);
  tsm_profile_store_set_own (self, own, active);
}

/* Only what was not told before is told now. */
static void
report_new_problems (TsmProfileStore *self,
                     GPtrArray       *told)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_ref (self->problems);

  for (guint i = 0; i < problems->len; i++)
    if (!g_ptr_array_find_with_equal_func (told, g_ptr_array_index (problems, i), g_str_equal, NULL))
      tsm_profile_store_report (self, g_ptr_array_index (problems, i));
}

static void
read_all (TsmProfileStore *self)
{
  g_autoptr (GPtrArray) told = g_steal_pointer (&self->problems);

  self->problems = tsm_problems_new ();
  self->is_loaded = TRUE;
  self->is_managed_new = FALSE;
  tsm_profile_store_read_managed (self);
  read_user_file (self);
  report_new_problems (self, told);
}

/* --- changes by other programs --- */

static gboolean
is_changed_on_disk (TsmProfileStore *self)
{
  g_autoptr (GBytes) now = tsm_profile_file_read (self->path, NULL);

  return now != NULL && self->known != NULL ? !g_bytes_equal (now, self->known) : now != self->known;
}

/* Takes up what others have written. While we write ourselves this waits: that will find out what has become of the file. */
void
tsm_profile_store_refresh (TsmProfileStore *self)
{
  if (!self->is_loaded || (!self->is_writing && (self->is_managed_new || is_changed_on_disk (self))))
    read_all (self);
}

static gboolean
reload_cb (gpointer user_data)
{
  TsmProfileStore *self = user_data;

  if (self->is_writing)
    return G_SOURCE_CONTINUE;

  self->reload_id = 0;
  tsm_profile_store_refresh (self);
  return G_SOURCE_REMOVE;
}

/* A file has changed: it is looked at once nothing more comes for a moment. */
void
tsm_profile_store_reload_soon (TsmProfileStore *self)
{
  g_clear_handle_id (&self->reload_id, g_source_remove);
  self->reload_id = g_timeout_add (SETTLE_MS, reload_cb, self);
}

static void
watch (TsmProfileStore *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor == NULL)
    return;

  g_signal_connect_swapped (monitor, "changed", G_CALLBACK (tsm_profile_store_reload_soon), self);
  g_ptr_array_add (self->monitors, monitor);
}

/**
 * tsm_profile_store_load:
 * @self: a store
 *
 * Reads all files, and watches them from then on. What is wrong in them is in tsm_profile_store_get_problems(), and
 * costs no more than itself.
 */
void
tsm_profile_store_load (TsmProfileStore *self)
{
  g_return_if_fail (TSM_IS_PROFILE_STORE (self));

  read_all (self);
  if (self->monitors->len > 0)
    return;

  watch (self);
  tsm_profile_store_watch_managed (self);
}

/* --- writing --- */

static GBytes *
make_contents (TsmProfileStore *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const char *active = tsm_profile_store_lookup (self, self->active) != NULL ? self->active : NULL;
  char *text;
  gsize length;

  tsm_profile_keyfile_begin (file, self->before, active);
  for (guint i = 0; i < self->n_own; i++)
    tsm_profile_keyfile_write (file, self->before, g_ptr_array_index (self->profiles, i));
  for (guint i = 0; i < self->kept->len; i++)
    tsm_profile_keyfile_keep (file, self->before, g_ptr_array_index (self->kept, i));

  text = g_key_file_to_data (file, &length, NULL);
  return g_bytes_new_take (text, length);
}

/* What a thread writes. */
typedef struct
{
  TsmProfileFile   *file;
  GBytes           *contents;
  GBytes           *base;      /* (nullable): what the file held when they were made */
  guint             n_changes; /* of the pending ones: those that are in them */
  guint64           serial;
  TsmProfileBackup  backup;
} Job;

static void
job_free (Job *job)
{
  tsm_profile_file_unref (job->file);
  g_bytes_unref (job->contents);
  g_clear_pointer (&job->base, g_bytes_unref);
  g_free (job);
}

/* Takes the store's state as written; what fails gives it back. */
static Job *
job_new (TsmProfileStore *self)
{
  Job *job = g_new0 (Job, 1);

  job->file = tsm_profile_file_ref (self->file);
  job->contents = make_contents (self);
  job->base = g_steal_pointer (&self->known);
  job->n_changes = self->pending->len;
  job->serial = ++self->serial;
  job->backup = self->backup;

  self->known = g_bytes_ref (job->contents);
  self->backup = TSM_PROFILE_BACKUP_NONE;
  self->is_unwritten = FALSE;
  return job;
}

static gboolean
job_run (Job     *job,
         GError **error)
{
  return tsm_profile_file_write (job->file, job->contents, job->base, job->serial, job->backup, error);
}

/* Another program has written meanwhile. */
static gboolean
is_stale (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
}

/* @error: (nullable): why it failed */
static void
job_ended (TsmProfileStore *self,
           Job             *job,
           const GError    *error)
{
  if (job->serial != self->serial)
    return; /* a later one has, or will have, all that it had */

  if (error == NULL)
    {
      g_ptr_array_remove_range (self->pending, 0, job->n_changes);
      return;
    }

  self->is_unwritten = TRUE;
  if (self->backup == TSM_PROFILE_BACKUP_NONE)
    self->backup = job->backup;
  if (is_stale (error))
    read_all (self);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;

  if (job_run (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean write_cb (gpointer user_data);

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  TsmProfileStore *self = TSM_PROFILE_STORE (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  self->is_writing = FALSE;
  g_task_propagate_boolean (G_TASK (result), &error);
  job_ended (self, job, error);
  if (error != NULL && !is_stale (error) && job->serial == self->serial)
    {
      g_autofree char *message = g_strdup_printf (_("Your connections could not be saved: %s"), error->message);

      tsm_profile_store_report (self, message);
    }
  else if (self->is_unwritten && self->write_id == 0)
    {
      self->write_id = g_idle_add (write_cb, self);
    }
}

static gboolean
write_cb (gpointer user_data)
{
  TsmProfileStore *self = user_data;
  g_autoptr (GTask) task = NULL;

  self->write_id = 0;
  if (self->is_writing)
    return G_SOURCE_REMOVE;

  self->is_writing = TRUE;
  task = g_task_new (self, NULL, written_cb, NULL);
  g_task_set_source_tag (task, write_cb);
  g_task_set_task_data (task, job_new (self), (GDestroyNotify) job_free);
  g_task_run_in_thread (task, write_in_thread);
  return G_SOURCE_REMOVE;
}

/* Something has changed: it is written once the main loop has nothing better to do. */
void
tsm_profile_store_touch (TsmProfileStore *self)
{
  self->is_unwritten = TRUE;
  if (self->write_id == 0 && !self->is_writing)
    self->write_id = g_idle_add (write_cb, self);
}

/**
 * tsm_profile_store_flush:
 * @self: a store
 * @error: return location for a #GFileError
 *
 * Writes what is not written yet, and waits until it is on the disk: for the end of the program.
 *
 * Returns: %FALSE with @error set where it could not be written
 */
gboolean
tsm_profile_store_flush (TsmProfileStore  *self,
                         GError          **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), FALSE);

  if (!self->is_unwritten && !self->is_writing)
    return TRUE;

  g_clear_handle_id (&self->write_id, g_source_remove);
  for (guint i = 0; i < MAX_ATTEMPTS && (i == 0 || is_stale (failure)); i++)
    {
      Job *job = job_new (self);

      g_clear_error (&failure);
      job_run (job, &failure);
      job_ended (self, job, failure);
      job_free (job);
    }

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Before the store goes. */
void
tsm_profile_store_close (TsmProfileStore *self)
{
  for (guint i = 0; i < self->monitors->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->monitors, i), self);
  g_ptr_array_set_size (self->monitors, 0);
  g_clear_handle_id (&self->reload_id, g_source_remove);

  tsm_profile_store_flush (self, NULL);
  g_clear_handle_id (&self->write_id, g_source_remove);
}
