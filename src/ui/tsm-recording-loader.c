/* TsmRecordingLoader: a thread reads, the main loop decodes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-recording-loader.h"

#include <glib/gi18n-lib.h>

#include "events/tsm-recording-reader.h"

#define BATCH_RECORDS   1000
#define BATCH_BYTES     (4 * 1024 * 1024)
#define SLICE_US        (4 * 1000)
#define PROGRESS_US     (100 * 1000)
#define DECODE_PRIORITY 140 /* after GTK's redraw, as in the monitor */
/* Monotonic µs at which a recording begins: any number but 0, which means never. */
#define BEGIN_US        ((gint64) 3600 * G_USEC_PER_SEC)

/* What the thread hands over. @is_last: the file is at its end, or cannot be read any further, which @error says then. */
typedef struct
{
  GArray   *records; /* of TsmRecord */
  guint     next;
  guint64   n_bad;
  gboolean  is_last;
  GError   *error;
} Batch;

struct _TsmRecordingLoader
{
  GObject             parent_instance;
  GFile              *file;
  TsmRecordingReader *reader; /* of the thread, while there is one */
  TsmMonitor         *monitor;
  GCancellable       *cancellable;
  Batch              *batch;
  guint               slice_id;
  gboolean            is_loading;
  guint64             n;
  guint64             n_bad;
  gint64              begin;
  gint64              end;
  gint64              offset;
  gint64              last_progress; /* of the system's monotonic clock */
};

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmRecordingLoader, tsm_recording_loader, G_TYPE_OBJECT)

static void
record_clear (gpointer record)
{
  tsm_record_clear (record);
}

static Batch *
batch_new (void)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->records = g_array_new (FALSE, TRUE, sizeof (TsmRecord));
  g_array_set_clear_func (batch->records, record_clear);
  return batch;
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_array_unref (batch->records);
  g_clear_error (&batch->error);
  g_free (batch);
}

/* A line that cannot be read is counted; anything else that goes wrong is the end. */
static gboolean
read_record (TsmRecordingReader *reader,
             Batch              *batch,
             gsize              *size)
{
  TsmRecord record = { 0, };
  g_autoptr (GError) error = NULL;

  if (tsm_recording_reader_next (reader, &record, &error))
    {
      *size += g_bytes_get_size (record.payload);
      g_array_append_val (batch->records, record);
      return TRUE;
    }
  if (g_error_matches (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE))
    {
      batch->n_bad++;
      return TRUE;
    }
  batch->error = g_steal_pointer (&error);
  return FALSE;
}

static void
read_batch (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  TsmRecordingLoader *self = source;
  Batch *batch = batch_new ();
  gsize size = 0;

  if (self->reader == NULL)
    self->reader = tsm_recording_reader_new (g_file_peek_path (self->file), &batch->error);

  batch->is_last = self->reader == NULL;
  while (!batch->is_last && batch->records->len < BATCH_RECORDS && size < BATCH_BYTES
         && !g_cancellable_is_cancelled (cancellable))
    batch->is_last = !read_record (self->reader, batch, &size);
  g_task_return_pointer (task, batch, batch_free);
}

static void
finish (TsmRecordingLoader *self,
        const char         *message)
{
  self->is_loading = FALSE;
  tsm_source_list_update_liveness (tsm_monitor_get_sources (self->monitor), tsm_monitor_now (self->monitor));
  tsm_monitor_flush (self->monitor);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, message);
  g_clear_pointer (&self->batch, batch_free);
}

static void
ingest (TsmRecordingLoader *self,
        const TsmRecord    *record)
{
  self->end = record->received;
  self->offset = MAX (self->offset, record->offset);
  if (self->begin == 0)
    self->begin = record->received;
  self->n++;
  tsm_monitor_ingest (self->monitor, record->payload, record->channel, record->received, BEGIN_US + record->offset);
}

/* Takes a slice of its own: who watches has much to draw. TRUE: it was due. */
static gboolean
tell_progress (TsmRecordingLoader *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->last_progress < PROGRESS_US)
    return FALSE;
  tsm_monitor_flush (self->monitor);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  self->last_progress = g_get_monotonic_time ();
  return TRUE;
}

static void
read_more (TsmRecordingLoader *self);

