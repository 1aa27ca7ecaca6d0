/* What every window with pages and toasts does in the same way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-shell.h"

#include "ui/tsm-alerts-page.h"
#include "ui/tsm-events-page.h"

#define NEWS_SECONDS 20

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

static AdwToast *
new_toast (const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1); /* a toast's title is markup */

  return adw_toast_new (markup);
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
