/* What every window with pages and toasts does in the same way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-shell.h"

#include "ui/tsm-alerts-page.h"
#include "ui/tsm-events-page.h"

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

/**
 * tsm_shell_toast:
 * @toasts: the overlay of a window
 * @text: plain text
 *
 * Says it for a moment.
 */
void
tsm_shell_toast (AdwToastOverlay *toasts,
                 const char      *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1); /* a toast's title is markup */

  adw_toast_overlay_add_toast (toasts, adw_toast_new (markup));
}
