/* TsmDemoMenu: a button with a row for each fault of the simulator's table, and one for none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-demo-menu.h"

#include <glib/gi18n-lib.h>

#include "simulator/tsm-sim-fault.h"
#include "ui/tsm-event-label.h"

#define MAX_HEIGHT 440 /* px */
#define WIDTH      300 /* px */
#define CODE_KEY   "tsm-code"

struct _TsmDemoMenu
{
  AdwBin     parent_instance;
  TsmDemo   *demo;
  GtkWidget *button;
  GtkWidget *rows;
};

G_DEFINE_FINAL_TYPE (TsmDemoMenu, tsm_demo_menu, ADW_TYPE_BIN)

/* The mark stands at the fault that is played. */
static void
show_current (TsmDemoMenu *self)
{
  const char *current = tsm_demo_get_fault (self->demo);
  g_autofree char *label = NULL;
  gboolean is_playing = !g_str_equal (current, TSM_SIM_FAULT_NONE);

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *mark = gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (row)));

      gtk_widget_set_opacity (mark, g_str_equal (g_object_get_data (G_OBJECT (row), CODE_KEY), current) ? 1 : 0);
    }

  /* TRANSLATORS: the code of a fault that the demo plays */
  label = is_playing ? g_strdup_printf (_("Playing %s"), current) : g_strdup (_("Play a Fault"));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), label);
}

static void
clicked_cb (GtkWidget   *row,
            TsmDemoMenu *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  tsm_demo_play (self->demo, g_object_get_data (G_OBJECT (row), CODE_KEY));
  show_current (self);
}

static void
add_row (TsmDemoMenu *self,
         const char  *code,
         const char  *title,
         const char  *summary)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", title, summary);

  gtk_box_append (GTK_BOX (texts), tsm_event_label_new (title, "rung-title"));
  gtk_box_append (GTK_BOX (texts), tsm_event_label_new (summary, "flow-note"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_button_set_child (GTK_BUTTON (row), line);
  gtk_widget_add_css_class (row, "flat");
  gtk_widget_add_css_class (row, "fault-row");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), CODE_KEY, g_strdup (code), g_free);
  g_signal_connect (row, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (self->rows), row);
}

static void
tsm_demo_menu_dispose (GObject *object)
{
  g_clear_object (&TSM_DEMO_MENU (object)->demo);

  G_OBJECT_CLASS (tsm_demo_menu_parent_class)->dispose (object);
}

static void
tsm_demo_menu_class_init (TsmDemoMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_demo_menu_dispose;
}

static GtkWidget *
create_popover (TsmDemoMenu *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->rows);
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_add_css_class (popover, "fault-menu");
  return popover;
}

static void
tsm_demo_menu_init (TsmDemoMenu *self)
{
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), create_popover (self));
  gtk_widget_set_tooltip_text (self->button, _("See What a Fault of the Engine Looks Like"));
  adw_bin_set_child (ADW_BIN (self), self->button);
}

/**
 * tsm_demo_menu_new:
 * @demo: a demo that runs
 *
 * Returns: (transfer floating): a button
 */
GtkWidget *
tsm_demo_menu_new (TsmDemo *demo)
{
  TsmDemoMenu *self = g_object_new (TSM_TYPE_DEMO_MENU, NULL);

  self->demo = g_object_ref (demo);
  add_row (self, TSM_SIM_FAULT_NONE, _("None"), _("The engine works"));
  for (guint i = 0; i < tsm_sim_fault_get_n_faults (); i++)
    {
      const TsmSimFault *fault = tsm_sim_fault_get_nth (i);

      add_row (self, fault->code, fault->code, _(fault->summary));
    }
  show_current (self);
  return GTK_WIDGET (self);
}
