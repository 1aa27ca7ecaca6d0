/* Reads a password from standard input, unseen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tsm_cli_read_password (const char  *prompt,
                             GError     **error);

G_END_DECLS
