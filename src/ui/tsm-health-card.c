/* TsmHealthCard: the score as a ring, a bar per component, the engine's recommendations.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-cards.h"
#include "ui/tsm-component-row.h"
#include "ui/tsm-format.h"
#include "widgets/tsm-ring.h"

struct _TsmHealthCard
{
  TsmCard    parent_instance;
  GtkWidget *ring;
  GtkWidget *advice_box;
  GtkWidget *advice;
  GtkWidget *list;
  TsmSource *shown; /* whose components the list is bound to */
};

G_DEFINE_FINAL_TYPE (TsmHealthCard, tsm_health_card, TSM_TYPE_CARD)

#define MAX_ADVICE 3

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  return tsm_component_row_new (item);
}

/* The rows follow the source's own list: they are made once per component, not per event. */
static void
bind_components (TsmHealthCard *self,
                 TsmSource     *source)
{
  if (source == self->shown)
    return;

  g_set_object (&self->shown, source);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), source != NULL ? tsm_source_get_components (source) : NULL,
                           create_row, NULL, NULL);
}

static void
show_advice (TsmHealthCard *self,
             TsmSource     *source)
{
  const char *const *advice = source != NULL ? tsm_source_get_recommendations (source) : NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; advice != NULL && advice[i] != NULL && i < MAX_ADVICE; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", advice[i]);

  gtk_widget_set_visible (self->advice_box, text->len > 0);
  tsm_label_set (self->advice, text->str);
}

static void
update_rows (TsmHealthCard *self,
             gboolean       stale,
             const char    *refusal)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));

      if (!TSM_IS_COMPONENT_ROW (child))
        continue;
      tsm_component_row_set_stale (TSM_COMPONENT_ROW (child), stale);
      tsm_component_row_set_refusal (TSM_COMPONENT_ROW (child), refusal);
    }
}

static void
tsm_health_card_update (TsmCard       *card,
                        const TsmView *view)
{
  TsmHealthCard *self = TSM_HEALTH_CARD (card);
  double score = view->source != NULL ? tsm_source_get_health_score (view->source) : NAN;
  TsmHealthLevel level = view->source != NULL ? tsm_source_get_health_level (view->source) : TSM_HEALTH_UNKNOWN;
  gint64 age;
  gboolean stale = tsm_view_is_stale (view, &age);
  TsmEventType origin = view->source != NULL ? tsm_source_get_health_origin (view->source) : TSM_EVENT_UNKNOWN;

  bind_components (self, view->source);
  show_advice (self, view->source);
  tsm_ring_set_value (TSM_RING (self->ring), score,
                      level != TSM_HEALTH_UNKNOWN ? tsm_health_level_get_label (level) : _("no data"),
                      tsm_health_level_get_tone (level));
  tsm_ring_set_stale (TSM_RING (self->ring), stale);
  update_rows (self, stale, tsm_monitor_get_refusal (view->monitor));

  tsm_card_set_subtitle (card, origin == TSM_EVENT_METRIC_UPDATE ? _("from metrics")
                               : origin == TSM_EVENT_HEALTH_CHECK ? _("from a health check") : NULL);
  tsm_card_set_stale (card, stale, age);
}

static void
tsm_health_card_dispose (GObject *object)
{
  TsmHealthCard *self = TSM_HEALTH_CARD (object);

  g_clear_object (&self->shown);

  G_OBJECT_CLASS (tsm_health_card_parent_class)->dispose (object);
}

static void
tsm_health_card_class_init (TsmHealthCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_health_card_dispose;
  TSM_CARD_CLASS (klass)->update = tsm_health_card_update;
  TSM_CARD_CLASS (klass)->of_source = TRUE;
}

static GtkWidget *
make_advice (TsmHealthCard *self)
{
  GtkWidget *title = gtk_label_new (_("Recommendations"));

  self->advice_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->advice = gtk_label_new (NULL);
  gtk_widget_set_valign (self->advice_box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (title, "group-title");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (self->advice, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (self->advice), 0);
  gtk_label_set_wrap (GTK_LABEL (self->advice), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->advice), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->advice), 5);
  gtk_label_set_ellipsize (GTK_LABEL (self->advice), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->advice), 30);
  gtk_widget_set_hexpand (self->advice_box, TRUE);
  gtk_box_append (GTK_BOX (self->advice_box), title);
  gtk_box_append (GTK_BOX (self->advice_box), self->advice);
  return self->advice_box;
}

static void
tsm_health_card_init (TsmHealthCard *self)
{
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  self->ring = tsm_ring_new ();
  gtk_box_append (GTK_BOX (top), self->ring);
  gtk_box_append (GTK_BOX (top), make_advice (self));

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "components");
  gtk_widget_set_vexpand (self->list, TRUE);
  gtk_widget_set_valign (self->list, GTK_ALIGN_END);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Components"), -1);

  tsm_card_set_title (TSM_CARD (self), _("Health"));
  tsm_card_append (TSM_CARD (self), top);
  tsm_card_append (TSM_CARD (self), self->list);
}
