/* TsmGapLedger: the spans in which events were, or may have been, missed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "diagnosis/tsm-gap-ledger.h"
#include "models/tsm-age.h"

static const struct
{
  const char *name;
  const char *label;
} causes[] = {
  [TSM_GAP_DISCONNECTED] = { "disconnected", N_("Disconnected") },
  [TSM_GAP_PAUSED] = { "paused", N_("Paused") },
  [TSM_GAP_SHED] = { "shed", N_("Dropped") },
  [TSM_GAP_SILENT] = { "silent", N_("Silent") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (causes) == TSM_N_GAP_CAUSES);

/**
 * tsm_gap_cause_get_name:
 * @cause: a cause
 *
 * Returns: its name for programs; never translated
 */
const char *
tsm_gap_cause_get_name (TsmGapCause cause)
{
  g_return_val_if_fail ((guint) cause < TSM_N_GAP_CAUSES, NULL);

  return causes[cause].name;
}

/**
 * tsm_gap_cause_get_label:
 * @cause: a cause
 *
 * Returns: its translated name
 */
const char *
tsm_gap_cause_get_label (TsmGapCause cause)
{
  g_return_val_if_fail ((guint) cause < TSM_N_GAP_CAUSES, NULL);

  return _(causes[cause].label);
}

struct _TsmGap
{
  GObject      parent_instance;

  TsmGapCause  cause;
  gint64       start;
  gint64       end;
  gint64       start_real;
  gint64       end_real;
  gint64       missing;
};

enum
{
  PROP_END = 1,
  PROP_MISSING,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TsmGap, tsm_gap, G_TYPE_OBJECT)

