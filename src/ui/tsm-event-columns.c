/* One row of the table per column, and how each shows an event.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-columns.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-format.h"

static void
update_time (GtkWidget *cell,
             gpointer   item,
             gpointer   user_data)
{
  g_autofree char *text = tsm_format_clock_ms (tsm_event_get_received (item));

  tsm_columns_set_text (cell, text);
}

static void
update_type (GtkWidget *cell,
             gpointer   item,
             gpointer   user_data)
{
  const char *name = tsm_event_get_type_name (item);

  tsm_columns_set_text (cell, name != NULL ? name : _("unknown"));
  tsm_columns_set_class (cell, "dim-label", name == NULL);
}

static void
update_source (GtkWidget *cell,
               gpointer   item,
               gpointer   user_data)
{
  tsm_columns_set_text (cell, tsm_event_get_source (item));
}

static void
update_channel (GtkWidget *cell,
                gpointer   item,
                gpointer   user_data)
{
  tsm_columns_set_text (cell, tsm_event_get_channel (item));
}

/* A mark and a word before the summary: colour is never the only sign. */
static void
update_summary (GtkWidget *cell,
                gpointer   item,
                gpointer   user_data)
{
  static const char *const marks[] = {
    [TSM_ACCEPTED_YES] = NULL,
    [TSM_ACCEPTED_REPAIRED] = N_("◐ Repaired"),
    [TSM_ACCEPTED_NO] = N_("✕ Rejected"),
  };
  TsmAcceptance acceptance = tsm_event_get_acceptance (item);
  g_autofree char *summary = tsm_event_dup_summary (item);
  g_autofree char *text = NULL;

  if (marks[acceptance] != NULL)
    text = g_strdup_printf ("%s · %s", _(marks[acceptance]), summary);
  tsm_columns_set_text (cell, text != NULL ? text : summary);
  tsm_columns_set_class (cell, "event-rejected", acceptance == TSM_ACCEPTED_NO);
}

static void
update_size (GtkWidget *cell,
             gpointer   item,
             gpointer   user_data)
{
  g_autofree char *text = g_format_size_full (tsm_event_get_size (item), G_FORMAT_SIZE_IEC_UNITS);

  tsm_columns_set_text (cell, text);
}

static const TsmColumnSpec specs[TSM_N_EVENT_COLUMNS] = {
  [TSM_EVENT_COLUMN_TIME]    = { N_("Time"), "numeric", 11, 0, FALSE, NULL, update_time },
  [TSM_EVENT_COLUMN_TYPE]    = { N_("Type"), "event-type", 17, 520, FALSE, NULL, update_type },
  [TSM_EVENT_COLUMN_SOURCE]  = { N_("Source"), NULL, 18, 900, FALSE, NULL, update_source },
  [TSM_EVENT_COLUMN_CHANNEL] = { N_("Channel"), NULL, 19, 820, FALSE, NULL, update_channel },
  [TSM_EVENT_COLUMN_SUMMARY] = { N_("Summary"), NULL, 20, 0, TRUE, NULL, update_summary },
  [TSM_EVENT_COLUMN_SIZE]    = { N_("Size"), "numeric", 9, 1100, FALSE, NULL, update_size },
};

/**
 * tsm_event_columns_new:
 * @view: an empty column view
 *
 * Returns: (transfer full): the columns, added to @view
 */
TsmColumns *
tsm_event_columns_new (GtkColumnView *view)
{
  return tsm_columns_new (view, specs, G_N_ELEMENTS (specs), NULL);
}
