/* What the tests of the models share: events from JSON at fixed times, counters, and a copy of a list that listens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-fixture.h"

#include "events/tsm-decoder.h"

TsmEvent *
fixture_event (double      seconds,
               const char *format,
               ...)
{
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  g_autoptr (GBytes)     message = NULL;
  char                  *json;
  va_list                arguments;

  va_start (arguments, format);
  json = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_strdelimit (json, "'", '"');
  message = g_bytes_new_take (json, strlen (json));
  return tsm_decoder_decode (decoder, message, "tickstock:monitoring", fixture_real (seconds),
                             fixture_monotonic (seconds));
}

gint64
fixture_monotonic (double seconds)
{
  return FIXTURE_MONOTONIC + (gint64) (seconds * G_USEC_PER_SEC);
}

gint64
fixture_real (double seconds)
{
  return FIXTURE_REAL + (gint64) (seconds * G_USEC_PER_SEC);
}

char *
fixture_timestamp (double seconds)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (FIXTURE_REAL / G_USEC_PER_SEC);
  g_autoptr (GDateTime) time = g_date_time_add (start, (gint64) (seconds * G_USEC_PER_SEC));

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.%fZ");
}

static void
increment_cb (guint *n)
{
  (*n)++;
}

void
fixture_count (gpointer    instance,
               const char *signal,
               guint      *n)
{
  *n = 0;
  g_signal_connect_swapped (instance, signal, G_CALLBACK (increment_cb), n);
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Shadow     *self)
{
  g_assert_cmpuint (position + removed, <=, self->rows->len);

  self->n_emissions++;
  if (removed > 0)
    g_ptr_array_remove_range (self->rows, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->rows, position + i, g_list_model_get_item (model, position + i));

  shadow_assert_equal (self);
}

Shadow *
shadow_new (GListModel *model)
{
  Shadow *self = g_new0 (Shadow, 1);

  self->model = g_object_ref (model);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (self->rows, g_list_model_get_item (model, i));
  self->handler = g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}

void
shadow_assert_equal (Shadow *self)
{
  g_assert_cmpuint (self->rows->len, ==, g_list_model_get_n_items (self->model));

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (GObject) row = g_list_model_get_item (self->model, i);

      g_assert_true (row == g_ptr_array_index (self->rows, i));
    }
}

void
shadow_free (Shadow *self)
{
  g_signal_handler_disconnect (self->model, self->handler);
  g_ptr_array_unref (self->rows);
  g_object_unref (self->model);
  g_free (self);
}
