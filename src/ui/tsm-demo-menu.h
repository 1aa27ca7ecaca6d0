/* TsmDemoMenu: the faults of a publisher that the demo can play, to see what each looks like.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-demo.h"

G_BEGIN_DECLS

#define TSM_TYPE_DEMO_MENU (tsm_demo_menu_get_type ())
G_DECLARE_FINAL_TYPE (TsmDemoMenu, tsm_demo_menu, TSM, DEMO_MENU, AdwBin)

GtkWidget *tsm_demo_menu_new (TsmDemo *demo);

G_END_DECLS
