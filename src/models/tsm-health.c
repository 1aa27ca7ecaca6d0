/* TsmHealth: what one source last said about its health, joined from its METRIC_UPDATEs and HEALTH_CHECKs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-health.h"

#include <math.h>

#include "models/tsm-model-util.h"

typedef struct
{
  TsmComponent *component;
  gboolean      is_frozen; /* its notifies wait for the flush */
} Row;

static void
row_thaw (Row *row)
{
  if (!row->is_frozen)
    return;

  row->is_frozen = FALSE;
  g_object_thaw_notify (G_OBJECT (row->component));
}

static void
row_free (gpointer data)
{
  Row *row = data;

  row_thaw (row);
  g_object_unref (row->component);
  g_free (row);
}

/**
 * tsm_health_init: (skip)
 * @self: (out): a health of which nothing is known
 */
void
tsm_health_init (TsmHealth *self)
{
  *self = (TsmHealth) { .score = NAN };

  self->components = g_list_store_new (TSM_TYPE_COMPONENT);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, row_free);
  self->arrived = g_ptr_array_new ();
  self->changed = g_ptr_array_new ();
}

/**
 * tsm_health_clear: (skip)
 * @self: a health
 *
 * Frees what is in it.
 */
void
tsm_health_clear (TsmHealth *self)
{
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_pointer (&self->arrived, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_object (&self->components);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->recommendations, g_strfreev);
}

static Row *
add_row (TsmHealth  *self,
         const char *name)
{
  Row *row;

  if (g_hash_table_size (self->rows) >= TSM_HEALTH_MAX_COMPONENTS)
    return NULL;

  row = g_new0 (Row, 1);
  row->component = tsm_component_new (name);
  g_hash_table_insert (self->rows, (char *) tsm_component_get_name (row->component), row);
  g_ptr_array_add (self->arrived, row->component);
  return row;
}

static void
ingest_component (TsmHealth                *self,
                  const TsmComponentHealth *health)
{
  Row *row = g_hash_table_lookup (self->rows, health->name);

  if (row == NULL)
    row = add_row (self, health->name);

  if (row == NULL || !tsm_component_would_change (row->component, health))
    return;

  if (!row->is_frozen)
    {
      row->is_frozen = TRUE;
      g_object_freeze_notify (G_OBJECT (row->component));
      g_ptr_array_add (self->changed, row);
    }

  tsm_component_update (row->component, health);
}

/* Score and word belong together: an event with either replaces both. */
static void
ingest_overall (TsmHealth           *self,
                const TsmHealthData *data)
{
  if (isnan (data->overall) && data->status == NULL)
    return;

  self->score = data->overall;
  tsm_text_assign (&self->status, data->status);
  self->level = isnan (self->score) ? tsm_health_level_from_word (self->status)
                                    : tsm_health_level_from_score (self->score);
}

/**
 * tsm_health_ingest: (skip)
 * @self: a health
 * @data: what an event says
 * @origin: the event's type
 * @received_monotonic: monotonic µs
 *
 * The newest event wins. Components that it does not name stay, since the dialects send partial lists.
 */
void
tsm_health_ingest (TsmHealth           *self,
                   const TsmHealthData *data,
                   TsmEventType         origin,
                   gint64               received_monotonic)
{
  guint n_components = data->components != NULL ? data->components->len : 0;

  if (data->recommendations != NULL)
    tsm_strv_assign (&self->recommendations, (const char * const *) data->recommendations);

  if (isnan (data->overall) && data->status == NULL && n_components == 0)
    return;

  self->origin = origin;
  self->received_monotonic = received_monotonic;
  ingest_overall (self, data);

  for (guint i = 0; i < n_components; i++)
    ingest_component (self, &g_array_index (data->components, TsmComponentHealth, i));
}

/**
 * tsm_health_flush: (skip)
 * @self: a health
 *
 * Emits the notifies of the components that changed, then shows the new ones in one batch.
 */
void
tsm_health_flush (TsmHealth *self)
{
  while (self->changed->len > 0)
    row_thaw (g_ptr_array_steal_index (self->changed, self->changed->len - 1));

  if (self->arrived->len == 0)
    return;

  g_list_store_splice (self->components, g_list_model_get_n_items (G_LIST_MODEL (self->components)), 0,
                       self->arrived->pdata, self->arrived->len);
  g_ptr_array_set_size (self->arrived, 0);
}
