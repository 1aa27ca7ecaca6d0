/* The TLS handshake with a server: trust, names, pins, our own certificate, and what went wrong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It runs in a thread: the first of all handshakes reads the system's trust store, which takes tens of milliseconds. The
 * thread has copies of what it needs, and touches nothing else. It is none of GTask's pool: glib-networking waits within a
 * handshake for a thread of that pool, and where all of them hold such handshakes, they wait for each other.
 *
 * A Redis that does not speak TLS takes the first bytes of a handshake for the beginning of a command, and often waits for
 * the end of it. So where the handshake comes to nothing, the server is asked plainly, on a connection of its own and
 * without any secret, whether it is one.
 */

#include "config.h"

#include "redis/tsm-tls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "redis/tsm-link-error.h"

/* How long a server may take to show whether it speaks plainly, or TLS, in s. */
#define QUESTION_TIMEOUT_S 2

typedef struct
{
  /* copied from the profile */
  char             *ca_file;
  char             *certificate_file;
  char             *key_file;
  char             *identity;
  char             *pin;

  GSocket          *server;
  GCancellable     *limit;  /* cancelled when the caller is, and when the time is up */
  GSource          *timer;
  gulong            handler;

  /* found by the thread */
  TsmTlsReport      report;
  GTlsCertificateFlags faults;
} Handshake;

/**
 * tsm_tls_report_clear:
 * @self: a report
 *
 * Frees what it holds, so that it can be written anew.
 */
void
tsm_tls_report_clear (TsmTlsReport *self)
{
  g_clear_pointer (&self->certificate, tsm_certificate_free);
  g_clear_pointer (&self->protocol, g_free);
}

static void
handshake_free (Handshake *self)
{
  g_free (self->ca_file);
  g_free (self->certificate_file);
  g_free (self->key_file);
  g_free (self->identity);
  g_free (self->pin);
  g_clear_object (&self->server);
  g_clear_object (&self->limit);
  g_clear_pointer (&self->timer, g_source_unref);
  tsm_tls_report_clear (&self->report);
  g_free (self);
}

/* Called by the check of the certificate, and only where that found a fault. */
static gboolean
accept_certificate_cb (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  faults,
                       gpointer              user_data)
{
  Handshake *self = user_data;
  TsmCertificate *shown = tsm_certificate_new (certificate, faults);

  tsm_tls_report_clear (&self->report);
  self->report.certificate = shown;
  shown->pinned = g_strcmp0 (self->pin, shown->fingerprint) == 0 && tsm_certificate_can_be_pinned (shown);
  if (!shown->pinned)
    self->faults = faults;
  return shown->pinned;
}

static gboolean
refuse_file (GError      **error,
             const char   *path,
             const GError *cause)
{
  g_autofree char *words = g_strdup_printf ("%s: %s", path, cause->message);

  g_propagate_error (error, tsm_link_error_new (TSM_LINK_ERROR_TLS_FILE, words));
  return FALSE;
}

static gboolean
use_ca_file (Handshake       *self,
             GTlsConnection  *tls,
             GError         **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GTlsDatabase) database = NULL;

  if (self->ca_file == NULL)
    return TRUE;

  database = g_tls_file_database_new (self->ca_file, &cause);
  if (database == NULL)
    return refuse_file (error, self->ca_file, cause);

  g_tls_connection_set_database (tls, database);
  return TRUE;
}

static gboolean
use_own_certificate (Handshake       *self,
                     GTlsConnection  *tls,
                     GError         **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (self->certificate_file == NULL)
    return TRUE;

  certificate = g_tls_certificate_new_from_files (self->certificate_file,
                                                  self->key_file != NULL ? self->key_file : self->certificate_file, &cause);
  if (certificate == NULL)
    return refuse_file (error, self->key_file != NULL ? self->key_file : self->certificate_file, cause);

  g_tls_connection_set_certificate (tls, certificate);
  return TRUE;
}

/* An address is looked for among the addresses of the certificate, and no name is sent for it. */
static GSocketConnectable *
new_identity (Handshake *self)
{
  if (g_hostname_is_ip_address (self->identity))
    return G_SOCKET_CONNECTABLE (g_inet_socket_address_new_from_string (self->identity, 1));

  return g_network_address_new (self->identity, 1);
}

static GIOStream *
new_connection (Handshake  *self,
                GError    **error)
{
  g_autoptr (GSocketConnection) base = g_socket_connection_factory_create_connection (self->server);
  g_autoptr (GSocketConnectable) identity = new_identity (self);
  g_autoptr (GIOStream) tls = g_tls_client_connection_new (G_IO_STREAM (base), identity, error);

  if (tls == NULL)
    return NULL;

  /* Redis closes without a word; what it has not said to the end is seen by hiredis. */
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  if (!use_ca_file (self, G_TLS_CONNECTION (tls), error) || !use_own_certificate (self, G_TLS_CONNECTION (tls), error))
    return NULL;

  return g_steal_pointer (&tls);
}

