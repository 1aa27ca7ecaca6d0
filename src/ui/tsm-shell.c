/* What every window with pages and toasts does in the same way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-shell.h"

#include "ui/tsm-alerts-page.h"
#include "ui/tsm-events-page.h"

#define NEWS_SECONDS 20
#define TOAST_EDGES  130 /* px of a toast, and beside it, that are not its title */
#define MIN_CHARS    20

/**
 * tsm_shell_show_page:
 * @stack: the pages of a window
 * @name: one of them; another name does nothing
 */
void
tsm_shell_show_page (AdwViewStack *stack,
                     const char   *name)
{
  if (adw_view_stack_get_child_by_name (stack, name) != NULL)
    adw_view_stack_set_visible_child_name (stack, name);
}

/**
 * tsm_shell_focus_filter:
 * @stack: the pages of a window
 *
 * Gives the focus to the filter of the page in sight, where it has one.
 */
void
tsm_shell_focus_filter (AdwViewStack *stack)
{
  GtkWidget *page = adw_view_stack_get_visible_child (stack);

  if (TSM_IS_EVENTS_PAGE (page))
    tsm_events_page_focus_filter (TSM_EVENTS_PAGE (page));
  else if (TSM_IS_ALERTS_PAGE (page))
    tsm_alerts_page_focus_filter (TSM_ALERTS_PAGE (page));
}

/* A toast is as tall as its title wants to be at its natural width, however narrow it then gets: so that is made to fit. */
static void
fit_cb (GtkWidget *label)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (label));
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (label), NULL, NULL);
  int character = MAX (pango_font_metrics_get_approximate_char_width (metrics), pango_font_metrics_get_approximate_digit_width (metrics));
  int width = gtk_widget_get_width (window);

  if (width <= 0) /* not seen yet */
    gtk_window_get_default_size (GTK_WINDOW (window), &width, &(int) { 0 }); /* GTK 4.8 wants both */
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX (MIN_CHARS, (width - TOAST_EDGES) / PANGO_PIXELS (character)));
  pango_font_metrics_unref (metrics);
}

/* A toast's own title has one line and ends where that does: what is wrong with a file, and what to do then, is longer. */
static AdwToast *
new_toast (const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading"); /* as its own title */
  g_signal_connect (label, "map", G_CALLBACK (fit_cb), NULL);
  adw_toast_set_custom_title (toast, label);
  return toast;
}

/**
 * tsm_shell_toast:
 * @toasts: the overlay of a window
 * @text: plain text, in answer to what the user just did
 *
 * Says it for a moment, at once.
 */
void
tsm_shell_toast (AdwToastOverlay *toasts,
                 const char      *text)
{
  AdwToast *toast = new_toast (text);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (toasts, toast);
}

/**
 * tsm_shell_tell:
 * @toasts: the overlay of a window
 * @text: plain text of what has happened by itself
 *
 * Says it long enough for who does not look just now.
 */
void
tsm_shell_tell (AdwToastOverlay *toasts,
                const char      *text)
{
  AdwToast *toast = new_toast (text);

  adw_toast_set_timeout (toast, NEWS_SECONDS);
  adw_toast_overlay_add_toast (toasts, toast);
}
