/* From the text of INFO, which is lines of "name:value", to facts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-info.h"

#include <string.h>

#define MAX_REPLICAS      8
#define MAX_REPLICA_PARTS 16

/* Where the value of a line goes; numbers are gint64 or int. */
typedef enum
{
  TEXT,
  NUMBER,
  SMALL,
} Kind;

typedef struct
{
  const char *name;
  Kind        kind;
  gsize       offset;
} Field;

/* Of two lines for one member the later in this table wins, as in the room below. */
static const Field server_fields[] = {
  { "redis_version:", TEXT, G_STRUCT_OFFSET (TsmServerFacts, version) },
  { "valkey_version:", TEXT, G_STRUCT_OFFSET (TsmServerFacts, version) },
  { "redis_mode:", TEXT, G_STRUCT_OFFSET (TsmServerFacts, mode) },
  { "server_mode:", TEXT, G_STRUCT_OFFSET (TsmServerFacts, mode) },
  { "run_id:", TEXT, G_STRUCT_OFFSET (TsmServerFacts, run_id) },
  { "uptime_in_seconds:", NUMBER, G_STRUCT_OFFSET (TsmServerFacts, uptime_seconds) },
  { "role:", TEXT, G_STRUCT_OFFSET (TsmServerFacts, role) },
  { "master_host:", TEXT, G_STRUCT_OFFSET (TsmServerFacts, master_host) },
  { "master_port:", SMALL, G_STRUCT_OFFSET (TsmServerFacts, master_port) },
  { "master_link_status:", TEXT, G_STRUCT_OFFSET (TsmServerFacts, link_status) },
  { "master_link_down_since_seconds:", NUMBER, G_STRUCT_OFFSET (TsmServerFacts, link_down_seconds) },
  { "cluster_enabled:", SMALL, G_STRUCT_OFFSET (TsmServerFacts, cluster_enabled) },
  { "loading:", SMALL, G_STRUCT_OFFSET (TsmServerFacts, loading) },
  { "connected_clients:", NUMBER, G_STRUCT_OFFSET (TsmServerFacts, connected_clients) },
  { "maxclients:", NUMBER, G_STRUCT_OFFSET (TsmServerFacts, max_clients) },
  { "client_recent_max_output_buffer:", NUMBER, G_STRUCT_OFFSET (TsmServerFacts, largest_output_buffer) },
};

static char *
find_value (const char *text,
            const char *name)
{
  gsize length = strlen (name);

  while (text != NULL)
    {
      const char *end = strchr (text, '\n');

      if (strncmp (text, name, length) == 0)
        return g_strstrip (end != NULL ? g_strndup (text + length, end - text - length) : g_strdup (text + length));
      text = end != NULL ? end + 1 : NULL;
    }
  return NULL;
}

static void
set_field (gpointer     self,
           const Field *field,
           const char  *value)
{
  gpointer member = G_STRUCT_MEMBER_P (self, field->offset);
  gint64 number;

  if (field->kind == TEXT)
    {
      g_free (*(char **) member);
      *(char **) member = g_strdup (value);
      return;
    }
  if (!g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return;
  if (field->kind == NUMBER)
    *(gint64 *) member = number;
  else
    *(int *) member = (int) CLAMP (number, G_MININT, G_MAXINT);
}

/* "ip=127.0.0.1,port=6380,state=online,…" as host:port. */
static char *
read_replica (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", MAX_REPLICA_PARTS);
  const char *ip = NULL;
  const char *port = NULL;

  for (char **part = parts; *part != NULL; part++)
    {
      if (g_str_has_prefix (*part, "ip="))
        ip = *part + strlen ("ip=");
      else if (g_str_has_prefix (*part, "port="))
        port = *part + strlen ("port=");
    }

  if (ip == NULL || *ip == '\0' || port == NULL)
    return NULL;
  return strchr (ip, ':') != NULL ? g_strdup_printf ("[%s]:%s", ip, port) : g_strdup_printf ("%s:%s", ip, port);
}

static void
read_replicas (TsmServerFacts *self,
               const char     *text)
{
  g_autoptr (GStrvBuilder) replicas = g_strv_builder_new ();

  for (guint i = 0; i < MAX_REPLICAS; i++)
    {
      g_autofree char *name = g_strdup_printf ("slave%u:", i);
      g_autofree char *value = find_value (text, name);
      g_autofree char *address = value != NULL ? read_replica (value) : NULL;

      if (address != NULL)
        g_strv_builder_add (replicas, address);
    }

  g_strfreev (self->replicas);
  self->replicas = g_strv_builder_end (replicas);
}

static void
read_clock (TsmServerFacts *self,
            const char     *text,
            gint64          now_real)
{
  g_autofree char *value = find_value (text, "server_time_usec:");

  if (value != NULL && g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &self->clock, NULL))
    self->clock_read = now_real;
}

/**
 * tsm_info_read_server:
 * @self: facts
 * @text: what the server answered to INFO, or to INFO with a section
 * @now_real: µs since the epoch, when the answer came
 */
void
tsm_info_read_server (TsmServerFacts *self,
                      const char     *text,
                      gint64          now_real)
{
  for (guint i = 0; i < G_N_ELEMENTS (server_fields); i++)
    {
      g_autofree char *value = find_value (text, server_fields[i].name);

      if (value == NULL)
        continue;
      set_field (self, &server_fields[i], value);
      if (g_str_has_suffix (server_fields[i].name, "_version:"))
        {
          g_free (self->product);
          self->product = g_strdup (g_str_has_prefix (server_fields[i].name, "valkey") ? "Valkey" : "Redis");
        }
    }

  if (strstr (text, "role:") != NULL)
    read_replicas (self, text);
  read_clock (self, text, now_real);
}

/* A number within "calls=1,usec=2,…,rejected_calls=3,failed_calls=4"; 0 where the command has not been used. */
static gint64
read_stat (const char *line,
           const char *name)
{
  const char *at = line;
  gsize length = strlen (name);

  while (at != NULL && strncmp (at, name, length) != 0)
    {
      at = strchr (at, ',');
      if (at != NULL)
        at++;
    }
  return at != NULL ? g_ascii_strtoll (at + length, NULL, 10) : 0;
}

static gint64
read_command (const char *text,
              const char *command,
              const char *stat)
{
  g_autofree char *name = g_strdup_printf ("cmdstat_%s:", command);
  g_autofree char *line = find_value (text, name);

  return line != NULL ? read_stat (line, stat) : 0;
}

static void
read_total (const char *text,
            const char *name,
            gint64     *total)
{
  g_autofree char *value = find_value (text, name);

  if (value != NULL)
    g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, total, NULL);
}

/**
 * tsm_info_read_counters:
 * @self: counters
 * @text: what the server answered to INFO commandstats or INFO stats
 * @now: monotonic µs, when the answer came
 */
void
tsm_info_read_counters (TsmCounters *self,
                        const char  *text,
                        gint64       now)
{
  read_total (text, "acl_access_denied_channel:", &self->channel_denials);
  read_total (text, "client_output_buffer_limit_disconnections:", &self->output_buffer_drops);

  if (strstr (text, "cmdstat_") == NULL)
    return;

  self->time = now;
  self->publish_calls = read_command (text, "publish", "calls=");
  self->publish_rejected = read_command (text, "publish", "rejected_calls=");
  self->shard_publish_calls = read_command (text, "spublish", "calls=");
  self->stream_adds = read_command (text, "xadd", "calls=");
  self->list_pushes = read_command (text, "lpush", "calls=") + read_command (text, "rpush", "calls=");
}
