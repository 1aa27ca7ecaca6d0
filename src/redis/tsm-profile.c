/* Where the server is, who we are there, what we listen to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-profile.h"

#include <string.h>

#include "redis/tsm-url.h"

struct _TsmProfile
{
  GObject  parent_instance;

  TsmUrl  *url;
  char   **channels;
  char    *control_channel; /* NULL: follows the first channel */
  char    *derived_control; /* the first channel + ":control" */
};

G_DEFINE_FINAL_TYPE (TsmProfile, tsm_profile, G_TYPE_OBJECT)

G_DEFINE_QUARK (tsm-profile-error-quark, tsm_profile_error)

static void
tsm_profile_finalize (GObject *object)
{
  TsmProfile *self = TSM_PROFILE (object);

  g_clear_pointer (&self->url, tsm_url_free);
  g_strfreev (self->channels);
  g_free (self->control_channel);
  g_free (self->derived_control);

  G_OBJECT_CLASS (tsm_profile_parent_class)->finalize (object);
}

static void
tsm_profile_class_init (TsmProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_profile_finalize;
}

static void
tsm_profile_init (TsmProfile *self)
{
  const char *channels[] = { TSM_PROFILE_DEFAULT_CHANNEL, TSM_PROFILE_ERRORS_CHANNEL, NULL };

  tsm_profile_set_channels (self, channels);
}

/**
 * tsm_profile_new_from_url:
 * @url: the address: `redis://[user[:password]@]host[:port][/db]`, `unix://[user:password@]/path[?db=N]`, or without a
 *   scheme `host`, `host:port` or an absolute path; at most 2048 bytes
 * @error: return location for a #TsmProfileError
 *
 * Makes a profile that listens to the default channels. No error message repeats the password.
 *
 * Returns: (transfer full) (nullable): a profile
 */
TsmProfile *
tsm_profile_new_from_url (const char  *url,
                          GError     **error)
{
  TsmUrl *parts;
  TsmProfile *self;

  g_return_val_if_fail (url != NULL, NULL);

  parts = tsm_url_parse (url, error);
  if (parts == NULL)
    return NULL;

  self = g_object_new (TSM_TYPE_PROFILE, NULL);
  self->url = parts;
  return self;
}

/**
 * tsm_profile_get_host:
 * @self: a profile
 *
 * Returns: (nullable): the host name or address; an IPv6 address is without brackets; %NULL for a Unix socket
 */
const char *
tsm_profile_get_host (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->url->host;
}

/**
 * tsm_profile_get_port:
 * @self: a profile
 *
 * Returns: 1–65535, 6379 where the address had none, or 0 for a Unix socket
 */
guint16
tsm_profile_get_port (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), 0);

  return self->url->port;
}

/**
 * tsm_profile_get_socket_path:
 * @self: a profile
 *
 * Returns: (nullable): the absolute path of the Unix socket; %NULL for TCP
 */
const char *
tsm_profile_get_socket_path (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->url->socket_path;
}

/**
 * tsm_profile_get_user:
 * @self: a profile
 *
 * Returns: (nullable): the ACL user; %NULL for the default user
 */
const char *
tsm_profile_get_user (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->url->user;
}

/**
 * tsm_profile_get_password:
 * @self: a profile
 *
 * Returns: (nullable): the password; its memory is overwritten when the profile is freed
 */
const char *
tsm_profile_get_password (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->url->password;
}

/**
 * tsm_profile_get_database:
 * @self: a profile
 *
 * Returns: the database of the address, -1 where it had none. Pub/sub knows no databases, so nothing is selected.
 */
int
tsm_profile_get_database (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), -1);

  return self->url->database;
}

static void
append_credentials (TsmUrl  *url,
                    GString *text)
{
  if (url->user != NULL)
    g_string_append_uri_escaped (text, url->user, NULL, TRUE);
  if (url->password != NULL)
    g_string_append (text, ":***");
  if (url->user != NULL || url->password != NULL)
    g_string_append_c (text, '@');
}

/**
 * tsm_profile_dup_display_url:
 * @self: a profile
 *
 * The address as it may be shown, logged and put into a report: whole, but for the password, which is `***`.
 *
 * Returns: (transfer full): the address
 */
