/* Hides passwords of the command line from `ps`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tsm_arguments_hide_passwords (int    argc,
                                   char **argv);

G_END_DECLS