static char *
make_protocol_name (GTlsConnection *tls)
{
  static const struct { GTlsProtocolVersion version; const char *name; } names[] = {
    { G_TLS_PROTOCOL_VERSION_TLS_1_2, "TLS 1.2" },
    { G_TLS_PROTOCOL_VERSION_TLS_1_3, "TLS 1.3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_tls_connection_get_protocol_version (tls) == names[i].version)
      return g_strdup (names[i].name);

  return g_strdup ("TLS");
}

static void
note_certificate (Handshake      *self,
                  GTlsConnection *tls)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (tls);

  if (certificate != NULL && self->report.certificate == NULL)
    self->report.certificate = tsm_certificate_new (certificate, 0);
}

/* FALSE: another certificate than the one that was pinned, however well it is signed. */
static gboolean
check_pin (Handshake       *self,
           GTlsConnection  *tls,
           GError         **error)
{
  note_certificate (self, tls);
  if (self->pin == NULL || strcmp (self->pin, self->report.certificate->fingerprint) == 0)
    {
      self->report.certificate->pinned = self->pin != NULL;
      return TRUE;
    }

  g_propagate_error (error, tsm_link_error_new (TSM_LINK_ERROR_TLS_PIN, self->report.certificate->fingerprint));
  return FALSE;
}

static gboolean
ask_plainly (GSocketConnection  *connection,
             GCancellable       *cancellable)
{
  static const char question[] = "PING\r\n";
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char answer = '\0';

  return g_output_stream_write_all (output, question, strlen (question), NULL, cancellable, NULL)
         && g_input_stream_read (input, &answer, 1, cancellable, NULL) == 1
         && (answer == '+' || answer == '-');
}

static GSocketConnection *
connect_for_a_question (GSocketAddress *address,
                        GCancellable   *cancellable)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, QUESTION_TIMEOUT_S);
  return g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), cancellable, NULL);
}

static gboolean
speaks_plainly (Handshake    *self,
                GCancellable *cancellable)
{
  g_autoptr (GSocketAddress) address = g_socket_get_remote_address (self->server, NULL);
  g_autoptr (GSocketConnection) connection = address != NULL ? connect_for_a_question (address, cancellable) : NULL;

  return connection != NULL && ask_plainly (connection, cancellable);
}

/* The server has shown a certificate that is in order, and broke off: then it was ours that it did not like, or missed. Over
 * TLS 1.2 it says so; over TLS 1.3 the system may throw its alert away, and what is left is a pipe that broke. */
static gboolean
is_about_own_certificate (Handshake    *self,
                          const GError *error)
{
  return self->faults == 0 && self->report.certificate != NULL && error->domain == G_TLS_ERROR;
}

static GError *
explain (Handshake    *self,
         const GError *error,
         GCancellable *cancellable)
{
  gboolean time_is_up = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (error->domain == TSM_LINK_ERROR)
    return g_error_copy (error);

  if (self->faults != 0 && self->pin != NULL && strcmp (self->pin, self->report.certificate->fingerprint) != 0)
    return tsm_link_error_new (TSM_LINK_ERROR_TLS_PIN, self->report.certificate->fingerprint);

  if (is_about_own_certificate (self, error))
    return tsm_link_error_new (TSM_LINK_ERROR_TLS_CLIENT, error->message);

  if (self->faults == 0 && self->report.certificate == NULL && speaks_plainly (self, cancellable))
    return tsm_link_error_new (TSM_LINK_ERROR_TLS_UNEXPECTED, error->domain == G_TLS_ERROR ? error->message : NULL);

  if (time_is_up)
    return tsm_link_error_new (TSM_LINK_ERROR_TIMEOUT, _("the TLS handshake"));

  return tsm_link_error_new_from_tls (error, self->faults);
}

static gpointer
run (gpointer data)
{
  g_autoptr (GTask) task = data;
  Handshake *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) tls = NULL;

  if (g_task_return_error_if_cancelled (task))
    return NULL;

  tls = new_connection (self, &error);
  if (tls != NULL && g_tls_connection_handshake (G_TLS_CONNECTION (tls), self->limit, &error)
      && check_pin (self, G_TLS_CONNECTION (tls), &error))
    {
      g_signal_handlers_disconnect_by_data (tls, self);
      self->report.protocol = make_protocol_name (G_TLS_CONNECTION (tls));
      g_task_return_pointer (task, g_steal_pointer (&tls), g_object_unref);
      return NULL;
    }

  if (tls != NULL)
    {
      note_certificate (self, G_TLS_CONNECTION (tls));
      g_signal_handlers_disconnect_by_data (tls, self);
    }
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_error (task, explain (self, error, g_task_get_cancellable (task)));
  return NULL;
}

