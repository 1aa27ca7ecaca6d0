/* Replies as values of GLib.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-reply.h"

static GVariant *
array_to_variant (const redisReply *reply)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("av"));
  for (gsize i = 0; i < reply->elements; i++)
    g_variant_builder_add (&builder, "v", tsm_reply_to_variant (reply->element[i]));

  return g_variant_builder_end (&builder);
}

static GVariant *
string_to_variant (const redisReply *reply)
{
  return g_variant_new_take_string (g_utf8_make_valid (reply->str, reply->len));
}

/**
 * tsm_reply_to_variant:
 * @reply: a reply; hiredis lets arrays nest no deeper than a few levels
 *
 * Turns a reply into a value: `s` for a status or bulk string (bytes made valid UTF-8) and for an error, `x` for an
 * integer, `av` for an array, `mv` nothing for nil.
 *
 * Returns: (transfer floating): a value
 */
GVariant *
tsm_reply_to_variant (const redisReply *reply)
{
  switch (reply->type)
    {
    case REDIS_REPLY_INTEGER:
      return g_variant_new_int64 (reply->integer);
    case REDIS_REPLY_ARRAY:
      return array_to_variant (reply);
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR:
      return string_to_variant (reply);
    default:
      return g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL);
    }
}
