/* TsmKin: listens for a moment at another server of the same replication.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message goes from the server where it is published to that server's replicas, and never up. So what is published on a replica
 * is heard there only.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "diagnosis/tsm-examination-private.h"
#include "diagnosis/tsm-info.h"
#include "diagnosis/tsm-kin.h"

struct _TsmKin
{
  TsmConnection  *connection;
  char           *address;
  char           *role;
  GCancellable   *cancellable;
  TsmServerFacts  server;
  gboolean        asked;
  gint64          receivers;
  gint64          start;  /* monotonic µs since which it listens, 0 while it does not */
};

static TsmProfile *
make_profile (TsmProfile *profile,
              const char *address)
{
  g_autoptr (TsmProfile) copy = tsm_profile_copy (profile);
  g_autofree char *bare = tsm_profile_dup_text (profile, TSM_PROFILE_URL);
  g_autoptr (TsmUrl) url = tsm_url_parse (bare, NULL);
  g_autofree char *scheme = g_strdup_printf ("%s://%s", tsm_profile_uses_tls (profile) ? "rediss" : "redis", address);
  g_autoptr (TsmUrl) other = tsm_url_parse (scheme, NULL);
  g_autofree char *text = NULL;

  if (url == NULL || other == NULL || other->host == NULL)
    return NULL;

  g_free (other->user);
  other->user = g_strdup (url->user);
  text = tsm_url_to_string (other, TSM_URL_BARE);
  if (!tsm_profile_set_text (copy, TSM_PROFILE_URL, text, NULL))
    return NULL;
  tsm_profile_set_password (copy, tsm_profile_get_password (profile));
  return g_steal_pointer (&copy);
}

static void
told_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = tsm_connection_command_finish (TSM_CONNECTION (object), result, &error);
  TsmKin *self = user_data;

  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE_STRING))
    tsm_info_read_server (&self->server, g_variant_get_string (reply, NULL), g_get_real_time ());
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = tsm_connection_command_finish (TSM_CONNECTION (object), result, &error);
  g_autoptr (GVariant) count = NULL;
  TsmKin *self = user_data;

  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("av")) || g_variant_n_children (reply) < 2)
    return;
  g_variant_get_child (reply, 1, "v", &count);
  if (g_variant_is_of_type (count, G_VARIANT_TYPE_INT64))
    self->receivers = g_variant_get_int64 (count);
}

static void
ask (TsmKin *self)
{
  const char *info[] = { "INFO", "replication", NULL };
  const char *count[] = { "PUBSUB", "NUMSUB", tsm_profile_get_control_channel (tsm_connection_get_profile (self->connection)), NULL };

  self->asked = TRUE;
  tsm_connection_command_async (self->connection, info, self->cancellable, told_cb, self);
  tsm_connection_command_async (self->connection, count, self->cancellable, counted_cb, self);
}

static void
changed_cb (TsmKin *self)
{
  if (!self->asked && tsm_connection_get_command_state (self->connection) == TSM_LINK_READY)
    ask (self);
  if (self->start == 0)
    self->start = tsm_connection_get_ready_since (self->connection);
}

TsmKin *
tsm_kin_new (TsmProfile *profile,
             const char *address,
             const char *role)
{
  g_autoptr (TsmProfile) copy = make_profile (profile, address);
  TsmKin *self;

  if (copy == NULL)
    return NULL;

  self = g_new0 (TsmKin, 1);
  self->address = g_strdup (address);
  self->role = g_strdup (role);
  self->cancellable = g_cancellable_new ();
  self->receivers = -1;
  tsm_server_facts_init (&self->server);
  self->connection = tsm_connection_new (copy);
  g_signal_connect_swapped (self->connection, "state-changed", G_CALLBACK (changed_cb), self);
  tsm_connection_start (self->connection);
  return self;
}

void
tsm_kin_free (TsmKin *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->connection, self);
  tsm_connection_stop (self->connection);
  g_object_unref (self->connection);
  tsm_server_facts_clear (&self->server);
  g_free (self->address);
  g_free (self->role);
  g_free (self);
}

const char *
tsm_kin_get_address (TsmKin *self)
{
  return self->address;
}

char **
tsm_kin_dup_replicas (TsmKin *self)
{
  return g_strdupv (self->server.replicas);
}

void
tsm_kin_tell (TsmKin         *self,
              TsmExamination *examination)
{
  TsmKinFacts *facts = tsm_examination_add_kin (examination, self->address, self->role);
  const GError *error = tsm_connection_get_error (self->connection);

  facts->receivers = self->receivers;
  facts->n_heard = (guint) MIN (tsm_connection_get_n_received (self->connection), G_MAXUINT);
  if (self->start != 0)
    facts->seconds = (g_get_monotonic_time () - self->start) / (double) G_USEC_PER_SEC;
  else
    facts->error = g_strdup (error != NULL ? error->message : _("no answer yet"));
}
