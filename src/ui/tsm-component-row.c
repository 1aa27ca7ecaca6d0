/* TsmComponentRow: the health of one component in one line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-component-row.h"
#include "ui/tsm-format.h"
#include "widgets/tsm-meter-bar.h"

/* A word without a score still draws a bar, at the middle of its band. */
static const double level_bars[] = {
  [TSM_HEALTH_UNKNOWN]   = NAN,
  [TSM_HEALTH_DISABLED]  = NAN,
  [TSM_HEALTH_CRITICAL]  = 20,
  [TSM_HEALTH_UNHEALTHY] = 50,
  [TSM_HEALTH_DEGRADED]  = 67,
  [TSM_HEALTH_HEALTHY]   = 100,
  [TSM_HEALTH_EXCELLENT] = 100,
};

/* Where there is no room for both, as with large text, the state stands below the name. */
static const TsmRowsPlan plans[] = {
  { 1, { { { 0, 1 }, { 1, 2 } } } },
  { 0, { { { 0, 1 } }, { { 1, 1 } } } },
};

struct _TsmComponentRow
{
  GtkWidget     parent_instance;
  GtkWidget    *rows;
  GtkWidget    *title;
  GtkWidget    *bar;
  GtkWidget    *score;
  GtkWidget    *word;
  GtkWidget    *enable;
  TsmComponent *component;
};

G_DEFINE_FINAL_TYPE (TsmComponentRow, tsm_component_row, GTK_TYPE_WIDGET)

static void
show_component (TsmComponentRow *self)
{
  TsmHealthLevel level = tsm_component_get_level (self->component);
  double score = tsm_component_get_score (self->component);
  const char *word = tsm_health_level_get_label (level);
  g_autofree char *number = isnan (score) ? NULL : g_strdup_printf ("%.0f", score);
  g_autofree char *title = tsm_component_dup_title (self->component);
  g_autofree char *said = NULL;
  gboolean disabled = level == TSM_HEALTH_DISABLED;

  if (level == TSM_HEALTH_UNKNOWN && tsm_component_get_status (self->component) != NULL)
    word = tsm_component_get_status (self->component);

  /* Translators: a component, its score (may be empty), its state */
  said = g_strdup_printf (_("%s %s %s"), title, number != NULL ? number : "", word);
  tsm_label_set (self->title, title);
  tsm_label_set (self->score, number);
  tsm_label_set (self->word, word);
  tsm_meter_bar_set_tone (TSM_METER_BAR (self->bar), tsm_health_level_get_tone (level));
  tsm_meter_bar_set_value (TSM_METER_BAR (self->bar), isnan (score) ? level_bars[level] : score, said);
  gtk_widget_set_visible (self->enable, disabled);
  gtk_widget_set_visible (self->bar, !disabled);
  gtk_widget_set_visible (self->score, !disabled);
  gtk_widget_set_hexpand (self->word, disabled);
  tsm_tooltip_set (GTK_WIDGET (self), tsm_component_get_details (self->component));
}

static void
enable_cb (TsmComponentRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.enable-component", "s",
                              tsm_component_get_name (self->component));
}

void
tsm_component_row_set_stale (TsmComponentRow *self,
                             gboolean         stale)
{
  tsm_meter_bar_set_stale (TSM_METER_BAR (self->bar), stale);
}

void
tsm_component_row_set_refusal (TsmComponentRow *self,
                               const char      *refusal)
{
  gtk_widget_set_sensitive (self->enable, refusal == NULL);
  tsm_tooltip_set (self->enable, refusal);
}

static void
tsm_component_row_dispose (GObject *object)
{
  TsmComponentRow *self = TSM_COMPONENT_ROW (object);

  if (self->component != NULL)
    g_signal_handlers_disconnect_by_data (self->component, self);
  g_clear_object (&self->component);
  g_clear_pointer (&self->rows, gtk_widget_unparent);

  G_OBJECT_CLASS (tsm_component_row_parent_class)->dispose (object);
}

static void
tsm_component_row_class_init (TsmComponentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_component_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_label (float       xalign,
            int         chars,
            const char *style_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_width_chars (GTK_LABEL (label), chars);
  gtk_label_set_max_width_chars (GTK_LABEL (label), chars);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style_class);
  return label;
}

static void
tsm_component_row_init (TsmComponentRow *self)
{
  GtkWidget *state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->rows = tsm_rows_new (plans, 8);
  gtk_widget_set_parent (self->rows, GTK_WIDGET (self));

  self->title = make_label (0, 13, "figure-name");
  self->bar = tsm_meter_bar_new (GTK_ACCESSIBLE_ROLE_METER);
  gtk_widget_set_hexpand (self->bar, TRUE);
  gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->bar, 24, -1);
  self->score = make_label (1, 3, "figure-value");
  gtk_widget_add_css_class (self->score, "numeric");
  self->word = make_label (0, 9, "dim-label");

  self->enable = gtk_button_new_with_label (_("Enable"));
  gtk_widget_add_css_class (self->enable, "small-button");
  g_signal_connect_swapped (self->enable, "clicked", G_CALLBACK (enable_cb), self);

  gtk_box_append (GTK_BOX (state), self->bar);
  gtk_box_append (GTK_BOX (state), self->score);
  gtk_box_append (GTK_BOX (state), self->word);
  gtk_box_append (GTK_BOX (state), self->enable);
  tsm_rows_append (self->rows, self->title);
  tsm_rows_append (self->rows, state);
}

/**
 * tsm_component_row_new:
 * @component: what to show; a reference is held
 *
 * Returns: (transfer floating):
 */
GtkWidget *
tsm_component_row_new (TsmComponent *component)
{
  TsmComponentRow *self = g_object_new (TSM_TYPE_COMPONENT_ROW, NULL);

  g_autofree char *title = tsm_component_dup_title (component);
  g_autofree char *enable = g_strdup_printf (_("Enable %s"), title);

  self->component = g_object_ref (component);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enable), GTK_ACCESSIBLE_PROPERTY_LABEL, enable, -1);
  g_signal_connect_swapped (component, "notify", G_CALLBACK (show_component), self);
  show_component (self);
  return GTK_WIDGET (self);
}
