/* TsmRepetition: notices that the same bytes come twice.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSM_REPETITION_SIZE 64 /* messages looked back on */

typedef struct
{
  guint64  hash;
  gint64   time;  /* monotonic µs */
  gboolean is_repeated;
} TsmRepetitionEntry;

/* A ring. */
typedef struct
{
  TsmRepetitionEntry entries[TSM_REPETITION_SIZE];
  guint64            n;
  guint64            n_repeated;
} TsmRepetition;

gboolean tsm_repetition_add  (TsmRepetition       *self,
                              GBytes              *bytes,
                              gint64               time);
void     tsm_repetition_look (const TsmRepetition *self,
                              gint64               now,
                              guint               *n_recent,
                              guint               *n_repeated);

G_END_DECLS
