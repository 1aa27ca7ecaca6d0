/* One message from the server.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-message.h"

/**
 * tsm_message_new:
 * @channel: the channel it was published on
 * @pattern: (nullable): the pattern that matched
 * @bytes: (array length=length): the payload, which is copied
 * @length: bytes
 *
 * Makes a message that was received just now.
 *
 * Returns: (transfer full): a message
 */
TsmMessage *
tsm_message_new (GRefString *channel,
                 GRefString *pattern,
                 const char *bytes,
                 gsize       length)
{
  TsmMessage *self = g_new (TsmMessage, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->channel = g_ref_string_acquire (channel);
  self->pattern = pattern != NULL ? g_ref_string_acquire (pattern) : NULL;
  self->payload = g_bytes_new (bytes, length);
  self->received = g_get_real_time ();
  self->received_monotonic = g_get_monotonic_time ();
  return self;
}

/**
 * tsm_message_ref:
 * @self: a message
 *
 * Returns: (transfer full): @self
 */
TsmMessage *
tsm_message_ref (TsmMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * tsm_message_unref:
 * @self: (transfer full): a message
 *
 * Lets go of the message; the last one frees it.
 */
void
tsm_message_unref (TsmMessage *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ref_string_release (self->channel);
  g_clear_pointer (&self->pattern, g_ref_string_release);
  g_bytes_unref (self->payload);
  g_free (self);
}
