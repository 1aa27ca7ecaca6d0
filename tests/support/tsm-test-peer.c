/* Something that listens and is no Redis, or a very bad one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/tsm-test-peer.h"

#include <gio/gio.h>
#include <string.h>

#include "support/tsm-test-port.h"

struct _TsmTestPeer
{
  GSocket        *listener;
  GSource        *accept;
  GPtrArray      *clients; /* Client */
  char           *url;
  char           *greeting;
  char          **answers;
  TsmTestPeerEnd  end;
  guint16         port;
  guint           n_clients;
};

typedef struct
{
  TsmTestPeer *peer;
  GSocket     *socket;
  GSource     *source;
  GSource     *drip;
  guint        n_heard;
} Client;

static void
client_free (Client *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  if (self->drip != NULL)
    g_source_destroy (self->drip);
  g_clear_pointer (&self->drip, g_source_unref);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_free (self);
}

static void
say (Client     *self,
     const char *text)
{
  if (text != NULL)
    g_socket_send (self->socket, text, strlen (text), NULL, NULL);
}

static gboolean
drip_cb (gpointer user_data)
{
  say (user_data, "x");
  return G_SOURCE_CONTINUE;
}

static void
drip (Client *self)
{
  if (self->drip != NULL)
    return;

  self->drip = g_timeout_source_new (20);
  g_source_set_callback (self->drip, drip_cb, self, NULL);
  g_source_attach (self->drip, NULL);
}

/* SUBSCRIBE\r\n$4\r\nname\r\n, as often as it is there, and @text in the same packet. */
static void
grant (Client     *self,
       const char *packet,
       const char *text)
{
  g_auto (GStrv) lines = g_strsplit (packet, "\r\n", -1);
  g_autoptr (GString) words = g_string_new (NULL);
  guint n = 0;

  for (char **line = lines; *line != NULL && line[1] != NULL && line[2] != NULL; line++)
    if (g_str_equal (*line, "SUBSCRIBE"))
      g_string_append_printf (words, "*3\r\n$9\r\nsubscribe\r\n%s\r\n%s\r\n:%u\r\n", line[1], line[2], ++n);

  g_string_append_printf (words, "%s%s", n > 0 ? "" : ":1\r\n", text);
  say (self, words->str);
}

static void
answer (Client     *self,
        const char *packet)
{
  const char *text = self->peer->answers[self->n_heard];

  if (g_str_has_prefix (text, TSM_TEST_PEER_GRANTS))
    grant (self, packet, text + strlen (TSM_TEST_PEER_GRANTS));
  else
    say (self, text);
}

static gboolean
has_said_all (Client *self)
{
  return self->peer->answers == NULL || self->n_heard >= g_strv_length (self->peer->answers);
}

static gboolean
heard_cb (GSocket      *socket,
          GIOCondition  condition,
          gpointer      user_data)
{
  Client *self = user_data;
  char packet[4096];
  gssize n = g_socket_receive (socket, packet, sizeof packet - 1, NULL, NULL);
  gboolean open = n > 0;

  if (open && !has_said_all (self))
    {
      packet[n] = '\0';
      answer (self, packet);
      self->n_heard++;
      open = !has_said_all (self) || self->peer->end != TSM_TEST_PEER_CLOSES;
      if (has_said_all (self) && self->peer->end == TSM_TEST_PEER_DRIPS)
        drip (self);
    }

  if (!open)
    g_ptr_array_remove_fast (self->peer->clients, self);
  return open ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
accept_cb (GSocket      *listener,
           GIOCondition  condition,
           gpointer      user_data)
{
  TsmTestPeer *peer = user_data;
  GSocket *socket = g_socket_accept (listener, NULL, NULL);
  Client *client;

  if (socket == NULL)
    return G_SOURCE_CONTINUE;

  client = g_new0 (Client, 1);
  client->peer = peer;
  client->socket = socket;
  client->source = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (client->source, G_SOURCE_FUNC (heard_cb), client, NULL);
  g_source_attach (client->source, NULL);
  g_ptr_array_add (peer->clients, client);
  peer->n_clients++;

  say (client, peer->greeting);
  if (has_said_all (client) && peer->end == TSM_TEST_PEER_CLOSES)
    g_ptr_array_remove_fast (peer->clients, client);
  return G_SOURCE_CONTINUE;
}

TsmTestPeer *
tsm_test_peer_start (const char         *greeting,
                     const char * const *answers,
                     TsmTestPeerEnd      end)
{
  TsmTestPeer *self = g_new0 (TsmTestPeer, 1);
  g_autoptr (GError) error = NULL;

  self->greeting = g_strdup (greeting);
  self->answers = g_strdupv ((char **) answers);
  self->end = end;
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) client_free);

  self->listener = tsm_test_port_hold (&self->port);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("redis://127.0.0.1:%u", self->port);
  self->accept = g_socket_create_source (self->listener, G_IO_IN, NULL);
  g_source_set_callback (self->accept, G_SOURCE_FUNC (accept_cb), self, NULL);
  g_source_attach (self->accept, NULL);
  return self;
}

void
tsm_test_peer_free (TsmTestPeer *self)
{
  g_source_destroy (self->accept);
  g_source_unref (self->accept);
  g_ptr_array_unref (self->clients);
  g_object_unref (self->listener);
  g_free (self->url);
  g_free (self->greeting);
  g_strfreev (self->answers);
  g_free (self);
}

guint16
tsm_test_peer_get_port (TsmTestPeer *self)
{
  return self->port;
}

const char *
tsm_test_peer_get_url (TsmTestPeer *self)
{
  return self->url;
}

guint
tsm_test_peer_get_n_clients (TsmTestPeer *self)
{
  return self->n_clients;
}
