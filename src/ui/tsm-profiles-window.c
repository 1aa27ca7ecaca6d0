/* The list is bound to the store; what a row is asked to do comes back as an action with the id of its profile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-profiles-window.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-dialog.h"
#include "ui/tsm-export-dialog.h"
#include "ui/tsm-import-dialog.h"
#include "ui/tsm-profile-bin.h"
#include "ui/tsm-profile-dialog.h"
#include "ui/tsm-profile-row.h"
#include "ui/tsm-shell.h"

#define WIDTH  620 /* px */
#define HEIGHT 600

struct _TsmProfilesWindow
{
  AdwWindow      parent_instance;

  GtkWidget     *menu_button;
  GtkWidget     *toasts;
  GtkWidget     *stack;
  GtkWidget     *list;
  TsmSession    *session;
  TsmProfileBin *bin;
};

G_DEFINE_FINAL_TYPE (TsmProfilesWindow, tsm_profiles_window, ADW_TYPE_WINDOW)

static TsmProfileStore *
get_store (TsmProfilesWindow *self)
{
  return tsm_session_get_store (self->session);
}

static GtkWidget *
get_row (TsmProfilesWindow *self,
         const char        *id)
{
  guint index;

  if (!tsm_profile_store_get_index (get_store (self), id, &index))
    return NULL;

  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) index));
}

/* A row that moved is a new one, and the keys go on working on it. */
static void
focus_row (TsmProfilesWindow *self,
           const char        *id)
{
  GtkWidget *row = get_row (self, id);

  if (row != NULL)
    gtk_widget_grab_focus (row);
}

static void
show_open (TsmProfilesWindow *self)
{
  TsmProfile *open = tsm_session_get_profile (self->session);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    {
      TsmProfile *profile = tsm_profile_row_get_profile (TSM_PROFILE_ROW (row));

      tsm_profile_row_set_open (TSM_PROFILE_ROW (row),
                                open != NULL && g_str_equal (tsm_profile_get_id (open), tsm_profile_get_id (profile)));
    }
}

static void
show (TsmProfilesWindow *self)
{
  gboolean has_any = g_list_model_get_n_items (G_LIST_MODEL (get_store (self))) > 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), has_any ? "list" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "profiles.export", has_any);
  show_open (self);
}

static void
connect_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_widget_activate_action_variant (GTK_WIDGET (parent), "win.switch-to", parameter);
  gtk_window_close (GTK_WINDOW (widget));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TsmProfilesWindow *self = TSM_PROFILES_WINDOW (widget);
  TsmProfile *profile = tsm_profile_store_lookup (get_store (self), g_variant_get_string (parameter, NULL));

  if (profile != NULL)
    tsm_profile_dialog_present (GTK_WINDOW (self), self->session, profile);
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  TsmProfilesWindow *self = TSM_PROFILES_WINDOW (widget);
  TsmProfile *copy = tsm_profile_store_duplicate (get_store (self), g_variant_get_string (parameter, NULL));

  if (copy != NULL)
    focus_row (self, tsm_profile_get_id (copy));
}

static void
move_to (TsmProfilesWindow *self,
         const char        *id,
         gint64             index)
{
  if (index < 0 || index >= tsm_profile_store_get_n_own (get_store (self)))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  tsm_profile_store_move (get_store (self), id, (guint) index);
  focus_row (self, id);
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TsmProfilesWindow *self = TSM_PROFILES_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  guint index;

  if (tsm_profile_store_get_index (get_store (self), id, &index) && index < tsm_profile_store_get_n_own (get_store (self)))
    move_to (self, id, (gint64) index + (g_str_has_suffix (name, ".up") ? -1 : 1));
}

