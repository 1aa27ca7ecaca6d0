/* One named connection: where the server is, who we are there, what we listen to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-profile-private.h"

#include <string.h>

#define MAX_ID 64 /* bytes */

G_DEFINE_FINAL_TYPE (TsmProfile, tsm_profile, G_TYPE_OBJECT)

G_DEFINE_QUARK (tsm-profile-error-quark, tsm_profile_error)

static void
tsm_profile_finalize (GObject *object)
{
  TsmProfile *self = TSM_PROFILE (object);

  g_free (self->id);
  g_clear_pointer (&self->url, tsm_url_free);
  g_strfreev (self->channels);
  g_free (self->derived_control);
  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    g_free (self->texts[i]);

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
  self->id = g_uuid_string_random ();
  tsm_profile_set_defaults (self);
}

/**
 * tsm_profile_new:
 *
 * Makes a profile of the default address and channels, with an id of its own and no name.
 *
 * Returns: (transfer full): a profile
 */
TsmProfile *
tsm_profile_new (void)
{
  return tsm_profile_new_from_url (TSM_PROFILE_DEFAULT_URL, NULL);
}

/**
 * tsm_profile_new_from_url:
 * @url: see tsm_url_parse()
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
 * tsm_profile_copy:
 * @self: a profile
 *
 * Returns: (transfer full): a profile that is the same in all, its id and password too
 */
TsmProfile *
tsm_profile_copy (TsmProfile *self)
{
  TsmProfile *copy;

  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  copy = g_object_new (TSM_TYPE_PROFILE, NULL);
  tsm_profile_set_id (copy, self->id);
  copy->managed = self->managed;
  copy->url = tsm_url_copy (self->url);
  tsm_profile_set_channels (copy, (const char * const *) self->channels);
  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    {
      g_free (copy->texts[i]);
      copy->texts[i] = g_strdup (self->texts[i]);
      copy->numbers[i] = self->numbers[i];
    }

  return copy;
}

/**
 * tsm_profile_equal:
 * @self: a profile
 * @other: another
 *
 * Returns: whether both connect to the same in the same way under the same name; their ids are not compared
 */
gboolean
tsm_profile_equal (TsmProfile *self,
                   TsmProfile *other)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self) && TSM_IS_PROFILE (other), FALSE);

  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    {
      g_autofree char *ours = tsm_profile_dup_text (self, i);
      g_autofree char *theirs = tsm_profile_dup_text (other, i);

      if (strcmp (ours, theirs) != 0)
        return FALSE;
    }

  return g_strcmp0 (self->url->password, other->url->password) == 0;
}

/**
 * tsm_profile_get_id:
 * @self: a profile
 *
 * What stands for it in the files of this program and in the keyring. It stays when the name changes.
 *
 * Returns: (transfer none): 1–64 of the characters that tsm_profile_is_legal_id() accepts
 */
const char *
tsm_profile_get_id (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->id;
}

/**
 * tsm_profile_set_id:
 * @self: a profile
 * @id: one that tsm_profile_is_legal_id() accepts
 */
void
tsm_profile_set_id (TsmProfile *self,
                    const char *id)
{
  char *copy;

  g_return_if_fail (TSM_IS_PROFILE (self));
  g_return_if_fail (tsm_profile_is_legal_id (id));

  copy = g_strdup (id);
  g_free (self->id);
  self->id = copy;
}

/**
 * tsm_profile_is_legal_id:
 * @id: any text
 *
 * Returns: whether it is 1–64 of A–Z, a–z, 0–9, `.`, `_` and `-`
 */
gboolean
tsm_profile_is_legal_id (const char *id)
{
  gsize length = strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-");

  return length > 0 && length <= MAX_ID && id[length] == '\0';
}

/**
 * tsm_profile_is_managed:
 * @self: a profile
 *
 * Returns: whether it is the administrator's, and not to be changed
 */
gboolean
tsm_profile_is_managed (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), FALSE);

  return self->managed;
}

/**
 * tsm_profile_set_managed:
 * @self: a profile
 * @managed: whether it is the administrator's
 *
 * Marks it; nothing here keeps anybody from changing it.
 */
void
tsm_profile_set_managed (TsmProfile *self,
                         gboolean    managed)
{
  g_return_if_fail (TSM_IS_PROFILE (self));

  self->managed = managed;
}

/**
 * tsm_profile_get_name:
 * @self: a profile
 *
 * Returns: (transfer none): what the user calls it, of up to 80 characters; may be empty
 */
const char *
tsm_profile_get_name (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->texts[TSM_PROFILE_NAME] != NULL ? self->texts[TSM_PROFILE_NAME] : "";
}

