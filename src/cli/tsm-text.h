/* Text for a terminal: what came over the wire must not be able to drive it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TSM_TONE_PLAIN,
  TSM_TONE_DIM,
  TSM_TONE_GOOD,
  TSM_TONE_MIDDLING,
  TSM_TONE_BAD,
} TsmTone;

void     tsm_text_append_escaped (GString    *out,
                                  const char *text);
void     tsm_text_append_toned   (GString    *out,
                                  const char *text,
                                  TsmTone     tone,
                                  gboolean    colour);
gboolean tsm_text_has_colour     (int         fd);
char    *tsm_text_from_bytes     (GBytes     *bytes,
                                  gsize       max_bytes);

G_END_DECLS
