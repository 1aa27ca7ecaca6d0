/* bench-publish: publishes METRIC_UPDATE events through plain hiredis, flat out or at a rate.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints one JSON object at the end. A stamp is [cpu_percent × 10, monotonic µs just before the PUBLISH].
 */

#include <hiredis/hiredis.h>
#include <string.h>
#include <time.h>

#include "bench-common.h"

/* Commands that are written at once. Flat out, the next are written before these are answered. */
#define BATCH 256

typedef struct
{
  redisContext *context;
  GPtrArray    *commands; /* GString, the variants as they go on the wire */
  guint64       n_sent;
  guint64       n_answered;
  gint64        receivers; /* the least that any answer said */
  GArray       *stamps;    /* gint64, NULL where not wanted */
} Publisher;

static void
free_command (gpointer command)
{
  redisFreeCommand (command);
}

static void
make_commands (Publisher          *self,
               const BenchOptions *options)
{
  g_autofree char *sample = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (options->sample, &sample, NULL, &error))
    g_error ("%s", error->message);
  g_strchomp (sample);

  self->commands = g_ptr_array_new_with_free_func (free_command);
  for (guint i = 0; i < BENCH_N_VARIANTS; i++)
    {
      g_autofree char *payload = bench_vary (sample, i);
      char *command = NULL;

      if (redisFormatCommand (&command, "PUBLISH %s %s", options->channel, payload) < 0)
        g_error ("hiredis cannot format a command");
      g_ptr_array_add (self->commands, command);
    }
}

static void
write_commands (Publisher *self,
                guint64    n)
{
  int done = 0;

  for (guint64 i = 0; i < n; i++, self->n_sent++)
    {
      const char *command = g_ptr_array_index (self->commands, self->n_sent % BENCH_N_VARIANTS);

      if (self->stamps != NULL)
        {
          gint64 now = g_get_monotonic_time ();

          g_array_append_val (self->stamps, now);
        }
      redisAppendFormattedCommand (self->context, command, strlen (command));
    }

  while (!done)
    if (redisBufferWrite (self->context, &done) != REDIS_OK)
      g_error ("PUBLISH: %s", self->context->errstr);
}

static void
read_answers (Publisher *self,
              guint64    outstanding)
{
  while (self->n_sent - self->n_answered > outstanding)
    {
      redisReply *reply = NULL;

      if (redisGetReply (self->context, (void **) &reply) != REDIS_OK)
        g_error ("PUBLISH: %s", self->context->errstr);
      if (reply->type != REDIS_REPLY_INTEGER)
        g_error ("PUBLISH: %s", reply->str);

      self->receivers = MIN (self->receivers, reply->integer);
      self->n_answered++;
      freeReplyObject (reply);
    }
}

static void
sleep_until (gint64 monotonic_us)
{
  struct timespec time = { monotonic_us / G_USEC_PER_SEC, monotonic_us % G_USEC_PER_SEC * 1000 };

  clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

static void
publish_flat_out (Publisher *self,
                  guint64    count)
{
  while (self->n_sent < count)
    {
      write_commands (self, MIN (BATCH, count - self->n_sent));
      read_answers (self, BATCH);
    }
  read_answers (self, 0);
}

/* Event N is due at N / rate seconds. What is due within a millisecond is written at once. */
static void
publish_at_rate (Publisher *self,
                 guint64    count,
                 double     rate)
{
  gint64 start = g_get_monotonic_time ();

  while (self->n_sent < count)
    {
      double seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
      guint64 due = MIN (count, 1 + (guint64) (seconds * rate));
      gint64 next;

      if (due > self->n_sent)
        write_commands (self, MIN (BATCH, due - self->n_sent));
      read_answers (self, 0);

      next = start + (gint64) ((double) self->n_sent / rate * G_USEC_PER_SEC);
      if (self->n_sent >= due)
        sleep_until (MAX (next, g_get_monotonic_time () + G_TIME_SPAN_MILLISECOND));
    }
}

static void
print_result (Publisher *self,
              gint64     start)
{
  g_print ("{\"published\":%" G_GUINT64_FORMAT ",\"receivers\":%" G_GINT64_FORMAT ",\"start\":%" G_GINT64_FORMAT
           ",\"us\":%" G_GINT64_FORMAT ",\"stamps\":[", self->n_answered, self->receivers, start,
           g_get_monotonic_time () - start);
  for (guint i = 0; self->stamps != NULL && i < self->stamps->len; i++)
    g_print ("%s[%u,%" G_GINT64_FORMAT "]", i > 0 ? "," : "", bench_get_tenths (i),
             g_array_index (self->stamps, gint64, i));
  g_print ("]}\n");
}

int
main (int    argc,
      char **argv)
{
  g_auto (BenchOptions) options;
  Publisher self = { .receivers = G_MAXINT64 };
  gint64 start;

  bench_begin (&options, &argc, &argv);
  make_commands (&self, &options);
  self.stamps = options.stamps ? g_array_new (FALSE, FALSE, sizeof (gint64)) : NULL;
  self.context = redisConnectUnix (options.socket);
  if (self.context == NULL || self.context->err != 0)
    g_error ("%s: %s", options.socket, self.context != NULL ? self.context->errstr : "no memory");

  start = g_get_monotonic_time ();
  if (options.rate > 0)
    publish_at_rate (&self, (guint64) options.count, options.rate);
  else
    publish_flat_out (&self, (guint64) options.count);
  print_result (&self, start);

  redisFree (self.context);
  g_ptr_array_unref (self.commands);
  g_clear_pointer (&self.stamps, g_array_unref);
  return 0;
}