static gboolean
slice_cb (gpointer user_data)
{
  g_autoptr (TsmRecordingLoader) self = g_object_ref (user_data);
  gint64 end = g_get_monotonic_time () + SLICE_US;
  Batch *batch = self->batch;

  if (tell_progress (self))
    return self->slice_id != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE; /* cancelled by who was told */
  while (batch->next < batch->records->len && g_get_monotonic_time () < end)
    ingest (self, &g_array_index (batch->records, TsmRecord, batch->next++));
  if (batch->next < batch->records->len)
    return G_SOURCE_CONTINUE;

  self->slice_id = 0;
  if (batch->is_last)
    finish (self, batch->error != NULL ? batch->error->message : NULL);
  else
    read_more (self);
  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  TsmRecordingLoader *self = TSM_RECORDING_LOADER (object);
  Batch *batch = g_task_propagate_pointer (G_TASK (result), NULL);

  if (batch == NULL || !self->is_loading)
    {
      g_clear_pointer (&batch, batch_free);
      return;
    }
  g_clear_pointer (&self->batch, batch_free);
  self->batch = batch;
  self->n_bad += batch->n_bad;
  self->slice_id = g_idle_add_full (DECODE_PRIORITY, slice_cb, self, NULL);
}

static void
read_more (TsmRecordingLoader *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);

  g_task_run_in_thread (task, read_batch);
}

/**
 * tsm_recording_loader_start:
 * @self: a loader that was not started yet
 *
 * Begins to read.
 */
void
tsm_recording_loader_start (TsmRecordingLoader *self)
{
  g_return_if_fail (TSM_IS_RECORDING_LOADER (self) && !self->is_loading);

  self->is_loading = TRUE;
  read_more (self);
}

/**
 * tsm_recording_loader_cancel:
 * @self: a loader
 *
 * Stops reading, where it still reads.
 */
void
tsm_recording_loader_cancel (TsmRecordingLoader *self)
{
  g_return_if_fail (TSM_IS_RECORDING_LOADER (self));

  if (!self->is_loading)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->slice_id, g_source_remove);
  finish (self, _("Stopped before its end."));
}

gboolean
tsm_recording_loader_is_loading (TsmRecordingLoader *self)
{
  g_return_val_if_fail (TSM_IS_RECORDING_LOADER (self), FALSE);

  return self->is_loading;
}

TsmMonitor *
tsm_recording_loader_get_monitor (TsmRecordingLoader *self)
{
  g_return_val_if_fail (TSM_IS_RECORDING_LOADER (self), NULL);

  return self->monitor;
}

guint64
tsm_recording_loader_get_n (TsmRecordingLoader *self)
{
  g_return_val_if_fail (TSM_IS_RECORDING_LOADER (self), 0);

  return self->n;
}

guint64
tsm_recording_loader_get_n_bad (TsmRecordingLoader *self)
{
  g_return_val_if_fail (TSM_IS_RECORDING_LOADER (self), 0);

  return self->n_bad;
}

gint64
tsm_recording_loader_get_begin (TsmRecordingLoader *self)
{
  g_return_val_if_fail (TSM_IS_RECORDING_LOADER (self), 0);

  return self->begin;
}

gint64
tsm_recording_loader_get_end (TsmRecordingLoader *self)
{
  g_return_val_if_fail (TSM_IS_RECORDING_LOADER (self), 0);

  return self->end;
}

static gint64
now_cb (gpointer user_data)
{
  return BEGIN_US + TSM_RECORDING_LOADER (user_data)->offset;
}

static gint64
now_real_cb (gpointer user_data)
{
  return TSM_RECORDING_LOADER (user_data)->end;
}

static void
tsm_recording_loader_dispose (GObject *object)
{
  TsmRecordingLoader *self = TSM_RECORDING_LOADER (object);

  self->is_loading = FALSE;
  g_clear_handle_id (&self->slice_id, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (tsm_recording_loader_parent_class)->dispose (object);
}

static void
tsm_recording_loader_finalize (GObject *object)
{
  TsmRecordingLoader *self = TSM_RECORDING_LOADER (object);

  g_clear_pointer (&self->batch, batch_free);
  g_clear_pointer (&self->reader, tsm_recording_reader_free);
  g_object_unref (self->cancellable);
  g_object_unref (self->file);

  G_OBJECT_CLASS (tsm_recording_loader_parent_class)->finalize (object);
}

static void
tsm_recording_loader_class_init (TsmRecordingLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_recording_loader_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_recording_loader_finalize;

  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", TSM_TYPE_RECORDING_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  signals[SIGNAL_DONE] = g_signal_new ("done", TSM_TYPE_RECORDING_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* A monitor is of a connection; this one is never made. */
static void
tsm_recording_loader_init (TsmRecordingLoader *self)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();
  TsmClock clock = { now_cb, now_real_cb, self };

  tsm_profile_set_text (profile, TSM_PROFILE_READ_ONLY, "true", NULL);
  self->cancellable = g_cancellable_new ();
  self->monitor = tsm_monitor_new (profile, &clock);
}

/**
 * tsm_recording_loader_new:
 * @file: a recording, a local file
 *
 * Returns: (transfer full): a loader, to be started. Its monitor must not outlive it.
 */
TsmRecordingLoader *
tsm_recording_loader_new (GFile *file)
{
  TsmRecordingLoader *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (TSM_TYPE_RECORDING_LOADER, NULL);
  self->file = g_object_ref (file);
  return self;
}
