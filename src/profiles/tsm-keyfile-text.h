/* A keyfile from a text that may have wrong lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize     tsm_keyfile_text_skip_bom (const char *text,
                                     gsize       length);
GKeyFile *tsm_keyfile_text_parse    (const char *text,
                                     gsize       length,
                                     GArray     *wrong_lines);

G_END_DECLS
