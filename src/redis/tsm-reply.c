/* What replies are, and replies as values of GLib.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-reply.h"

#include <string.h>

/**
 * tsm_reply_is_message:
 * @reply: what came on a link that subscribes
 *
 * Returns: %TRUE for a `message` or a `pmessage`, %FALSE for what answers a command
 */
gboolean
tsm_reply_is_message (const redisReply *reply)
{
  const redisReply *kind = reply->type == REDIS_REPLY_ARRAY && reply->elements > 0 ? reply->element[0] : NULL;

  return kind != NULL && kind->type == REDIS_REPLY_STRING
         && (strcmp (kind->str, "message") == 0 || strcmp (kind->str, "pmessage") == 0);
}

/* Arrays in arrays; hiredis has such a limit in 0.14 only, and a GVariant may not be nested for ever. */
#define MAX_DEPTH 16

static GVariant *to_variant (const redisReply *reply,
                             guint             depth);

static GVariant *
array_to_variant (const redisReply *reply,
                  guint             depth)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("av"));
  for (gsize i = 0; depth < MAX_DEPTH && i < reply->elements; i++)
    g_variant_builder_add (&builder, "v", to_variant (reply->element[i], depth + 1));

  return g_variant_builder_end (&builder);
}

static GVariant *
string_to_variant (const redisReply *reply)
{
  return g_variant_new_take_string (g_utf8_make_valid (reply->str, reply->len));
}

static GVariant *
to_variant (const redisReply *reply,
            guint             depth)
{
  switch (reply->type)
    {
    case REDIS_REPLY_INTEGER:
      return g_variant_new_int64 (reply->integer);
    case REDIS_REPLY_ARRAY:
      return array_to_variant (reply, depth);
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR:
      return string_to_variant (reply);
    default:
      return g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL);
    }
}

/**
 * tsm_reply_to_variant:
 * @reply: a reply
 *
 * Turns a reply into a value: `s` for a status or bulk string (bytes made valid UTF-8) and for an error, `x` for an
 * integer, `av` for an array, `mv` nothing for nil. What is nested more than 16 arrays deep is left out.
 *
 * Returns: (transfer floating): a value
 */
GVariant *
tsm_reply_to_variant (const redisReply *reply)
{
  return to_variant (reply, 0);
}
