/* Sections are filled anew only when their content changed, so that a selected text survives a repeated alert.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-alert-detail.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-alert-sections.h"
#include "ui/tsm-card.h"
#include "ui/tsm-event-label.h"
#include "ui/tsm-severity-chip.h"

struct _TsmAlertDetail
{
  AdwBin           parent_instance;

  GtkStack        *stack;
  GtkWidget       *back;
  GtkLabel        *hint;
  TsmSeverityChip *chip;
  GtkLabel        *state;
  GtkLabel        *id;
  GtkLabel        *message;
  GtkLabel        *origin;
  GtkWidget       *buttons;
  GtkWidget       *acknowledge;
  GtkWidget       *resolve;
  GtkWidget       *refusal;
  GtkBox          *details;
  GtkBox          *suggested;
  GtkBox          *responses;
  GtkListBox      *timeline;

  TsmAlert        *alert;
  char            *shown_lists; /* what the three boxes show, to tell a change */
};

G_DEFINE_FINAL_TYPE (TsmAlertDetail, tsm_alert_detail, ADW_TYPE_BIN)

static void
append_texts (GString            *out,
              const char * const *texts)
{
  for (; texts != NULL && *texts != NULL; texts++)
    g_string_append_printf (out, "%s\x1f", *texts);
  g_string_append_c (out, '\x1e');
}

static char *
dup_lists (TsmAlert *alert)
{
  GString *out = g_string_new (NULL);
  const GArray *details = tsm_alert_get_details (alert);

  for (guint i = 0; details != NULL && i < details->len; i++)
    {
      const TsmDetail *detail = &g_array_index (details, TsmDetail, i);

      g_string_append_printf (out, "%s\x1f%s\x1f", detail->name, detail->value);
    }
  g_string_append_c (out, '\x1e');
  append_texts (out, tsm_alert_get_suggested_actions (alert));
  append_texts (out, tsm_alert_get_auto_responses (alert));

  return g_string_free (out, FALSE);
}

static void
refresh_lists (TsmAlertDetail *self)
{
  g_autofree char *lists = dup_lists (self->alert);

  if (g_strcmp0 (lists, self->shown_lists) == 0)
    return;
  g_free (self->shown_lists);
  self->shown_lists = g_steal_pointer (&lists);

  tsm_alert_sections_fill_details (self->details, tsm_alert_get_details (self->alert));
  tsm_alert_sections_fill_suggested (self->suggested, tsm_alert_get_suggested_actions (self->alert));
  tsm_alert_sections_fill_responses (self->responses, tsm_alert_get_auto_responses (self->alert));
}

static void
refresh_head (TsmAlertDetail *self)
{
  TsmAlertState state = tsm_alert_get_state (self->alert);
  const char *source = tsm_alert_get_source (self->alert);
  const char *component = tsm_alert_get_component (self->alert);
  g_autofree char *origin = NULL;

  if (*source == '\0')
    source = _("Unnamed source");
  origin = component != NULL ? g_strdup_printf ("%s · %s", source, component) : g_strdup (source);

  tsm_severity_chip_set_severity (self->chip, tsm_alert_get_severity (self->alert));
  gtk_label_set_text (self->state, tsm_alert_state_get_label (state));
  tsm_event_label_set (self->id, tsm_alert_get_id (self->alert), 0);
  tsm_event_label_set (self->message, tsm_alert_get_message (self->alert), TSM_EVENT_LABEL_WORD);
  tsm_event_label_set (self->origin, origin, TSM_EVENT_LABEL_WORD);
  gtk_widget_set_visible (self->buttons, state != TSM_ALERT_RESOLVED);
  gtk_widget_set_visible (self->acknowledge, state == TSM_ALERT_OPEN);
}

/* The action says whether the buttons work; this says why they do not. */
void
tsm_alert_detail_set_refusal (TsmAlertDetail *self,
                              const char     *refusal)
{
  g_return_if_fail (TSM_IS_ALERT_DETAIL (self));

  tsm_tooltip_set (self->acknowledge, refusal);
  tsm_tooltip_set (self->resolve, refusal);
  tsm_label_set (self->refusal, refusal);
  gtk_widget_set_visible (self->refusal, refusal != NULL);
}

static void
tsm_alert_detail_dispose (GObject *object)
{
  TsmAlertDetail *self = TSM_ALERT_DETAIL (object);

  if (self->timeline != NULL)
    gtk_list_box_bind_model (self->timeline, NULL, NULL, NULL, NULL);
  g_clear_object (&self->alert);
  g_clear_pointer (&self->shown_lists, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin would unparent what the template has let go */
  gtk_widget_dispose_template (GTK_WIDGET (self), TSM_TYPE_ALERT_DETAIL);

  G_OBJECT_CLASS (tsm_alert_detail_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, back);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, hint);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, chip);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, state);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, id);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, message);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, origin);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, buttons);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, acknowledge);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, resolve);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, refusal);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, details);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, suggested);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, responses);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertDetail, timeline);
}

static void
tsm_alert_detail_class_init (TsmAlertDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_alert_detail_dispose;
  g_type_ensure (TSM_TYPE_SEVERITY_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/tickstock/Monitor/ui/tsm-alert-detail.ui");
  bind_children (widget_class);
}

static void
tsm_alert_detail_init (TsmAlertDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tsm_alert_detail_set_alert:
 * @self: the detail
 * @alert: (nullable): what to show; NULL shows the hint
 */
void
tsm_alert_detail_set_alert (TsmAlertDetail *self,
                            TsmAlert       *alert)
{
  g_return_if_fail (TSM_IS_ALERT_DETAIL (self));

  if (!g_set_object (&self->alert, alert))
    return;
  gtk_list_box_bind_model (self->timeline, alert != NULL ? tsm_alert_get_timeline (alert) : NULL,
                           tsm_alert_sections_create_entry, NULL, NULL);
  tsm_alert_detail_refresh (self);
  gtk_stack_set_visible_child_name (self->stack, alert != NULL ? "alert" : "none");
}

/**
 * tsm_alert_detail_get_alert:
 * @self: the detail
 *
 * Returns: (transfer none) (nullable): the alert that is shown
 */
TsmAlert *
tsm_alert_detail_get_alert (TsmAlertDetail *self)
{
  g_return_val_if_fail (TSM_IS_ALERT_DETAIL (self), NULL);

  return self->alert;
}

/**
 * tsm_alert_detail_refresh:
 * @self: the detail
 *
 * Shows what changed about the alert since; the timeline follows its model by itself.
 */
void
tsm_alert_detail_refresh (TsmAlertDetail *self)
{
  g_return_if_fail (TSM_IS_ALERT_DETAIL (self));

  if (self->alert == NULL)
    return;
  refresh_head (self);
  refresh_lists (self);
}

/**
 * tsm_alert_detail_set_hint:
 * @self: the detail
 * @hint: a translated sentence for the time without an alert
 */
void
tsm_alert_detail_set_hint (TsmAlertDetail *self,
                           const char     *hint)
{
  g_return_if_fail (TSM_IS_ALERT_DETAIL (self));

  gtk_label_set_text (self->hint, hint);
}

/**
 * tsm_alert_detail_set_folded:
 * @self: the detail
 * @folded: whether it covers the list, so that it needs a button to go back
 */
void
tsm_alert_detail_set_folded (TsmAlertDetail *self,
                              gboolean        folded)
{
  g_return_if_fail (TSM_IS_ALERT_DETAIL (self));

  gtk_widget_set_visible (self->back, folded);
}