static void
tsm_gap_get_property (GObject    *object,
                      guint       id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  TsmGap *self = TSM_GAP (object);

  switch (id)
    {
    case PROP_END:
      g_value_set_int64 (value, self->end);
      break;
    case PROP_MISSING:
      g_value_set_int64 (value, self->missing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tsm_gap_class_init (TsmGapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tsm_gap_get_property;

  properties[PROP_END] = g_param_spec_int64 ("end", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_MISSING] = g_param_spec_int64 ("missing", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tsm_gap_init (TsmGap *self)
{
  self->missing = -1;
}

TsmGapCause
tsm_gap_get_cause (TsmGap *self)
{
  g_return_val_if_fail (TSM_IS_GAP (self), TSM_GAP_DISCONNECTED);

  return self->cause;
}

gint64
tsm_gap_get_start (TsmGap *self)
{
  g_return_val_if_fail (TSM_IS_GAP (self), 0);

  return self->start;
}

gint64
tsm_gap_get_end (TsmGap *self)
{
  g_return_val_if_fail (TSM_IS_GAP (self), 0);

  return self->end;
}

gint64
tsm_gap_get_start_real (TsmGap *self)
{
  g_return_val_if_fail (TSM_IS_GAP (self), 0);

  return self->start_real;
}

gint64
tsm_gap_get_end_real (TsmGap *self)
{
  g_return_val_if_fail (TSM_IS_GAP (self), 0);

  return self->end_real;
}

gint64
tsm_gap_get_missing (TsmGap *self)
{
  g_return_val_if_fail (TSM_IS_GAP (self), -1);

  return self->missing;
}

/**
 * tsm_gap_dup_text:
 * @self: a gap
 *
 * Returns: (transfer full): translated: what it was, how long, and how many events are missing; one that lasts is told without
 *   its length
 */
char *
tsm_gap_dup_text (TsmGap *self)
{
  const char *label;
  g_autofree char *age = NULL;

  g_return_val_if_fail (TSM_IS_GAP (self), NULL);

  label = tsm_gap_cause_get_label (self->cause);
  if (self->end == 0)
    return g_strdup_printf (_("%s until now"), label);

  age = tsm_format_age (self->end - self->start);
  if (self->missing <= 0)
    return g_strdup_printf (_("%s for %s"), label, age);
  return g_strdup_printf (ngettext ("%s for %s, about %'ld event missing", "%s for %s, about %'ld events missing",
                                    (gulong) self->missing),
                          label, age, (glong) self->missing);
}

static void
set_missing (TsmGap *self,
             gint64  now,
             double  rate)
{
  gint64 missing = isfinite (rate) ? (gint64) MIN ((now - self->start) / (double) G_USEC_PER_SEC * rate, 1e15) : -1;

  if (missing == self->missing)
    return;
  self->missing = missing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING]);
}

static void
set_end (TsmGap *self,
         gint64  now,
         gint64  now_real)
{
  self->end = now;
  self->end_real = now_real;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_END]);
}

struct _TsmGapLedger
{
  GObject    parent_instance;

  GPtrArray *gaps; /* oldest first */
  TsmGap    *open[TSM_N_GAP_CAUSES];
  double     rates[TSM_N_GAP_CAUSES];
};

static GType
tsm_gap_ledger_get_item_type (GListModel *model)
{
  return TSM_TYPE_GAP;
}

static guint
tsm_gap_ledger_get_n_items (GListModel *model)
{
  return TSM_GAP_LEDGER (model)->gaps->len;
}

static gpointer
tsm_gap_ledger_get_item (GListModel *model,
                         guint       position)
{
  GPtrArray *gaps = TSM_GAP_LEDGER (model)->gaps;

  return position < gaps->len ? g_object_ref (g_ptr_array_index (gaps, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tsm_gap_ledger_get_item_type;
  iface->get_n_items = tsm_gap_ledger_get_n_items;
  iface->get_item = tsm_gap_ledger_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TsmGapLedger, tsm_gap_ledger, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
tsm_gap_ledger_finalize (GObject *object)
{
  g_ptr_array_unref (TSM_GAP_LEDGER (object)->gaps);

  G_OBJECT_CLASS (tsm_gap_ledger_parent_class)->finalize (object);
}

static void
tsm_gap_ledger_class_init (TsmGapLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_gap_ledger_finalize;
}

static void
tsm_gap_ledger_init (TsmGapLedger *self)
{
  self->gaps = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tsm_gap_ledger_new:
 *
 * Returns: (transfer full): a ledger without gaps
 */
TsmGapLedger *
tsm_gap_ledger_new (void)
{
  return g_object_new (TSM_TYPE_GAP_LEDGER, NULL);
}

static void
drop_oldest (TsmGapLedger *self)
{
  TsmGap *oldest = g_ptr_array_index (self->gaps, 0);

  if (self->open[oldest->cause] == oldest)
    self->open[oldest->cause] = NULL;
  g_ptr_array_remove_index (self->gaps, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 1, 0);
}

static TsmGap *
open_gap (TsmGapLedger *self,
          TsmGapCause   cause,
          gint64        start,
          gint64        start_real)
{
  TsmGap *gap = g_object_new (TSM_TYPE_GAP, NULL);

  gap->cause = cause;
  gap->start = start;
  gap->start_real = start_real;
  if (self->gaps->len == TSM_GAP_LEDGER_CAPACITY)
    drop_oldest (self);
  g_ptr_array_add (self->gaps, gap);
  self->open[cause] = gap;
  g_list_model_items_changed (G_LIST_MODEL (self), self->gaps->len - 1, 0, 1);
  return gap;
}

/**
 * tsm_gap_ledger_keep_open:
 * @self: a ledger
 * @cause: why
 * @start: monotonic µs, when it began; of no meaning where one of this cause is open
 * @now: monotonic µs
 * @now_real: µs since the epoch
 * @rate: events per second that are due, NaN where not known
 *
 * Opens the gap of this cause, or tells the one that is open how many events are missing by now.
 */
void
tsm_gap_ledger_keep_open (TsmGapLedger *self,
                          TsmGapCause   cause,
                          gint64        start,
                          gint64        now,
                          gint64        now_real,
                          double        rate)
{
  TsmGap *gap;

  g_return_if_fail (TSM_IS_GAP_LEDGER (self));
  g_return_if_fail ((guint) cause < TSM_N_GAP_CAUSES);

  gap = self->open[cause];
  if (gap == NULL)
    gap = open_gap (self, cause, start, now_real - (now - start));
  self->rates[cause] = rate;
  set_missing (gap, now, rate);
}

/**
 * tsm_gap_ledger_close:
 * @self: a ledger
 * @cause: why
 * @now: monotonic µs, when it ended
 * @now_real: µs since the epoch
 *
 * Closes the gap of this cause, where one is open.
 */
void
tsm_gap_ledger_close (TsmGapLedger *self,
                      TsmGapCause   cause,
                      gint64        now,
                      gint64        now_real)
{
  TsmGap *gap;

  g_return_if_fail (TSM_IS_GAP_LEDGER (self));
  g_return_if_fail ((guint) cause < TSM_N_GAP_CAUSES);

  gap = g_steal_pointer (&self->open[cause]);
  if (gap == NULL)
    return;
  set_missing (gap, now, self->rates[cause]);
  set_end (gap, MAX (now, gap->start), now_real);
}

TsmGap *
tsm_gap_ledger_get_open (TsmGapLedger *self,
                         TsmGapCause   cause)
{
  g_return_val_if_fail (TSM_IS_GAP_LEDGER (self), NULL);
  g_return_val_if_fail ((guint) cause < TSM_N_GAP_CAUSES, NULL);

  return self->open[cause];
}

/**
 * tsm_gap_ledger_count:
 * @self: a ledger
 * @cause: why
 * @since: monotonic µs
 *
 * Returns: how many gaps of this cause lasted after @since
 */
guint
tsm_gap_ledger_count (TsmGapLedger *self,
                      TsmGapCause   cause,
                      gint64        since)
{
  guint n = 0;

  g_return_val_if_fail (TSM_IS_GAP_LEDGER (self), 0);

  for (guint i = self->gaps->len; i-- > 0;)
    {
      TsmGap *gap = g_ptr_array_index (self->gaps, i);

      n += gap->cause == cause && (gap->end == 0 || gap->end > since);
    }
  return n;
}
