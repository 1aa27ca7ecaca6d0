/* A dot is an empty box that the style sheet paints by its class.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-colour.h"

#include <glib/gi18n-lib.h>

#include "redis/tsm-profile.h"

static const struct
{
  const char *colour;
  const char *name;
} names[] = {
  { "none", N_("None") },     { "blue", N_("Blue") }, { "green", N_("Green") },   { "yellow", N_("Yellow") },
  { "orange", N_("Orange") }, { "red", N_("Red") },   { "purple", N_("Purple") }, { "brown", N_("Brown") },
};

/* Translated: "Blue". */
static const char *
get_name (const char *colour)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].colour, colour) == 0)
      return _(names[i].name);

  return colour;
}

GtkWidget *
tsm_colour_dot_new (void)
{
  GtkWidget *dot = g_object_new (ADW_TYPE_BIN, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (dot, "profile-dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (dot, GTK_ALIGN_CENTER);
  return dot;
}

void
tsm_colour_dot_set (GtkWidget  *dot,
                    const char *colour,
                    gboolean    keep_room)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_remove_css_class (dot, names[i].colour);

  gtk_widget_add_css_class (dot, colour);
  gtk_widget_set_visible (dot, keep_room || g_strcmp0 (colour, "none") != 0);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), tsm_colour_dot_new ());
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  const char *colour = tsm_profile_get_colours ()[gtk_list_item_get_position (item)];

  tsm_colour_dot_set (gtk_widget_get_first_child (box), colour, TRUE);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), get_name (colour));
}

/* The model holds the translated names, which are what assistive technology reads. */
GtkWidget *
tsm_colour_row_new (const char *title)
{
  const char *const *colours = tsm_profile_get_colours ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; colours[i] != NULL; i++)
    gtk_string_list_append (model, get_name (colours[i]));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_factory (ADW_COMBO_ROW (row), factory);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}
