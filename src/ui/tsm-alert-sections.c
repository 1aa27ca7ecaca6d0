/* Builds the rows. All text is plain and bounded: it comes from the wire.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-alert-sections.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-alert-advice.h"
#include "ui/tsm-event-label.h"
#include "ui/tsm-event-text.h"
#include "ui/tsm-format.h"

#define MAX_ROWS 40  /* per section */
#define NAME_CHARS 14 /* of a detail that stay on one line beside a long value */
#define SECONDS_SUFFIX "_seconds"

static void
start_section (GtkBox     *box,
               const char *heading,
               gboolean    has_rows)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  gtk_widget_set_visible (GTK_WIDGET (box), has_rows);
  if (has_rows)
    gtk_box_append (box, tsm_event_label_new (heading, "pane-heading"));
}

/* "duration_seconds" 140 reads better as "Duration" "2 min 20 s". */
static void
dup_detail (const TsmDetail  *detail,
            char            **name,
            char            **value)
{
  char *end = NULL;
  double seconds = g_ascii_strtod (detail->value, &end);

  if (g_str_has_suffix (detail->name, SECONDS_SUFFIX) && end != detail->value && *end == '\0'
      && seconds >= 0 && seconds < 1e9)
    {
      g_autofree char *stem = g_strndup (detail->name, strlen (detail->name) - strlen (SECONDS_SUFFIX));

      *name = tsm_event_text_dup_title (stem);
      *value = tsm_format_age ((gint64) (seconds * G_USEC_PER_SEC));
      return;
    }
  *name = tsm_event_text_dup_title (detail->name);
  *value = g_strdup (detail->value);
}

static GtkWidget *
create_detail (const TsmDetail *detail)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  GtkWidget *label;

  dup_detail (detail, &name, &value);
  label = tsm_event_label_new (name, "dim-label");
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (name, -1), NAME_CHARS));
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (row), label);

  label = tsm_event_label_new (value, "pane-value");
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);

  return row;
}

/**
 * tsm_alert_sections_fill_details:
 * @box: a vertical box
 * @details: (element-type TsmDetail) (nullable): names and values
 */
void
tsm_alert_sections_fill_details (GtkBox       *box,
                                 const GArray *details)
{
  guint n = details != NULL ? MIN (details->len, MAX_ROWS) : 0;

  start_section (box, _("Details"), n > 0);
  for (guint i = 0; i < n; i++)
    gtk_box_append (box, create_detail (&g_array_index (details, TsmDetail, i)));
}

static GtkWidget *
new_bullet (const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *bullet = gtk_label_new ("•");
  GtkWidget *label = tsm_event_label_new (text, NULL);

  gtk_widget_set_valign (bullet, GTK_ALIGN_BASELINE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (bullet), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (row), bullet);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (row), label);

  return row;
}

/* The window asks first where the command is one to be asked about. */
static GtkWidget *
new_command_button (TsmCommandId id)
{
  const TsmCommandInfo *info = tsm_command_get_info (id);
  g_autofree char *text = g_strconcat (_(info->label), info->consequence != NULL ? "…" : NULL, NULL);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.send-command");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", info->name);
  gtk_widget_add_css_class (button, "pane-command");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

/**
 * tsm_alert_sections_fill_suggested:
 * @box: a vertical box
 * @texts: (nullable): suggested actions; one that means a manual command gets its button
 */
void
tsm_alert_sections_fill_suggested (GtkBox             *box,
                                   const char * const *texts)
{
  start_section (box, _("Suggested"), texts != NULL && texts[0] != NULL);
  for (guint i = 0; texts != NULL && texts[i] != NULL && i < MAX_ROWS; i++)
    {
      GtkWidget *row = new_bullet (texts[i]);
      TsmCommandId command;

      if (tsm_alert_advice_find_command (texts[i], &command))
        gtk_box_append (GTK_BOX (row), new_command_button (command));
      gtk_box_append (box, row);
    }
}

/**
 * tsm_alert_sections_fill_responses:
 * @box: a vertical box
 * @texts: (nullable): what the engine did on its own
 */
void
tsm_alert_sections_fill_responses (GtkBox             *box,
                                   const char * const *texts)
{
  start_section (box, _("Automatic Responses"), texts != NULL && texts[0] != NULL);
  for (guint i = 0; texts != NULL && texts[i] != NULL && i < MAX_ROWS; i++)
    gtk_box_append (box, new_bullet (texts[i]));
}

/**
 * tsm_alert_sections_create_entry:
 * @entry: a TsmAlertEntry
 * @user_data: not used
 *
 * Returns: (transfer floating): its row: the time, what happened, and the note below
 */
GtkWidget *
tsm_alert_sections_create_entry (gpointer entry,
                                 gpointer user_data)
{
  g_autofree char *clock = tsm_format_clock (tsm_alert_entry_get_time (entry));
  g_autofree char *text = tsm_alert_entry_dup_text (entry);
  const char *note = tsm_alert_entry_get_note (entry);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *time = gtk_label_new (clock);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (time, "pane-time");
  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (columns), time);
  gtk_box_append (GTK_BOX (lines), tsm_event_label_new (text, NULL));
  if (note != NULL && *note != '\0' && strstr (text, note) == NULL) /* some texts say it already */
    gtk_box_append (GTK_BOX (lines), tsm_event_label_new (note, "dim-label"));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (columns), lines);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), columns);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}
