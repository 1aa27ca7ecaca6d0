/* A bounded list of sentences on what could not be understood.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSM_PROBLEMS_MAX 100

GPtrArray *tsm_problems_new (void);
void       tsm_problems_add (GPtrArray  *problems,
                             const char *format,
                             ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
