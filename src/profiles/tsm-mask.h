/* Finds the password in an address, so that it can be hidden where the text is no longer ours alone to keep.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSM_MASK "***"

gboolean  tsm_mask_find    (const char *text,
                            gboolean    bare,
                            gsize      *start,
                            gsize      *length);
char     *tsm_mask_dup_url (const char *url);
char     *tsm_mask_file    (const char *text,
                            gsize       length);

G_END_DECLS