/**
 * tsm_profile_get_colour:
 * @self: a profile
 *
 * Returns: (transfer none): one of tsm_profile_get_colours()
 */
const char *
tsm_profile_get_colour (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->texts[TSM_PROFILE_COLOUR];
}

/**
 * tsm_profile_is_read_only:
 * @self: a profile
 *
 * Returns: whether no commands may be sent with it
 */
gboolean
tsm_profile_is_read_only (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), FALSE);

  return self->numbers[TSM_PROFILE_READ_ONLY] != 0;
}

/**
 * tsm_profile_uses_tls:
 * @self: a profile
 *
 * Returns: whether its address asks for TLS
 */
gboolean
tsm_profile_uses_tls (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), FALSE);

  return self->url->tls;
}

/**
 * tsm_profile_get_tls_file:
 * @self: a profile
 * @field: %TSM_PROFILE_TLS_CA_FILE, %TSM_PROFILE_TLS_CERTIFICATE_FILE or %TSM_PROFILE_TLS_KEY_FILE
 *
 * Returns: (transfer none) (nullable) (type filename): an absolute path; %NULL for none
 */
const char *
tsm_profile_get_tls_file (TsmProfile      *self,
                          TsmProfileField  field)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->texts[field];
}

/**
 * tsm_profile_get_tls_server_name:
 * @self: a profile
 *
 * Returns: (transfer none) (nullable): the name that the server's certificate must have; %NULL for that of the address
 */
const char *
tsm_profile_get_tls_server_name (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->texts[TSM_PROFILE_TLS_SERVER_NAME];
}

/**
 * tsm_profile_get_tls_pin:
 * @self: a profile
 *
 * Returns: (transfer none) (nullable): the SHA-256 of the only certificate that is accepted, as `AB:CD:…`; %NULL for any that is
 *   valid
 */
const char *
tsm_profile_get_tls_pin (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->texts[TSM_PROFILE_TLS_PIN];
}

/**
 * tsm_profile_get_n_sentinels:
 * @self: a profile
 *
 * Returns: how many sentinels are asked for the primary; 0 where the address is that of the server itself
 */
guint
tsm_profile_get_n_sentinels (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), 0);

  return self->url->sentinels != NULL ? self->url->sentinels->len : 0;
}

/**
 * tsm_profile_get_sentinel:
 * @self: a profile
 * @index: which one, below tsm_profile_get_n_sentinels()
 *
 * Returns: (transfer none): where it is asked
 */
const TsmEndpoint *
tsm_profile_get_sentinel (TsmProfile *self,
                          guint       index)
{
  g_return_val_if_fail (index < tsm_profile_get_n_sentinels (self), NULL);

  return g_ptr_array_index (self->url->sentinels, index);
}

/**
 * tsm_profile_get_service:
 * @self: a profile
 *
 * Returns: (transfer none) (nullable): the name that the sentinels know the primary by; %NULL without sentinels
 */
const char *
tsm_profile_get_service (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return self->url->service;
}

/**
 * tsm_profile_get_host:
 * @self: a profile
 *
 * Returns: (nullable): the host name or address; an IPv6 address is without brackets; %NULL for a Unix socket, and
 *   where sentinels are asked
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
 * Returns: 1–65535, 6379 where the address had none, or 0 where there is no host
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

/**
 * tsm_profile_set_password:
 * @self: a profile
 * @password: (nullable): the password; empty for none
 *
 * Sets the password, and overwrites the old one. A connection takes it up with its next attempt.
 */
void
tsm_profile_set_password (TsmProfile *self,
                          const char *password)
{
  char *copy;

  g_return_if_fail (TSM_IS_PROFILE (self));

  copy = password != NULL && *password != '\0' ? g_strdup (password) : NULL;
  tsm_url_wipe (self->url->password);
  self->url->password = copy;
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
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return tsm_url_to_string (self->url, TSM_URL_MASKED);
}

/**
 * tsm_profile_get_requested_by:
 * @self: a profile
 *
 * Returns: who asks, as it is written into commands: what the profile says, else the real name of the user, else the login
 *   name
 */
const char *
tsm_profile_get_requested_by (TsmProfile *self)
{
  const char *name = g_get_real_name ();

  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  if (self->texts[TSM_PROFILE_REQUESTED_BY] != NULL)
    return self->texts[TSM_PROFILE_REQUESTED_BY];

  /* GLib's word for "none". */
  return *name != '\0' && strcmp (name, "Unknown") != 0 ? name : g_get_user_name ();
}
