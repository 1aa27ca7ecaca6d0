/* Each row carries the id of its profile into the actions, so that a list that changed meanwhile does no harm.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-profile-row.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-colour.h"

struct _TsmProfileRow
{
  AdwActionRow  parent_instance;

  TsmProfile   *profile;
  GtkWidget    *open_mark;
};

G_DEFINE_FINAL_TYPE (TsmProfileRow, tsm_profile_row, ADW_TYPE_ACTION_ROW)

static const struct
{
  const char *label;
  const char *action;
  gboolean    is_change; /* not for one that is managed */
  guint       section;
} items[] = {
  { N_("_Connect"), "profiles.connect", FALSE, 0 },
  { N_("_Edit…"), "profiles.edit", TRUE, 0 },
  { N_("D_uplicate"), "profiles.duplicate", FALSE, 0 },
  { N_("Move _Up"), "profiles.up", TRUE, 1 },
  { N_("Move _Down"), "profiles.down", TRUE, 1 },
  { N_("De_lete"), "profiles.delete", TRUE, 2 },
};

static const struct
{
  guint           key;
  GdkModifierType modifiers;
  const char     *action;
} keys[] = {
  { GDK_KEY_Up, GDK_ALT_MASK, "profiles.up" },
  { GDK_KEY_Down, GDK_ALT_MASK, "profiles.down" },
  { GDK_KEY_KP_Up, GDK_ALT_MASK, "profiles.up" },
  { GDK_KEY_KP_Down, GDK_ALT_MASK, "profiles.down" },
  { GDK_KEY_Delete, 0, "profiles.delete" },
  { GDK_KEY_KP_Delete, 0, "profiles.delete" },
};

char *
tsm_profile_row_dup_marks (TsmProfile *profile)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) marks = NULL;

  if (tsm_profile_get_tls_pin (profile) != NULL && tsm_profile_uses_tls (profile))
    g_strv_builder_add (builder, _("Pinned certificate"));
  if (tsm_profile_is_read_only (profile))
    g_strv_builder_add (builder, _("Read-only"));
  if (tsm_profile_is_managed (profile))
    g_strv_builder_add (builder, _("Managed by your administrator"));
  marks = g_strv_builder_end (builder);

  return marks[0] != NULL ? g_strjoinv (" · ", marks) : NULL;
}

TsmProfile *
tsm_profile_row_get_profile (TsmProfileRow *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE_ROW (self), NULL);

  return self->profile;
}

void
tsm_profile_row_set_open (TsmProfileRow *self,
                          gboolean       is_open)
{
  g_return_if_fail (TSM_IS_PROFILE_ROW (self));

  gtk_widget_set_visible (self->open_mark, is_open);
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  TsmProfileRow *self = TSM_PROFILE_ROW (widget);

  gtk_widget_activate_action (widget, user_data, "s", tsm_profile_get_id (self->profile));
  return TRUE;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            TsmProfileRow *self)
{
  return gdk_content_provider_new_typed (G_TYPE_STRING, tsm_profile_get_id (self->profile));
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               TsmProfileRow *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         TsmProfileRow *self)
{
  const char *moved = g_value_get_string (value);

  /* Any program may drop a text here. */
  if (moved == NULL || !tsm_profile_is_legal_id (moved))
    return FALSE;

  gtk_widget_activate_action (GTK_WIDGET (self), "profiles.drop", "(ss)", moved, tsm_profile_get_id (self->profile));
  return TRUE;
}

static void
add_drag_and_drop (TsmProfileRow *self,
                   GtkWidget     *handle)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static GMenuModel *
make_menu (TsmProfile *profile)
{
  GMenu *menu = g_menu_new ();
  GMenu *section = NULL;
  guint last = G_MAXUINT;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(items[i].label), NULL);

      if (items[i].is_change && tsm_profile_is_managed (profile))
        continue;
      if (items[i].section != last)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          last = items[i].section;
        }
      g_menu_item_set_action_and_target (item, items[i].action, "s", tsm_profile_get_id (profile));
      g_menu_append_item (section, item);
    }

  g_clear_object (&section);
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_menu_button (TsmProfile *profile)
{
  g_autoptr (GMenuModel) menu = make_menu (profile);
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *label = NULL;

  /* TRANSLATORS: %s is the name of a connection */
  label = g_strdup_printf (_("Menu of %s"), tsm_profile_get_name (profile));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  tsm_menu_button_set_label (button, label);
  return button;
}

static void
tsm_profile_row_dispose (GObject *object)
{
  g_clear_object (&TSM_PROFILE_ROW (object)->profile);

  G_OBJECT_CLASS (tsm_profile_row_parent_class)->dispose (object);
}

static void
tsm_profile_row_class_init (TsmProfileRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_profile_row_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                gtk_callback_action_new (key_cb, (gpointer) keys[i].action, NULL));

      gtk_widget_class_add_shortcut (widget_class, shortcut);
      g_object_unref (shortcut);
    }
}

static void
tsm_profile_row_init (TsmProfileRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 3);
}

static void
show_texts (TsmProfileRow *self)
{
  g_autofree char *address = tsm_profile_dup_display_url (self->profile);
  g_autofree char *marks = tsm_profile_row_dup_marks (self->profile);
  g_autofree char *subtitle = marks != NULL ? g_strdup_printf ("%s\n%s", address, marks) : g_strdup (address);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), tsm_profile_get_name (self->profile));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static void
add_prefixes (TsmProfileRow *self)
{
  GtkWidget *dot = tsm_colour_dot_new ();
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");

  tsm_colour_dot_set (dot, tsm_profile_get_colour (self->profile), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), dot);
  if (tsm_profile_is_managed (self->profile))
    return;

  gtk_widget_add_css_class (handle, "dim-label");
  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_widget_set_tooltip_text (handle, _("Drag to move, or press Alt and an arrow key"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), handle);
  add_drag_and_drop (self, handle);
}

static void
add_suffixes (TsmProfileRow *self)
{
  GtkWidget *lock = gtk_image_new_from_icon_name ("channel-secure-symbolic");

  self->open_mark = gtk_label_new (_("Open"));
  gtk_widget_add_css_class (self->open_mark, "chip");
  gtk_widget_add_css_class (self->open_mark, "active");
  gtk_widget_set_valign (self->open_mark, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->open_mark, FALSE);
  gtk_widget_set_tooltip_text (lock, _("Over TLS"));
  gtk_widget_set_visible (lock, tsm_profile_uses_tls (self->profile));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->open_mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), lock);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), make_menu_button (self->profile));
}

/**
 * tsm_profile_row_new:
 * @profile: a reference is taken; it does not change
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
tsm_profile_row_new (TsmProfile *profile)
{
  TsmProfileRow *self = g_object_new (TSM_TYPE_PROFILE_ROW, NULL);

  self->profile = g_object_ref (profile);
  show_texts (self);
  add_prefixes (self);
  add_suffixes (self);
  return GTK_WIDGET (self);
}