char *
tsm_profile_dup_display_url (TsmProfile *self)
{
  GString *text;

  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  text = g_string_new (self->url->host != NULL ? "redis://" : "unix://");
  append_credentials (self->url, text);

  if (self->url->host == NULL)
    g_string_append_uri_escaped (text, self->url->socket_path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
  else if (strchr (self->url->host, ':') != NULL)
    g_string_append_printf (text, "[%s]:%u", self->url->host, self->url->port);
  else
    g_string_append_printf (text, "%s:%u", self->url->host, self->url->port);

  if (self->url->database >= 0)
    g_string_append_printf (text, "%s%d", self->url->host != NULL ? "/" : "?db=", self->url->database);

  return g_string_free (text, FALSE);
}

/**
 * tsm_profile_get_channels:
 * @self: a profile
 *
 * Returns: (array zero-terminated=1): the channels to listen to; see tsm_channel_is_pattern()
 */
const char * const *
tsm_profile_get_channels (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return (const char * const *) self->channels;
}

/**
 * tsm_profile_set_channels:
 * @self: a profile
 * @channels: (array zero-terminated=1): names and glob patterns; empty and repeated ones are left out
 *
 * Sets what to listen to. The control channel becomes the first of them + ":control", unless it was set by
 * tsm_profile_set_control_channel(). A running connection takes them up when it is started again.
 */
void
tsm_profile_set_channels (TsmProfile         *self,
                          const char * const *channels)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  g_return_if_fail (TSM_IS_PROFILE (self));
  g_return_if_fail (channels != NULL);

  for (; *channels != NULL; channels++)
    if (**channels != '\0' && !g_ptr_array_find_with_equal_func (kept, *channels, g_str_equal, NULL))
      g_ptr_array_add (kept, g_strdup (*channels));
  g_ptr_array_add (kept, NULL);

  g_strfreev (self->channels);
  self->channels = (char **) g_ptr_array_steal (kept, NULL);

  g_free (self->derived_control);
  self->derived_control = g_strconcat (self->channels[0] != NULL ? self->channels[0] : TSM_PROFILE_DEFAULT_CHANNEL,
                                       ":control", NULL);
}

/**
 * tsm_profile_get_control_channel:
 * @self: a profile
 *
 * Returns: the channel that commands are published on
 */
const char *
tsm_profile_get_control_channel (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->control_channel != NULL ? self->control_channel : self->derived_control;
}

/**
 * tsm_profile_set_control_channel:
 * @self: a profile
 * @channel: (nullable): the channel that commands are published on; %NULL or "" for the first channel + ":control"
 *
 * Sets the control channel.
 */
void
tsm_profile_set_control_channel (TsmProfile *self,
                                 const char *channel)
{
  char *copy;

  g_return_if_fail (TSM_IS_PROFILE (self));

  copy = channel != NULL && *channel != '\0' ? g_strdup (channel) : NULL;
  g_free (self->control_channel);
  self->control_channel = copy;
}

/**
 * tsm_profile_get_requested_by:
 * @self: a profile
 *
 * Returns: who asks, as it is written into commands: the real name of the user, or the login name where there is none
 */
const char *
tsm_profile_get_requested_by (TsmProfile *self)
{
  const char *name = g_get_real_name ();

  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  /* GLib's word for "none". */
  return *name != '\0' && strcmp (name, "Unknown") != 0 ? name : g_get_user_name ();
}

/**
 * tsm_channel_is_pattern:
 * @channel: a name
 *
 * Tells whether @channel has to be subscribed to with PSUBSCRIBE: it has a `*`, `?` or `[` that no backslash escapes.
 *
 * Returns: %TRUE for a glob pattern
 */
gboolean
tsm_channel_is_pattern (const char *channel)
{
  g_return_val_if_fail (channel != NULL, FALSE);

  for (; *channel != '\0'; channel++)
    {
      if (*channel == '\\' && channel[1] != '\0')
        channel++;
      else if (strchr ("*?[", *channel) != NULL)
        return TRUE;
    }

  return FALSE;
}
