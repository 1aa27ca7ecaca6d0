/* What the tests of the connection share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis-test.h"

#include <string.h>

/* Short enough for a test to wait for, long enough for a busy machine under a sanitizer. */
static const TsmTiming hurried = {
  .connect_ms = 2000,
  .reply_ms = 2000,
  .retry_min_ms = 10,
  .retry_max_ms = 100,
  .probe_ms = 100,
  .silence_ms = 1500,
};

TsmConnection *
redis_test_new_connection (const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, &error);
  TsmConnection *connection;

  g_assert_no_error (error);
  connection = tsm_connection_new (profile);
  tsm_connection_set_timing (connection, &hurried);
  return connection;
}

TsmConnection *
redis_test_connect (const char *url)
{
  TsmConnection *connection = redis_test_new_connection (url);

  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  return connection;
}

void
redis_test_close (TsmConnection *connection)
{
  tsm_connection_stop (connection);
  g_assert_finalize_object (connection);
  tsm_test_settle ();
}

gboolean
redis_test_is_ready (TsmConnection *connection)
{
  return tsm_connection_get_subscriber_state (connection) == TSM_LINK_READY
         && tsm_connection_get_command_state (connection) == TSM_LINK_READY;
}

gboolean
redis_test_has_error (TsmConnection *connection,
                      TsmLinkError   code)
{
  return g_error_matches (tsm_connection_get_error (connection), TSM_LINK_ERROR, code);
}

gboolean
redis_test_is_heard (TsmConnection *connection,
                     const char    *channel)
{
  for (guint i = 0; i < tsm_connection_get_n_channels (connection); i++)
    {
      TsmChannelState state;

      tsm_connection_get_channel (connection, i, &state);
      if (strcmp (state.name, channel) == 0)
        return state.acknowledged;
    }

  return FALSE;
}

guint
redis_test_pop_all (TsmConnection *connection)
{
  TsmMessage *message;
  guint n = 0;

  for (; (message = tsm_connection_pop (connection)) != NULL; n++)
    tsm_message_unref (message);

  return n;
}

char *
redis_test_pop_text (TsmConnection *connection)
{
  g_autoptr (TsmMessage) message = NULL;
  gsize size;
  const char *bytes;

  g_assert_true (tsm_test_wait_until (tsm_connection_get_queue_length (connection) > 0));
  message = tsm_connection_pop (connection);
  bytes = g_bytes_get_data (message->payload, &size);
  return g_strndup (bytes, size);
}
