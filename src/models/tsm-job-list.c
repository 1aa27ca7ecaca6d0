/* TsmJobList: a GListModel of TsmJob: running first, then newest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-job-private.h"
#include "models/tsm-model-util.h"

struct _TsmJobList
{
  GObject     parent_instance;

  GHashTable *table;   /* (element-type utf8 TsmJob): by the key that get_key() makes */
  GPtrArray  *visible; /* as watchers know it */
  guint64     n_ever;
  gboolean    is_changed;
};

static GType
tsm_job_list_get_item_type (GListModel *model)
{
  return TSM_TYPE_JOB;
}

static guint
tsm_job_list_get_n_items (GListModel *model)
{
  return TSM_JOB_LIST (model)->visible->len;
}

static gpointer
tsm_job_list_get_item (GListModel *model,
                       guint       position)
{
  TsmJobList *self = TSM_JOB_LIST (model);

  return position < self->visible->len ? g_object_ref (g_ptr_array_index (self->visible, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tsm_job_list_get_item_type;
  iface->get_n_items = tsm_job_list_get_n_items;
  iface->get_item = tsm_job_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TsmJobList, tsm_job_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
tsm_job_list_finalize (GObject *object)
{
  TsmJobList *self = TSM_JOB_LIST (object);

  g_hash_table_unref (self->table);
  g_ptr_array_unref (self->visible);

  G_OBJECT_CLASS (tsm_job_list_parent_class)->finalize (object);
}

static void
tsm_job_list_class_init (TsmJobListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_job_list_finalize;
}

static void
tsm_job_list_init (TsmJobList *self)
{
  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->visible = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tsm_job_list_new: (constructor)
 *
 * Returns: (transfer full): an empty list
 */
TsmJobList *
tsm_job_list_new (void)
{
  return g_object_new (TSM_TYPE_JOB_LIST, NULL);
}

/* A run is known by its id; where the wire has none, by its source and phase. The first letter keeps the two apart. */
static char *
get_key (TsmEvent         *event,
         const TsmJobData *data)
{
  if (!tsm_text_is_blank (data->run_id))
    return g_strconcat ("r", data->run_id, NULL);

  return g_strconcat ("s", tsm_event_get_source (event), "\n", data->phase, NULL);
}

/* Whether @a should make room before @b: what is over first, then the longest silent. */
static gboolean
goes_before (TsmJob *a,
             TsmJob *b)
{
  if (tsm_job_get_state (a) != tsm_job_get_state (b))
    return tsm_job_get_state (a) == TSM_JOB_STATE_COMPLETED;

  return tsm_job_get_last_event (a) < tsm_job_get_last_event (b);
}

static void
make_room (TsmJobList *self)
{
  GHashTableIter iter;
  gpointer       key;
  gpointer       job;
  gpointer       victim_key = NULL;
  TsmJob        *victim = NULL;

  if (g_hash_table_size (self->table) < TSM_JOB_LIST_MAX)
    return;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, &key, &job))
    if (victim == NULL || goes_before (job, victim))
      {
        victim_key = key;
        victim = job;
      }

  g_hash_table_remove (self->table, victim_key);
}

/**
 * tsm_job_list_ingest:
 * @self: a list
 * @event: any event; those that are not accepted and of a job are ignored
 *
 * Takes over what @event says. Emits nothing: tsm_job_list_flush() does.
 */
void
tsm_job_list_ingest (TsmJobList *self,
                     TsmEvent   *event)
{
  const TsmJobData *data;
  g_autofree char  *key = NULL;
  TsmJob           *job;

  g_return_if_fail (TSM_IS_JOB_LIST (self));
  g_return_if_fail (TSM_IS_EVENT (event));

  if (tsm_event_get_event_type (event) != TSM_EVENT_JOB)
    return;

  data = tsm_event_get_job (event);
  if (data == NULL || tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO)
    return;

  key = get_key (event, data);
  job = g_hash_table_lookup (self->table, key);

  if (job == NULL)
    {
      make_room (self);
      job = tsm_job_new (data->run_id != NULL ? data->run_id : "", tsm_event_get_source (event), self->n_ever++);
      g_hash_table_insert (self->table, g_steal_pointer (&key), job);
    }

  tsm_job_ingest (job, event);
  self->is_changed = TRUE;
}

static int
compare_jobs (gconstpointer a,
              gconstpointer b)
{
  return tsm_job_compare (*(TsmJob * const *) a, *(TsmJob * const *) b);
}

static GPtrArray *
dup_sorted (TsmJobList *self)
{
  GPtrArray      *jobs = g_ptr_array_new_full (g_hash_table_size (self->table), g_object_unref);
  GHashTableIter  iter;
  gpointer        job;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    g_ptr_array_add (jobs, g_object_ref (job));

  g_ptr_array_sort (jobs, compare_jobs);
  return jobs;
}

/* Tells watchers of the rows between the first and the last that are not the same. */
static void
show (TsmJobList *self,
      GPtrArray  *jobs)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->visible);
  guint                 shortest = MIN (before->len, jobs->len);
  guint                 head = 0;
  guint                 tail = 0;

  while (head < shortest && before->pdata[head] == jobs->pdata[head])
    head++;
  while (tail < shortest - head && before->pdata[before->len - 1 - tail] == jobs->pdata[jobs->len - 1 - tail])
    tail++;

  self->visible = jobs;

  if (head + tail < MAX (before->len, jobs->len))
    g_list_model_items_changed (G_LIST_MODEL (self), head, before->len - head - tail, jobs->len - head - tail);
}

/**
 * tsm_job_list_flush:
 * @self: a list
 *
 * Puts the jobs in order, with one #GListModel::items-changed over the rows that moved, then emits #TsmJob::changed of each
 * job that changed. Emits nothing where nothing was ingested.
 */
void
tsm_job_list_flush (TsmJobList *self)
{
  g_autoptr (GPtrArray) jobs = NULL;

  g_return_if_fail (TSM_IS_JOB_LIST (self));

  if (!self->is_changed)
    return;

  self->is_changed = FALSE;
  show (self, dup_sorted (self));

  /* a handler may flush again */
  jobs = g_ptr_array_ref (self->visible);
  for (guint i = 0; i < jobs->len; i++)
    tsm_job_flush (g_ptr_array_index (jobs, i));
}
