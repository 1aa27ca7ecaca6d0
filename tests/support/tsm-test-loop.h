/* Runs the main context until something has come true, with a deadline.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     g_assert_true (tsm_test_wait_until (tsm_connection_get_subscriber_state (connection) == TSM_LINK_READY));
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Long enough for a busy machine under a sanitizer; a test that passes never waits for it. */
#define TSM_TEST_DEADLINE_S 30

static inline gboolean
tsm_test_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* TRUE once @condition holds, FALSE when it still does not after @seconds. Evaluated after each iteration, and each 5 ms. */
#define tsm_test_wait_until_for(condition, seconds) \
  (G_GNUC_EXTENSION ({ \
    gint64 tsm_test_end = g_get_monotonic_time () + (seconds) * G_TIME_SPAN_SECOND; \
    guint tsm_test_tick = g_timeout_add (5, tsm_test_tick_cb, NULL); \
    gboolean tsm_test_holds; \
    while (!(tsm_test_holds = !!(condition)) && g_get_monotonic_time () < tsm_test_end) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (tsm_test_tick); \
    tsm_test_holds; \
  }))

#define tsm_test_wait_until(condition) tsm_test_wait_until_for (condition, TSM_TEST_DEADLINE_S)

/* Dispatches all that is ready, such as the idle ends of what was cancelled. */
static inline void
tsm_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

G_END_DECLS
