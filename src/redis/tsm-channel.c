/* One subscription and what came by it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-channel.h"

#include <string.h>

/**
 * tsm_channel_is_pattern:
 * @name: a name or a glob pattern
 *
 * Tells whether @name has to be subscribed to with PSUBSCRIBE: it has a `*`, `?` or `[` that no backslash escapes.
 *
 * Returns: %TRUE for a glob pattern
 */
gboolean
tsm_channel_is_pattern (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (; *name != '\0'; name++)
    {
      if (*name == '\\' && name[1] != '\0')
        name++;
      else if (strchr ("*?[", *name) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* "a\*b" is a plain channel whose name is "a*b". */
static char *
unescape (const char *name)
{
  GString *plain = g_string_new (NULL);

  for (; *name != '\0'; name++)
    {
      if (*name == '\\' && name[1] != '\0' && strchr ("*?[", name[1]) != NULL)
        name++;
      g_string_append_c (plain, *name);
    }

  return g_string_free (plain, FALSE);
}

/**
 * tsm_channel_new:
 * @name: a name or a glob pattern
 *
 * Returns: (transfer full): a channel that is not acknowledged
 */
TsmChannel *
tsm_channel_new (const char *name)
{
  TsmChannel *self = g_new0 (TsmChannel, 1);
  g_autofree char *plain = unescape (name);

  self->name = g_strdup (name);
  self->is_pattern = tsm_channel_is_pattern (name);
  self->wire_name = g_ref_string_new (self->is_pattern ? name : plain);
  return self;
}

/**
 * tsm_channel_free:
 * @self: (transfer full): a channel
 *
 * Frees the channel.
 */
void
tsm_channel_free (TsmChannel *self)
{
  g_free (self->name);
  g_ref_string_release (self->wire_name);
  g_free (self->refusal);
  g_free (self);
}

/**
 * tsm_channel_reset:
 * @self: a channel
 *
 * Forgets what the server said about it, as the link has gone. The counts stay.
 */
void
tsm_channel_reset (TsmChannel *self)
{
  self->acknowledged = FALSE;
  g_clear_pointer (&self->refusal, g_free);
}

/**
 * tsm_channel_get_command:
 * @self: a channel
 *
 * Returns: the command that subscribes to it
 */
const char *
tsm_channel_get_command (TsmChannel *self)
{
  return self->is_pattern ? "PSUBSCRIBE" : "SUBSCRIBE";
}
