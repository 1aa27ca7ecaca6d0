/* Tests of toasts: a text of any length is seen whole, however wide the window is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "ui/tsm-shell.h"

#define SHORT "Report saved"
#define LONG  "/etc/xdg/tickstock-monitor/profiles.d/10-<production>.profile, group “Profile production”, key “url”: A password in a " \
              "file can be read by others. It is used for this run and is not written again."

typedef struct
{
  const char *path;
  const char *text;
  int         width;     /* of the window, px */
  gboolean    is_early;  /* told before the window is shown, as what is wrong with a file is */
  guint       min_lines;
} Case;

static const Case cases[] = {
  { "/ui/shell/short", SHORT, 1000, FALSE, 1 },
  { "/ui/shell/long-and-wide", LONG, 1000, FALSE, 2 },
  { "/ui/shell/long-and-narrow", LONG, 360, FALSE, 5 },
  { "/ui/shell/early-and-wide", LONG, 1000, TRUE, 2 },
  { "/ui/shell/early-and-narrow", LONG, 360, TRUE, 5 },
};

static gboolean
is_whole (GtkWidget *window,
          GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  graphene_rect_t bounds;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  return gtk_widget_compute_bounds (label, window, &bounds)
         && gtk_widget_get_width (label) >= width && gtk_widget_get_height (label) >= height
         && bounds.origin.x >= 0 && bounds.origin.x + bounds.size.width <= (float) gtk_widget_get_width (window)
         && !pango_layout_is_ellipsized (layout);
}

static void
test_toast (gconstpointer data)
{
  const Case *test = data;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkWidget *label;

  gtk_window_set_default_size (GTK_WINDOW (window), test->width, 500);
  gtk_window_set_child (GTK_WINDOW (window), toasts);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), adw_bin_new ());
  if (!test->is_early)
    {
      gtk_window_present (GTK_WINDOW (window));
      g_assert_true (tsm_test_wait_until (gtk_widget_get_width (window) > 0));
    }
  tsm_shell_tell (ADW_TOAST_OVERLAY (toasts), test->text);
  gtk_window_present (GTK_WINDOW (window));

  g_assert_true (tsm_test_wait_until ((label = ui_find_label (window, test->text)) != NULL && gtk_widget_get_height (label) > 0));
  g_assert_true (tsm_test_wait_until (is_whole (window, label)));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))), >=, (int) test->min_lines);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_toast);

  return g_test_run ();
}
