/* bench-subscribe: the baseline, a bare hiredis subscriber that does nothing else, or parses each message with json-glib.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints a JSON object once it is subscribed and another at the end. A stamp is [cpu_percent × 10, monotonic µs on arrival].
 */

#include <hiredis/hiredis.h>
#include <json-glib/json-glib.h>
#include <sys/time.h>

#include "bench-common.h"

typedef struct
{
  redisContext *context;
  JsonParser   *parser; /* NULL: count only */
  GString      *stamps; /* NULL: none */
  guint64       n_received;
  guint64       n_bad;
} Subscriber;

static void
take_message (Subscriber       *self,
              const redisReply *payload)
{
  self->n_received++;
  if (self->stamps != NULL)
    g_string_append_printf (self->stamps, "%s[%u,%" G_GINT64_FORMAT "]", self->stamps->len > 0 ? "," : "",
                            bench_read_tenths (payload->str), g_get_monotonic_time ());
  if (self->parser != NULL && !json_parser_load_from_data (self->parser, payload->str, (gssize) payload->len, NULL))
    self->n_bad++;
}

/* Ends with the last message, after a silence, or when the server drops us. */
static void
receive (Subscriber *self,
         guint64     count)
{
  redisReply *reply = NULL;

  while (self->n_received < count && redisGetReply (self->context, (void **) &reply) == REDIS_OK)
    {
      if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 3 && g_str_equal (reply->element[0]->str, "message"))
        take_message (self, reply->element[2]);
      freeReplyObject (reply);
    }
}

static void
subscribe (Subscriber         *self,
           const BenchOptions *options)
{
  struct timeval silence = { .tv_sec = BENCH_SILENCE_SECONDS };
  redisReply *reply = NULL;

  self->context = redisConnectUnix (options->socket);
  if (self->context == NULL || self->context->err != 0)
    g_error ("%s: %s", options->socket, self->context != NULL ? self->context->errstr : "no memory");

  redisSetTimeout (self->context, silence);
  reply = redisCommand (self->context, "SUBSCRIBE %s", options->channel);
  if (reply == NULL || reply->type != REDIS_REPLY_ARRAY)
    g_error ("SUBSCRIBE: %s", reply != NULL ? reply->str : self->context->errstr);
  freeReplyObject (reply);
}

int
main (int    argc,
      char **argv)
{
  g_auto (BenchOptions) options;
  Subscriber self = { 0, };
  gint64 cpu;

  bench_begin (&options, &argc, &argv);
  self.parser = options.decode ? json_parser_new () : NULL;
  self.stamps = options.stamps ? g_string_new (NULL) : NULL;
  subscribe (&self, &options);

  cpu = bench_get_cpu_time ();
  g_print ("{\"ready\":true}\n");
  receive (&self, (guint64) options.count);
  g_print ("{\"received\":%" G_GUINT64_FORMAT ",\"bad\":%" G_GUINT64_FORMAT ",\"cpu_us\":%" G_GINT64_FORMAT
           ",\"end\":%" G_GINT64_FORMAT ",\"error\":\"%s\",\"hiredis\":\"%d.%d.%d\",\"stamps\":[%s]}\n",
           self.n_received, self.n_bad, bench_get_cpu_time () - cpu, g_get_monotonic_time (), self.context->errstr,
           HIREDIS_MAJOR, HIREDIS_MINOR, HIREDIS_PATCH, self.stamps != NULL ? self.stamps->str : "");

  redisFree (self.context);
  g_clear_object (&self.parser);
  if (self.stamps != NULL)
    g_string_free (self.stamps, TRUE);
  return 0;
}
