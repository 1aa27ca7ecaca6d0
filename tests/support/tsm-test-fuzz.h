/* One fuzz target for several readers: the first byte says which of them gets the rest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* @text: ends with a zero byte, which is not counted in @size; there may be others in it */
typedef void (*TsmTestFeed) (const char *text,
                             gsize       size);

/* Called by libFuzzer. */
int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         size);

#define TSM_TEST_FUZZ(...) \
  int \
  LLVMFuzzerTestOneInput (const guint8 *bytes, \
                          gsize         size) \
  { \
    static const TsmTestFeed feeds[] = { __VA_ARGS__ }; \
    g_autofree char *text = size > 0 ? g_malloc0 (size) : NULL; \
    \
    if (text == NULL) \
      return 0; \
    memcpy (text, bytes + 1, size - 1); \
    feeds[bytes[0] % G_N_ELEMENTS (feeds)](text, size - 1); \
    return 0; \
  }

G_END_DECLS
