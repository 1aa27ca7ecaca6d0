/* How long to wait before the next attempt: exponential, with full jitter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-backoff.h"

/* Beyond this the doubled time would not fit; it has met any sensible limit long before. */
#define MAX_DOUBLINGS 16

/**
 * tsm_backoff_get_delay:
 * @n_attempts: how many attempts have failed, from 1
 * @random: evenly distributed in [0, 1)
 * @min_ms: the shortest delay, in milliseconds
 * @max_ms: the longest delay, in milliseconds
 *
 * The longest delay doubles with each attempt up to @max_ms, and the real one lies anywhere between @min_ms and that, so
 * that many clients that lost one server do not come back to it all at once.
 *
 * Returns: milliseconds, from @min_ms to @max_ms
 */
guint
tsm_backoff_get_delay (guint  n_attempts,
                       double random,
                       guint  min_ms,
                       guint  max_ms)
{
  guint64 ceiling;

  g_return_val_if_fail (min_ms <= max_ms, max_ms);

  ceiling = (guint64) min_ms << MIN (n_attempts, MAX_DOUBLINGS);
  ceiling = CLAMP (ceiling, min_ms, max_ms);

  return min_ms + (guint) (CLAMP (random, 0.0, 1.0) * (ceiling - min_ms));
}