/* @function: takes a reference to @task over */
static void
run_in_own_thread (GTask       *task,
                   GThreadFunc  function)
{
  g_thread_unref (g_thread_new ("tsm-tls", function, g_object_ref (task)));
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

/**
 * tsm_tls_handshake_async:
 * @profile: whom to trust, and who we are; it is only read before this returns
 * @host: the name or address that the server's certificate must be for, where the profile names none
 * @server: a connection that is made
 * @timeout_ms: longest time for the handshake
 * @cancellable: ends it
 * @callback: called in the thread-default main context; without a source object
 * @user_data: passed to @callback
 *
 * Shakes hands. The certificate has to be signed by an authority of the profile's CA file, or else of the system, be valid now,
 * and be for @host. Only the one certificate that the profile pins may have no such signature, or be for another name; and
 * where there is a pin, no other certificate is accepted.
 */
void
tsm_tls_handshake_async (TsmProfile          *profile,
                         const char          *host,
                         GSocket             *server,
                         guint                timeout_ms,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Handshake *self = g_new0 (Handshake, 1);
  const char *name = tsm_profile_get_tls_server_name (profile);

  self->ca_file = g_strdup (tsm_profile_get_tls_file (profile, TSM_PROFILE_TLS_CA_FILE));
  self->certificate_file = g_strdup (tsm_profile_get_tls_file (profile, TSM_PROFILE_TLS_CERTIFICATE_FILE));
  self->key_file = g_strdup (tsm_profile_get_tls_file (profile, TSM_PROFILE_TLS_KEY_FILE));
  self->identity = g_strdup (name != NULL ? name : host);
  self->pin = g_strdup (tsm_profile_get_tls_pin (profile));
  self->server = g_object_ref (server);
  self->limit = g_cancellable_new ();
  self->handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), g_object_ref (self->limit), g_object_unref);

  self->timer = g_timeout_source_new (timeout_ms);
  g_source_set_callback (self->timer, time_is_up_cb, g_object_ref (self->limit), g_object_unref);
  g_source_attach (self->timer, g_main_context_get_thread_default ());

  g_task_set_source_tag (task, tsm_tls_handshake_async);
  g_task_set_task_data (task, self, (GDestroyNotify) handshake_free);
  run_in_own_thread (task, run);
}

/**
 * tsm_tls_handshake_finish:
 * @result: from the callback
 * @report: (out caller-allocates): what was seen, also when it failed; to be cleared with tsm_tls_report_clear()
 * @error: return location; in TSM_LINK_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): a pollable stream over the connection
 */
GIOStream *
tsm_tls_handshake_finish (GAsyncResult  *result,
                          TsmTlsReport  *report,
                          GError       **error)
{
  Handshake *self = g_task_get_task_data (G_TASK (result));

  g_source_destroy (self->timer);
  g_cancellable_disconnect (g_task_get_cancellable (G_TASK (result)), self->handler);
  *report = self->report;
  self->report = (TsmTlsReport) { NULL, NULL };
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A certificate has been shown, so it is TLS; nothing is said over it. */
static gboolean
note_certificate_cb (GTlsConnection       *connection,
                     GTlsCertificate      *certificate,
                     GTlsCertificateFlags  faults,
                     gpointer              shown)
{
  *(gboolean *) shown = TRUE;
  return FALSE;
}

static gpointer
detect (gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSocketConnection) connection = connect_for_a_question (g_task_get_task_data (task), cancellable);
  g_autoptr (GIOStream) tls = NULL;
  gboolean shown = FALSE;

  if (connection != NULL)
    tls = g_tls_client_connection_new (G_IO_STREAM (connection), NULL, NULL);
  if (tls != NULL)
    {
      g_signal_connect (tls, "accept-certificate", G_CALLBACK (note_certificate_cb), &shown);
      shown |= g_tls_connection_handshake (G_TLS_CONNECTION (tls), cancellable, NULL);
      g_signal_handlers_disconnect_by_data (tls, &shown);
    }

  g_task_return_boolean (task, shown);
  return NULL;
}

/**
 * tsm_tls_detect_async:
 * @address: an IPv4 or IPv6 address
 * @port: 1–65535
 * @cancellable: ends it
 * @callback: called in the thread-default main context; without a source object
 * @user_data: passed to @callback
 *
 * Finds out whether a server that hung up on plain words speaks TLS. Often it says so itself, by an alert, but the system
 * throws that away where the server closes with some of our words unread.
 */
void
tsm_tls_detect_async (const char          *address,
                      guint16              port,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tsm_tls_detect_async);
  g_task_set_task_data (task, g_inet_socket_address_new_from_string (address, port), g_object_unref);
  run_in_own_thread (task, detect);
}

/**
 * tsm_tls_detect_finish:
 * @result: from the callback
 * @error: return location; %G_IO_ERROR_CANCELLED only
 *
 * Returns: whether it speaks TLS
 */
gboolean
tsm_tls_detect_finish (GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