static void
drop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TsmProfilesWindow *self = TSM_PROFILES_WINDOW (widget);
  guint n_own = tsm_profile_store_get_n_own (get_store (self));
  const char *moved, *onto;
  guint from, to;

  g_variant_get (parameter, "(&s&s)", &moved, &onto);
  if (tsm_profile_store_get_index (get_store (self), moved, &from) && from < n_own
      && tsm_profile_store_get_index (get_store (self), onto, &to) && to < n_own && from != to)
    move_to (self, moved, to);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TsmProfilesWindow *self = TSM_PROFILES_WINDOW (widget);
  guint index = 0;
  AdwToast *toast;
  GtkListBoxRow *row;

  tsm_profile_store_get_index (get_store (self), g_variant_get_string (parameter, NULL), &index);
  toast = tsm_profile_bin_delete (self->bin, g_variant_get_string (parameter, NULL));
  if (toast == NULL)
    return;

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) index);
  if (row == NULL && index > 0)
    row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) index - 1);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TsmProfilesWindow *self = TSM_PROFILES_WINDOW (widget);

  tsm_profile_dialog_present (GTK_WINDOW (self), self->session, NULL);
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  tsm_import_dialog_present (GTK_WINDOW (widget), TSM_PROFILES_WINDOW (widget)->session);
}

static void
told_cb (const char *text,
         gpointer    user_data)
{
  tsm_shell_toast (ADW_TOAST_OVERLAY (TSM_PROFILES_WINDOW (user_data)->toasts), text);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TsmProfilesWindow *self = TSM_PROFILES_WINDOW (widget);

  tsm_export_dialog_present (GTK_WINDOW (self), get_store (self), told_cb, self);
}

static void
row_activated_cb (GtkListBox    *list,
                  TsmProfileRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "profiles.edit", "s",
                              tsm_profile_get_id (tsm_profile_row_get_profile (row)));
}

static void
tsm_profiles_window_dispose (GObject *object)
{
  TsmProfilesWindow *self = TSM_PROFILES_WINDOW (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (get_store (self), self);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  if (self->bin != NULL)
    g_object_run_dispose (G_OBJECT (self->bin)); /* a toast may hold it, and its undo is not offered any more */
  g_clear_object (&self->bin);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tsm_profiles_window_parent_class)->dispose (object);
}

static void
tsm_profiles_window_class_init (TsmProfilesWindowClass *klass)
{
  static const struct
  {
    const char                  *name;
    const char                  *parameter_type;
    GtkWidgetActionActivateFunc  activate;
  } actions[] = {
    { "profiles.connect", "s", connect_action }, { "profiles.edit", "s", edit_action },
    { "profiles.duplicate", "s", duplicate_action }, { "profiles.up", "s", move_action },
    { "profiles.down", "s", move_action }, { "profiles.drop", "(ss)", drop_action },
    { "profiles.delete", "s", delete_action }, { "profiles.add", NULL, add_action },
    { "profiles.import", NULL, import_action }, { "profiles.export", NULL, export_action },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_profiles_window_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type, actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "profiles.add", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/tickstock/Monitor/ui/tsm-profiles-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TsmProfilesWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TsmProfilesWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TsmProfilesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TsmProfilesWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tsm_profiles_window_init (TsmProfilesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tsm_menu_button_set_label (self->menu_button, gtk_widget_get_tooltip_text (self->menu_button));
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  return tsm_profile_row_new (item);
}

static void
restored_cb (TsmProfilesWindow *self,
             const char        *id)
{
  focus_row (self, id);
}

/**
 * tsm_profiles_window_present:
 * @parent: the main window
 * @session: whose connections they are
 *
 * Returns: (transfer none): the window
 */
TsmProfilesWindow *
tsm_profiles_window_present (GtkWindow  *parent,
                             TsmSession *session)
{
  TsmProfilesWindow *self = g_object_new (TSM_TYPE_PROFILES_WINDOW, NULL);

  tsm_dialog_place (GTK_WINDOW (self), parent, WIDTH, HEIGHT);
  self->session = g_object_ref (session);
  self->bin = tsm_profile_bin_new (session);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (get_store (self)), create_row_cb, NULL, NULL);
  g_signal_connect_object (get_store (self), "items-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "opened", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bin, "restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
  show (self);
  gtk_window_present (GTK_WINDOW (self));
  if (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)));
  return self;
}
