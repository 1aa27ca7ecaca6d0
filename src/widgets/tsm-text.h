/* TsmText: one line of text in a size of one's choice, which never asks for a new layout. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/tsm-palette.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_TEXT_BOLD    = 1 << 0,
  TSM_TEXT_DIM     = 1 << 1, /* always in TSM_INK_DIM */
  TSM_TEXT_SHRINK  = 1 << 2, /* too wide: smaller before it is cut */
} TsmTextFlags;

#define TSM_TYPE_TEXT (tsm_text_get_type ())
G_DECLARE_FINAL_TYPE (TsmText, tsm_text, TSM, TEXT, GtkWidget)

/* @scale: size relative to the widget's font. @xalign: 0 start, 0.5 middle, 1 end. */
GtkWidget  *tsm_text_new          (TsmTextFlags  flags,
                                   double        scale,
                                   float         xalign);
/* Both nullable; @suffix is smaller and dim ("%"). */
gboolean    tsm_text_set          (TsmText      *self,
                                   const char   *text,
                                   const char   *suffix);
const char *tsm_text_get          (TsmText      *self);
void        tsm_text_set_dim      (TsmText      *self,
                                   gboolean      dim);
/* Both may be called while a parent allocates. @font_height in pixels; 0: by the font and @zoom. */
void        tsm_text_set_height   (TsmText      *self,
                                   double        font_height);
void        tsm_text_set_zoom     (TsmText      *self,
                                   double        zoom);
/* By the font, whatever height or zoom is set; in pixels. */
void        tsm_text_get_extent   (TsmText      *self,
                                   int          *width,
                                   int          *height);

G_END_DECLS
