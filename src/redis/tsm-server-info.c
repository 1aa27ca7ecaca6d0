/* From the text of INFO, which is lines of "name:value", to TsmServerInfo.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-server-info.h"

#include <string.h>

/* Which line goes where. Of two lines for one member the later in this table wins. Valkey keeps redis_version for old
 * clients, with the version of the Redis it is compatible with. */
static const struct
{
  const char *name;
  gsize       offset;
} fields[] = {
  { "redis_version:", G_STRUCT_OFFSET (TsmServerInfo, version) },
  { "valkey_version:", G_STRUCT_OFFSET (TsmServerInfo, version) },
  { "redis_mode:", G_STRUCT_OFFSET (TsmServerInfo, mode) },
  { "server_mode:", G_STRUCT_OFFSET (TsmServerInfo, mode) },
  { "run_id:", G_STRUCT_OFFSET (TsmServerInfo, run_id) },
  { "role:", G_STRUCT_OFFSET (TsmServerInfo, role) },
  { "master_link_status:", G_STRUCT_OFFSET (TsmServerInfo, primary_link) },
};

/**
 * tsm_server_info_new:
 *
 * Returns: (transfer full): an info that knows nothing yet
 */
TsmServerInfo *
tsm_server_info_new (void)
{
  TsmServerInfo *self = g_new0 (TsmServerInfo, 1);

  self->uptime_seconds = -1;
  return self;
}

/* The value of the line that begins with @name. The text is not taken apart: it may be made of millions of lines. */
static char *
find_value (const char *text,
            const char *name)
{
  gsize length = strlen (name);

  for (; text != NULL; text = strchr (text, '\n'))
    {
      text += *text == '\n';
      if (strncmp (text, name, length) == 0)
        return g_strstrip (g_utf8_make_valid (text + length, (gssize) strcspn (text + length, "\n")));
    }

  return NULL;
}

static void
set_string (char **member,
            char  *value)
{
  if (value == NULL)
    return;

  g_free (*member);
  *member = value;
}

/**
 * tsm_server_info_read:
 * @self: an info
 * @text: what the server answered to INFO, all of it or one section
 *
 * Takes up what @text says; what it does not mention stays as it is.
 */
void
tsm_server_info_read (TsmServerInfo *self,
                      const char    *text)
{
  g_autofree char *valkey = find_value (text, "valkey_version:");
  g_autofree char *uptime = find_value (text, "uptime_in_seconds:");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    set_string (G_STRUCT_MEMBER_P (self, fields[i].offset), find_value (text, fields[i].name));

  if (self->version != NULL && (valkey != NULL || self->product == NULL))
    set_string (&self->product, g_strdup (valkey != NULL ? "Valkey" : "Redis"));
  if (uptime != NULL)
    g_ascii_string_to_signed (uptime, 10, 0, G_MAXINT64, &self->uptime_seconds, NULL);
}

/**
 * tsm_server_info_free:
 * @self: (transfer full): an info
 *
 * Frees the info.
 */
void
tsm_server_info_free (TsmServerInfo *self)
{
  g_free (self->version);
  g_free (self->role);
  g_free (self->run_id);
  g_free (self->mode);
  g_free (self->product);
  g_free (self->primary_link);
  g_free (self);
}
