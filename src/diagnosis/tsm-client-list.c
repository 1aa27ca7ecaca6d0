/* From the lines of CLIENT LIST to who may be a publisher.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing says which client publishes where. One may be a publisher that is not one of ours, does not listen, is no replica, and
 * has a name or has done more than to look.
 */

#include <string.h>

#include "diagnosis/tsm-examination-private.h"
#include "diagnosis/tsm-info.h"

#define MAX_LINES   5000 /* of more, the rest is not looked at: the main loop waits */
#define MAX_CLIENTS 100
#define OUR_NAME    "tickstock-monitor"

/* The last command of who only looks: an administrator, a monitor, a health check. With a bar comes a subcommand. */
static const char *const looking[] = {
  "NULL", "acl", "auth", "client", "cluster", "command", "config", "debug", "dbsize", "echo", "hello", "info", "latency", "memory",
  "monitor", "ping", "psubscribe", "pubsub", "quit", "role", "scan", "select", "slowlog", "ssubscribe", "subscribe", "time", "type",
  "unsubscribe",
};

static gboolean
only_looks (const char *command)
{
  gsize length = strcspn (command, "|");

  for (guint i = 0; i < G_N_ELEMENTS (looking); i++)
    if (strlen (looking[i]) == length && g_ascii_strncasecmp (looking[i], command, length) == 0)
      return TRUE;
  return FALSE;
}

/* (transfer full): what stands behind @name, which begins with a space; "" where it does not stand there */
static char *
find_part (const char *line,
           const char *name)
{
  const char *at = strstr (line, name);

  if (at == NULL)
    return g_strdup ("");
  at += strlen (name);
  return g_strndup (at, strcspn (at, " \r\n"));
}

static gint64
find_number (const char *line,
             const char *name)
{
  g_autofree char *part = find_part (line, name);

  return g_ascii_strtoll (part, NULL, 10);
}

/* Replicas, our primary, and who runs MONITOR: flags S, M and O. Subscribers that cannot publish have the flag P. */
static gboolean
is_special (const char *line)
{
  g_autofree char *flags = find_part (line, " flags=");

  return strpbrk (flags, "SMOP") != NULL;
}

static gboolean
is_candidate (const TsmClientFacts *client,
              const char           *line)
{
  if (is_special (line) || g_str_has_prefix (client->name, OUR_NAME))
    return FALSE;
  return *client->name != '\0' || !only_looks (client->last_command);
}

static void
fill (TsmClientFacts *client,
      const char     *line)
{
  client->name = find_part (line, " name=");
  client->address = find_part (line, " addr=");
  client->user = find_part (line, " user=");
  client->last_command = find_part (line, " cmd=");
  client->age = find_number (line, " age=");
  client->idle = find_number (line, " idle=");
  client->is_candidate = is_candidate (client, line);
}

/* Candidates first, of those who published last, then who was busy last. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  const TsmClientFacts *one = *(TsmClientFacts * const *) a;
  const TsmClientFacts *other = *(TsmClientFacts * const *) b;
  int publishes_one = g_str_has_suffix (one->last_command, "publish");
  int publishes_other = g_str_has_suffix (other->last_command, "publish");

  if (one->is_candidate != other->is_candidate)
    return one->is_candidate ? -1 : 1;
  if (publishes_one != publishes_other)
    return publishes_other - publishes_one;
  return (one->idle > other->idle) - (one->idle < other->idle);
}

/**
 * tsm_info_read_clients:
 * @self: an examination
 * @text: what the server answered to CLIENT LIST
 */
void
tsm_info_read_clients (TsmExamination *self,
                       const char     *text)
{
  self->n_candidates = 0;
  for (guint i = 0; i < MAX_LINES && text != NULL && *text != '\0'; i++)
    {
      const char *end = strchr (text, '\n');
      g_autofree char *line = g_strndup (text, end != NULL ? (gsize) (end - text) : strlen (text));
      TsmClientFacts *client = tsm_examination_add_client (self);

      fill (client, line);
      self->n_candidates += client->is_candidate;
      text = end != NULL ? end + 1 : NULL;
    }

  if (self->clients == NULL)
    return;
  g_ptr_array_sort (self->clients, compare);
  if (self->clients->len > MAX_CLIENTS)
    g_ptr_array_remove_range (self->clients, MAX_CLIENTS, self->clients->len - MAX_CLIENTS);
}
