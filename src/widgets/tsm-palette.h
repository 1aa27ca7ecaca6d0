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

#define TSM_TYPE_TONE (tsm_tone_get_type ())
GType tsm_tone_get_type (void);

/* The tone's colour for @widget's present style: dark where its foreground is light. At least 3:1 against the card. */
void tsm_tone_get_rgba      (TsmTone    tone,
                             GtkWidget *widget,
                             GdkRGBA   *rgba);

/* What surrounds the tones: made of the widget's own foreground, so that it fits any theme. */
typedef enum
{
  TSM_INK_TEXT,  /* the foreground itself */
  TSM_INK_DIM,   /* second text: still 4.5:1 */
  TSM_INK_MARK,  /* thin marks and outlines */
  TSM_INK_TRACK, /* the empty part of arcs and bars */
  TSM_INK_GAP,   /* spans without data */
  TSM_N_INKS
} TsmInk;

void tsm_ink_get_rgba       (TsmInk     ink,
                             GtkWidget *widget,
                             GdkRGBA   *rgba);

typedef struct
{
  gboolean dark;          /* the foreground is light */
  gboolean high_contrast; /* by the theme's name, or the class "high-contrast" on the root */
} TsmAppearance;

void tsm_appearance_read    (TsmAppearance       *appearance,
                             GtkWidget           *widget);
void tsm_tone_look_up       (TsmTone              tone,
                             const TsmAppearance *appearance,
                             GdkRGBA             *rgba);

G_END_DECLS
