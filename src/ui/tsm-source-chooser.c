/* TsmSourceChooser: one engine, or all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-source-chooser.h"

#define NAME_CHARS   18
#define BUTTON_CHARS 10 /* the least that still tells one source from another */

struct _TsmSourceChooser
{
  AdwBin     parent_instance;
  GtkWidget *drop_down;
  char      *chosen;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmSourceChooser, tsm_source_chooser, ADW_TYPE_BIN)

/* The first item of the list stands for all and is a GtkStringObject; the others are sources. */
static char *
dup_title (gpointer item)
{
  if (TSM_IS_SOURCE (item))
    return tsm_source_dup_title (item);
  return g_strdup (gtk_string_object_get_string (item));
}

static char *
title_closure (gpointer item,
               gpointer user_data)
{
  return dup_title (item);
}

const char *
tsm_source_chooser_get_source (TsmSourceChooser *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE_CHOOSER (self), NULL);

  return self->chosen;
}

static void
selected_cb (TsmSourceChooser *self)
{
  gpointer item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->drop_down));
  const char *name = item != NULL && TSM_IS_SOURCE (item) ? tsm_source_get_name (item) : NULL;

  if (g_strcmp0 (name, self->chosen) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (name);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *state = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (name), NAME_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 2 * NAME_CHARS);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (state, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), state);
  gtk_list_item_set_child (list_item, box);
}

static void
show_liveness (TsmSource  *source,
               GParamSpec *pspec,
               GtkWidget  *label)
{
  tsm_label_set (label, tsm_liveness_get_label (tsm_source_get_liveness (source)));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *state = gtk_widget_get_next_sibling (name);
  gpointer item = gtk_list_item_get_item (list_item);
  g_autofree char *title = dup_title (item);

  tsm_label_set (name, title);
  tsm_label_set (state, NULL);
  if (!TSM_IS_SOURCE (item))
    return;
  show_liveness (item, NULL, state);
  g_signal_connect_object (item, "notify::liveness", G_CALLBACK (show_liveness), state, 0);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  gpointer item = gtk_list_item_get_item (list_item);

  if (TSM_IS_SOURCE (item))
    g_signal_handlers_disconnect_by_func (item, show_liveness, gtk_widget_get_next_sibling (name));
}

static void
setup_button_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *list_item)
{
  GtkWidget *name = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (name), BUTTON_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (name), NAME_CHARS);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_list_item_set_child (list_item, name);
}

static void
bind_button_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *list_item)
{
  g_autofree char *title = dup_title (gtk_list_item_get_item (list_item));

  tsm_label_set (gtk_list_item_get_child (list_item), title);
}

/**
 * tsm_source_chooser_set_sources:
 * @self: a chooser
 * @sources: (nullable): what to choose from; "All sources" stands before them
 */
void
tsm_source_chooser_set_sources (TsmSourceChooser *self,
                                TsmSourceList    *sources)
{
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);
  const char *const all[] = { _("All sources"), NULL };
  g_autoptr(GtkStringList) first = gtk_string_list_new (all);
  g_autoptr(GtkFlattenListModel) model = NULL;

  g_return_if_fail (TSM_IS_SOURCE_CHOOSER (self));

  g_list_store_append (parts, first);
  if (sources != NULL)
    g_list_store_append (parts, sources);
  model = gtk_flatten_list_model_new (G_LIST_MODEL (parts));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->drop_down), G_LIST_MODEL (model));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), 0);
}

static GtkListItemFactory *
make_factory (GCallback setup,
              GCallback bind,
              GCallback unbind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", setup, NULL);
  g_signal_connect (factory, "bind", bind, NULL);
  if (unbind != NULL)
    g_signal_connect (factory, "unbind", unbind, NULL);
  return factory;
}

static void
tsm_source_chooser_finalize (GObject *object)
{
  g_free (TSM_SOURCE_CHOOSER (object)->chosen);

  G_OBJECT_CLASS (tsm_source_chooser_parent_class)->finalize (object);
}

static void
tsm_source_chooser_class_init (TsmSourceChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_source_chooser_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
tsm_source_chooser_init (TsmSourceChooser *self)
{
  GtkExpression *title = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (title_closure), NULL, NULL);
  g_autoptr(GtkListItemFactory) list = make_factory (G_CALLBACK (setup_cb), G_CALLBACK (bind_cb), G_CALLBACK (unbind_cb));
  g_autoptr(GtkListItemFactory) button = make_factory (G_CALLBACK (setup_button_cb), G_CALLBACK (bind_button_cb), NULL);

  self->drop_down = gtk_drop_down_new (NULL, title);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->drop_down), TRUE);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->drop_down), button);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self->drop_down), list);
  gtk_widget_set_tooltip_text (self->drop_down, _("Source"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Source"), -1);
  g_signal_connect_swapped (self->drop_down, "notify::selected-item", G_CALLBACK (selected_cb), self);
  adw_bin_set_child (ADW_BIN (self), self->drop_down);
  tsm_source_chooser_set_sources (self, NULL);
}
