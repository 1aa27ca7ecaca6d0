/* One row of the table per column, and how each shows an alert.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-alert-columns.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-format.h"
#include "ui/tsm-severity-chip.h"

#define ALL_COLUMNS 1000 /* px of the list from which there is room for both the source and the person */
#define MINUTE_US (60 * G_USEC_PER_SEC)

static void
update_severity (GtkWidget *cell,
                 gpointer   item,
                 gpointer   user_data)
{
  tsm_severity_chip_set_severity (TSM_SEVERITY_CHIP (cell), tsm_alert_get_severity (item));
}

static void
update_state (GtkWidget *cell,
              gpointer   item,
              gpointer   user_data)
{
  tsm_columns_set_text (cell, tsm_alert_state_get_label (tsm_alert_get_state (item)));
}

/* Seconds past the first minute would make the whole column tick. */
static void
update_age (GtkWidget *cell,
            gpointer   item,
            gpointer   user_data)
{
  TsmMonitor *monitor = *(TsmMonitor **) user_data;
  g_autofree char *text = NULL;
  gint64 age;

  if (monitor == NULL)
    return;
  age = MAX (0, tsm_monitor_now_real (monitor) - tsm_alert_get_triggered_at (item));
  text = tsm_format_age (age >= MINUTE_US ? age - age % MINUTE_US : age);
  tsm_columns_set_text (cell, text);
}

static void
update_source (GtkWidget *cell,
               gpointer   item,
               gpointer   user_data)
{
  const char *source = tsm_alert_get_source (item);

  tsm_columns_set_text (cell, *source != '\0' ? source : _("Unnamed source"));
}

static void
update_component (GtkWidget *cell,
                  gpointer   item,
                  gpointer   user_data)
{
  tsm_columns_set_text (cell, tsm_alert_get_component (item));
}

static void
update_message (GtkWidget *cell,
                gpointer   item,
                gpointer   user_data)
{
  tsm_columns_set_text (cell, tsm_alert_get_message (item));
  tsm_columns_set_class (cell, "open", tsm_alert_get_state (item) == TSM_ALERT_OPEN);
  tsm_columns_set_class (cell, "dim-label", tsm_alert_get_state (item) == TSM_ALERT_RESOLVED);
}

static void
update_count (GtkWidget *cell,
              gpointer   item,
              gpointer   user_data)
{
  g_autofree char *text = tsm_format_value (tsm_alert_get_count (item), TSM_UNIT_COUNT);

  tsm_columns_set_text (cell, text);
}

static void
update_who (GtkWidget *cell,
            gpointer   item,
            gpointer   user_data)
{
  tsm_columns_set_text (cell, tsm_alert_get_who (item));
}

static const TsmColumnSpec specs[TSM_N_ALERT_COLUMNS] = {
  [TSM_ALERT_COLUMN_SEVERITY]  = { N_("Severity"), NULL, 0, 0, FALSE, tsm_severity_chip_new, update_severity },
  [TSM_ALERT_COLUMN_STATE]     = { N_("State"), NULL, 12, 560, FALSE, NULL, update_state },
  [TSM_ALERT_COLUMN_AGE]       = { N_("Age"), "numeric", 9, 0, FALSE, NULL, update_age },
  [TSM_ALERT_COLUMN_SOURCE]    = { N_("Source"), NULL, 15, 760, FALSE, NULL, update_source },
  [TSM_ALERT_COLUMN_COMPONENT] = { N_("Component"), NULL, 16, 660, FALSE, NULL, update_component },
  [TSM_ALERT_COLUMN_MESSAGE]   = { N_("Message"), "alert-message", 20, 0, TRUE, NULL, update_message },
  [TSM_ALERT_COLUMN_COUNT]     = { N_("Count"), "numeric", 4, 700, FALSE, NULL, update_count },
  [TSM_ALERT_COLUMN_WHO]       = { N_("Who"), NULL, 8, 760, FALSE, NULL, update_who },
};

/**
 * tsm_alert_columns_new:
 * @view: an empty column view
 * @monitor: where the page keeps its monitor; must outlive the columns
 *
 * Returns: (transfer full): the columns, added to @view
 */
TsmColumns *
tsm_alert_columns_new (GtkColumnView  *view,
                       TsmMonitor    **monitor)
{
  return tsm_columns_new (view, specs, G_N_ELEMENTS (specs), monitor);
}

/**
 * tsm_alert_columns_fit:
 * @columns: from tsm_alert_columns_new()
 * @width: px of the list
 * @has_sources: whether the source tells anything
 *
 * Shows the columns that there is room for. Where it is scarce the source is worth more than the person.
 */
void
tsm_alert_columns_fit (TsmColumns *columns,
                       int         width,
                       gboolean    has_sources)
{
  tsm_columns_set_width (columns, width);
  tsm_columns_set_hidden (columns, TSM_ALERT_COLUMN_SOURCE, !has_sources);
  tsm_columns_set_hidden (columns, TSM_ALERT_COLUMN_WHO, has_sources && width < ALL_COLUMNS);
}
