/* What every window with pages and toasts does in the same way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void tsm_shell_show_page    (AdwViewStack    *stack,
                             const char      *name);
void tsm_shell_focus_filter (AdwViewStack    *stack);
void tsm_shell_toast        (AdwToastOverlay *toasts,
                             const char      *text);
void tsm_shell_tell         (AdwToastOverlay *toasts,
                             const char      *text);

G_END_DECLS
