/* TsmTone: the few meanings a colour can have, and their colours in light, dark and high contrast.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  TSM_TONE_NEUTRAL,  /* blue: a figure without a judgement */
  TSM_TONE_GOOD,     /* green */
  TSM_TONE_FAIR,     /* yellow-green */
  TSM_TONE_WARN,     /* amber */
  TSM_TONE_BAD,      /* orange */
  TSM_TONE_CRITICAL, /* red */
  TSM_TONE_STALE,    /* grey */
  TSM_N_TONES
} TsmTone;

/* The tone's colour for @widget's present style: dark where its foreground is light. At least 3:1 against the card. */
void tsm_tone_get_rgba (TsmTone    tone,
                        GtkWidget *widget,
                        GdkRGBA   *rgba);

G_END_DECLS
