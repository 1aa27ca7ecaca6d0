/* TsmCard: the frame of each card of the Overview.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "models/tsm-age.h"
#include "ui/tsm-card.h"

#include "widgets/tsm-children.h"

typedef struct
{
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *subtitle;
  char      *origin; /* said behind the subtitle */
  gboolean   stale;
} TsmCardPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TsmCard, tsm_card, GTK_TYPE_WIDGET)

/**
 * tsm_label_set:
 * @label: a #GtkLabel
 * @text: (nullable): plain text
 *
 * Sets the text where it differs, so that nothing is laid out anew for nothing.
 */
void
tsm_label_set (GtkWidget  *label,
               const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

/**
 * tsm_tooltip_set:
 * @widget: a widget
 * @text: (nullable): plain text
 *
 * Sets the tooltip where it differs: GTK looks for the pointer each time, and waits for the X server's answer.
 */
void
tsm_tooltip_set (GtkWidget  *widget,
                 const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

void
tsm_menu_button_set_label (GtkWidget  *button,
                           const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (button)), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * tsm_view_is_stale:
 * @view: a view
 * @age: (out): µs since the source's last METRIC_UPDATE, or its last event where it sends none; -1 where it has sent nothing
 *
 * Returns: whether the source is no longer Active, or the link is down
 */
gboolean
tsm_view_is_stale (const TsmView *view,
                   gint64        *age)
{
  gint64 last = 0;

  *age = -1;
  if (view->source == NULL)
    return FALSE;

  last = tsm_source_get_last_metrics (view->source);
  if (last == 0)
    last = tsm_source_get_last_event (view->source);
  *age = view->now - last;
  return !view->connected || tsm_source_get_liveness (view->source) != TSM_LIVENESS_ACTIVE;
}

void
tsm_card_set_title (TsmCard    *self,
                    const char *title)
{
  TsmCardPrivate *priv = tsm_card_get_instance_private (self);

  tsm_label_set (priv->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
tsm_card_set_subtitle (TsmCard    *self,
                       const char *subtitle)
{
  TsmCardPrivate *priv = tsm_card_get_instance_private (self);
  g_autofree char *both = NULL;

  if (subtitle != NULL && priv->origin != NULL)
    both = g_strdup_printf ("%s · %s", subtitle, priv->origin);
  else
    both = g_strdup (subtitle != NULL ? subtitle : priv->origin);
  tsm_label_set (priv->subtitle, both);
  tsm_tooltip_set (priv->subtitle, priv->origin != NULL ? both : NULL);
  gtk_widget_set_visible (priv->subtitle, both != NULL);
}

void
tsm_card_append (TsmCard   *self,
                 GtkWidget *child)
{
  TsmCardPrivate *priv = tsm_card_get_instance_private (self);

  gtk_box_append (GTK_BOX (priv->box), child);
}

/**
 * tsm_card_set_stale:
 * @self: a card
 * @stale: whether the content is old
 * @age: µs since the last data
 *
 * A stale card keeps its last values, is drawn grey, and says how old they are.
 */
void
tsm_card_set_stale (TsmCard  *self,
                    gboolean  stale,
                    gint64    age)
{
  TsmCardPrivate *priv = tsm_card_get_instance_private (self);

  if (stale)
    {
      g_autofree char *text = tsm_format_age (age);
      g_autofree char *subtitle = g_strdup_printf (_("no data for %s"), text);

      tsm_card_set_subtitle (self, subtitle);
    }
  if (priv->stale == stale)
    return;

  priv->stale = stale;
  if (stale)
    gtk_widget_add_css_class (GTK_WIDGET (self), "stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "stale");
}

/* Figures of one source must not be taken for those of all. */
static char *
dup_origin (const TsmView *view)
{
  if (view->filter != NULL || view->source == NULL
      || g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_sources (view->monitor))) < 2)
    return NULL;
  return tsm_source_dup_title (view->source);
}

void
tsm_card_update (TsmCard       *self,
                 const TsmView *view)
{
  TsmCardPrivate *priv = tsm_card_get_instance_private (self);

  g_free (priv->origin);
  priv->origin = TSM_CARD_GET_CLASS (self)->of_source ? dup_origin (view) : NULL;
  TSM_CARD_GET_CLASS (self)->update (self, view);
}

static void
tsm_card_dispose (GObject *object)
{
  TsmCardPrivate *priv = tsm_card_get_instance_private (TSM_CARD (object));

  g_clear_pointer (&priv->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tsm_card_parent_class)->dispose (object);
}

static void
tsm_card_finalize (GObject *object)
{
  TsmCardPrivate *priv = tsm_card_get_instance_private (TSM_CARD (object));

  g_free (priv->origin);

  G_OBJECT_CLASS (tsm_card_parent_class)->finalize (object);
}

static void
tsm_card_class_init (TsmCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_card_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tsmcard");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsm_card_init (TsmCard *self)
{
  TsmCardPrivate *priv = tsm_card_get_instance_private (self);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (priv->box, GTK_WIDGET (self));

  priv->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (priv->title, "heading");
  gtk_label_set_xalign (GTK_LABEL (priv->title), 0);

  priv->subtitle = gtk_label_new (NULL);
  gtk_widget_add_css_class (priv->subtitle, "card-subtitle");
  gtk_widget_add_css_class (priv->subtitle, "numeric");
  gtk_label_set_xalign (GTK_LABEL (priv->subtitle), 1);
  gtk_label_set_ellipsize (GTK_LABEL (priv->subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (priv->subtitle, TRUE);

  gtk_box_append (GTK_BOX (head), priv->title);
  gtk_box_append (GTK_BOX (head), priv->subtitle);
  gtk_box_append (GTK_BOX (priv->box), head);
}

/* A bare container: GtkBox with another layout manager would warn, so it is a GtkWidget of its own. */
#define TSM_TYPE_ROWS (tsm_rows_get_type ())
G_DECLARE_FINAL_TYPE (TsmRows, tsm_rows, TSM, ROWS, GtkWidget)

struct _TsmRows
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (TsmRows, tsm_rows, GTK_TYPE_WIDGET)

static void
tsm_rows_dispose (GObject *object)
{
  tsm_children_unparent (GTK_WIDGET (object));

  G_OBJECT_CLASS (tsm_rows_parent_class)->dispose (object);
}

static void
tsm_rows_class_init (TsmRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_rows_dispose;
}

static void
tsm_rows_init (TsmRows *self)
{
}

/**
 * tsm_rows_new:
 * @plans: see tsm_rows_layout_new()
 * @spacing: px
 *
 * Returns: (transfer floating): a container; add to it with tsm_rows_append(), in the order that the plans number
 */
GtkWidget *
tsm_rows_new (const TsmRowsPlan *plans,
              int                spacing)
{
  GtkWidget *rows = g_object_new (TSM_TYPE_ROWS, NULL);

  gtk_widget_set_layout_manager (rows, tsm_rows_layout_new (plans, spacing));
  return rows;
}

void
tsm_rows_append (GtkWidget *rows,
                 GtkWidget *child)
{
  gtk_widget_insert_before (child, rows, NULL);
}
