/* The splitter: finds where the events stand in a text that holds one of them, an array, JSON Lines, or one after another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsmSpan:
 * @start: byte offset
 * @length: bytes
 * @line: of its first byte, from 1
 */
typedef struct
{
  gsize   start;
  gsize   length;
  guint64 line;
} TsmSpan;

GArray *tsm_split_events (const char *text,
                          gsize       length);

G_END_DECLS
