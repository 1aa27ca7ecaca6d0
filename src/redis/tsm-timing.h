/* The times a connection keeps to. They are in one place so that tests can shorten them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsmTiming:
 * @connect_ms: longest time to resolve a name, and to connect to each of its addresses
 * @reply_ms: longest time to wait for the reply to a command
 * @retry_min_ms: shortest time between two attempts
 * @retry_max_ms: longest time between two attempts
 * @probe_ms: time between two probes
 * @silence_ms: time after a probe without any byte, after which a link is half open
 */
typedef struct
{
  guint connect_ms;
  guint reply_ms;
  guint retry_min_ms;
  guint retry_max_ms;
  guint probe_ms;
  guint silence_ms;
} TsmTiming;

/* A half-open link is noticed within probe_ms + silence_ms = 15 s. */
#define TSM_TIMING_DEFAULT ((TsmTiming) { 5000, 5000, 500, 30000, 5000, 10000 })

G_END_DECLS
