/* Why a link ended: from the words of the server or the system to a TsmLinkError with a sentence for the user.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "redis/tsm-link-error.h"
#include "redis/tsm-redis-source.h"

#include <glib/gi18n-lib.h>
#include <hiredis/hiredis.h>
#include <string.h>

/* A hostile server's words are shown, but not at any length. Bytes. */
#define MAX_WORDS 300
/* After this stands what we have said. */
#define REPEATED  ", with args beginning with:"

G_DEFINE_QUARK (tsm-link-error-quark, tsm_link_error)

/* The beginning of an error reply is its code. */
static const struct
{
  const char   *prefix;
  TsmLinkError  code;
} server_codes[] = {
  { "NOAUTH", TSM_LINK_ERROR_AUTH_REQUIRED },
  { "WRONGPASS", TSM_LINK_ERROR_AUTH_WRONG },
  { "ERR invalid password", TSM_LINK_ERROR_AUTH_WRONG },
  { "ERR wrong number of arguments for 'auth'", TSM_LINK_ERROR_AUTH_WRONG }, /* a user name before Redis 6 */
  { "NOPERM", TSM_LINK_ERROR_NO_PERMISSION },
  { "LOADING", TSM_LINK_ERROR_LOADING },
  { "ERR max number of clients", TSM_LINK_ERROR_MAX_CLIENTS },
  { "DENIED", TSM_LINK_ERROR_PROTECTED_MODE },
};

/* The codes of GIOErrorEnum that have a more exact name here; any other is REFUSED, as the connection was not made. */
static const struct
{
  GIOErrorEnum io_code;
  TsmLinkError code;
} system_codes[] = {
  { G_IO_ERROR_TIMED_OUT, TSM_LINK_ERROR_TIMEOUT },
  { G_IO_ERROR_HOST_NOT_FOUND, TSM_LINK_ERROR_HOST_UNKNOWN },
};

/* What to do, by TsmLinkError. The words of the server follow in brackets, so no full stop. */
static const char * const sentences[] = {
  [TSM_LINK_ERROR_HOST_UNKNOWN] = N_("The name of the server is not known. Check its spelling and the network"),
  [TSM_LINK_ERROR_REFUSED] = N_("Nothing answers at this address. Check it, and whether the server runs"),
  [TSM_LINK_ERROR_TIMEOUT] = N_("The server did not answer in time. Check the network and its firewalls"),
  [TSM_LINK_ERROR_NOT_REDIS] = N_("What answers there does not speak the Redis protocol. Check the port"),
  [TSM_LINK_ERROR_AUTH_REQUIRED] = N_("The server asks for a password. Add it to the connection"),
  [TSM_LINK_ERROR_AUTH_WRONG] = N_("The server refuses this user name or password. Correct it in the connection"),
  [TSM_LINK_ERROR_NO_PERMISSION] = N_("This user may not do that. Have it allowed in the access list of the server"),
  [TSM_LINK_ERROR_LOADING] = N_("The server is still loading its data. It will be tried again"),
  [TSM_LINK_ERROR_MAX_CLIENTS] = N_("The server has too many clients. Close some, or raise its maxclients"),
  [TSM_LINK_ERROR_PROTECTED_MODE] = N_("The server accepts local clients only. Set a password for it, "
                                       "or turn its protected mode off"),
  [TSM_LINK_ERROR_SERVER] = N_("The server answered with an error"),
  [TSM_LINK_ERROR_LOST] = N_("The connection was lost. It will be tried again"),
  [TSM_LINK_ERROR_HALF_OPEN] = N_("The connection looked open, but nothing came through. It will be opened again"),
  [TSM_LINK_ERROR_TLS_REQUIRED] = N_("This server wants TLS. Write its address with rediss://"),
  [TSM_LINK_ERROR_TLS_UNEXPECTED] = N_("This server does not speak TLS on this port. Use its TLS port, or write its address "
                                       "with redis:// if the network is safe"),
  [TSM_LINK_ERROR_TLS_UNTRUSTED] = N_("No authority that this computer trusts has signed the server’s certificate. Name the CA file, "
                                      "or check its fingerprint and accept it"),
  [TSM_LINK_ERROR_TLS_HOSTNAME] = N_("The server’s certificate is for another name. Connect by that name, or set it as the server name"),
  [TSM_LINK_ERROR_TLS_EXPIRED] = N_("The server’s certificate has expired. Have it renewed"),
  [TSM_LINK_ERROR_TLS_NOT_YET_VALID] = N_("The server’s certificate is not valid yet. Check the clocks of both computers"),
  [TSM_LINK_ERROR_TLS_PIN] = N_("The server shows another certificate than the one that was accepted. Ask its administrator whether it "
                                "was changed before you accept the new one"),
  [TSM_LINK_ERROR_TLS_CLIENT] = N_("The server asks for a client certificate that it trusts. Set the certificate and its key"),
  [TSM_LINK_ERROR_TLS_FILE] = N_("A TLS file of this connection cannot be used. Correct its path or its contents"),
  [TSM_LINK_ERROR_TLS] = N_("The TLS handshake failed"),
  [TSM_LINK_ERROR_NO_SENTINEL] = N_("None of the sentinels answers. Check their addresses, and whether they run"),
  [TSM_LINK_ERROR_CUT_OFF] = N_("The server closed the connection in the middle of a message, as it does when it is not read fast "
                                "enough. It will be opened again"),
  [TSM_LINK_ERROR_NO_PRIMARY] = N_("The sentinels know no primary for this service now. Check the name of the service"),
};

/**
 * tsm_link_error_new:
 * @code: the kind
 * @words: (nullable): the server's or the system's own words
 *
 * Makes an error whose message says what to do, with @words after it.
 *
 * Returns: (transfer full): an error
 */
GError *
tsm_link_error_new (TsmLinkError  code,
                    const char   *words)
{
  g_autofree char *valid = NULL;
  g_autofree char *message = NULL;

  g_return_val_if_fail (code < G_N_ELEMENTS (sentences), NULL);

  if (words == NULL || *words == '\0')
    {
      message = g_strconcat (_(sentences[code]), ".", NULL);
    }
  else
    {
      valid = g_utf8_make_valid (words, MIN (strlen (words), MAX_WORDS));
      message = g_strdup_printf ("%s (%s)", _(sentences[code]), g_strstrip (valid));
    }

  return g_error_new_literal (TSM_LINK_ERROR, code, message);
}

/* A server that does not know AUTH repeats its arguments, a long password in part: ERR unknown command 'AUTH', with args beginning
 * with: '…' */
static char *
hide_secret (const char *words,
             const char *secret)
{
  const char *repeated = strstr (words, REPEATED);
  GString *text = g_string_new_len (words, repeated != NULL ? repeated - words : (gssize) strlen (words));

  if (secret != NULL && *secret != '\0')
    g_string_replace (text, secret, "***", 0);

  return g_string_free (text, FALSE);
}

/**
 * tsm_link_error_new_from_server:
 * @words: an error reply
 * @secret: (nullable): the password, which will not be in the message even if the server repeats it
 *
 * Makes an error from an error reply.
 *
 * Returns: (transfer full): an error
 */
GError *
tsm_link_error_new_from_server (const char *words,
                                const char *secret)
{
  g_autofree char *shown = NULL;
  TsmLinkError code = TSM_LINK_ERROR_SERVER;

  g_return_val_if_fail (words != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (server_codes); i++)
    if (g_str_has_prefix (words, server_codes[i].prefix))
      {
        code = server_codes[i].code;
        break;
      }

  shown = hide_secret (words, secret);
  return tsm_link_error_new (code, shown);
}

/**
 * tsm_link_error_new_from_system:
 * @error: from resolving a name or connecting a socket
 *
 * Makes an error from one of GIO's.
 *
 * Returns: (transfer full): an error
 */
GError *
tsm_link_error_new_from_system (const GError *error)
{
  TsmLinkError code = TSM_LINK_ERROR_REFUSED;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == G_RESOLVER_ERROR)
    code = TSM_LINK_ERROR_HOST_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (system_codes); i++)
    if (g_error_matches (error, G_IO_ERROR, system_codes[i].io_code))
      code = system_codes[i].code;

  return tsm_link_error_new (code, error->message);
}

/* What is wrong with a certificate, the fault to mend first coming first: an expired one is of no use whoever signed it. */
static const struct
{
  GTlsCertificateFlags flag;
  TsmLinkError         code;
  const char          *words;
} certificate_faults[] = {
  { G_TLS_CERTIFICATE_EXPIRED, TSM_LINK_ERROR_TLS_EXPIRED, "expired" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, TSM_LINK_ERROR_TLS_NOT_YET_VALID, "not yet valid" },
  { G_TLS_CERTIFICATE_REVOKED, TSM_LINK_ERROR_TLS_UNTRUSTED, "revoked" },
  { G_TLS_CERTIFICATE_UNKNOWN_CA, TSM_LINK_ERROR_TLS_UNTRUSTED, "unknown authority" },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, TSM_LINK_ERROR_TLS_HOSTNAME, "for another name" },
  { G_TLS_CERTIFICATE_INSECURE, TSM_LINK_ERROR_TLS_UNTRUSTED, "insecure algorithm" },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, TSM_LINK_ERROR_TLS_UNTRUSTED, "not valid" },
};

static GError *
new_certificate_error (GTlsCertificateFlags faults)
{
  TsmLinkError code = TSM_LINK_ERROR_TLS_UNTRUSTED;
  GString *words = g_string_new (NULL);
  GError *error;

  for (guint i = 0; i < G_N_ELEMENTS (certificate_faults); i++)
    if ((faults & certificate_faults[i].flag) != 0)
      {
        if (words->len == 0)
          code = certificate_faults[i].code;
        else
          g_string_append (words, ", ");
        g_string_append (words, certificate_faults[i].words);
      }

  error = tsm_link_error_new (code, words->str);
  g_string_free (words, TRUE);
  return error;
}

/**
 * tsm_link_error_new_from_tls:
 * @error: from a handshake, or from reading or writing what is encrypted
 * @faults: what the check of the server's certificate found, 0 where it was accepted or none was shown
 *
 * Makes an error from one of GIO's. glib-networking tells a wanted client certificate apart, but no other alert of the server.
 *
 * Returns: (transfer full): an error
 */
GError *
tsm_link_error_new_from_tls (const GError         *error,
                             GTlsCertificateFlags  faults)
{
  if (faults != 0)
    return new_certificate_error (faults);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    return tsm_link_error_new (TSM_LINK_ERROR_TLS_CLIENT, error->message);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS))
    return tsm_link_error_new (TSM_LINK_ERROR_TLS_UNEXPECTED, error->message);

  return tsm_link_error_new (error->domain == G_TLS_ERROR ? TSM_LINK_ERROR_TLS : TSM_LINK_ERROR_LOST, error->message);
}

/**
 * tsm_link_error_new_from_hiredis:
 * @err: a REDIS_ERR_…, or %TSM_REDIS_SOURCE_CUT_OFF
 * @words: (nullable): what hiredis says to it; for %REDIS_ERR_OTHER an error reply
 * @secret: (nullable): as for tsm_link_error_new_from_server()
 *
 * Makes an error from the end of a link.
 *
 * Returns: (transfer full): an error
 */
GError *
tsm_link_error_new_from_hiredis (int         err,
                                 const char *words,
                                 const char *secret)
{
  g_autofree char *shown = NULL;

  if (err == REDIS_ERR_OTHER && words != NULL)
    return tsm_link_error_new_from_server (words, secret);

  if (err == TSM_REDIS_SOURCE_CUT_OFF)
    return tsm_link_error_new (TSM_LINK_ERROR_CUT_OFF, words);

  shown = words != NULL ? hide_secret (words, secret) : NULL;
  return tsm_link_error_new (err == REDIS_ERR_PROTOCOL ? TSM_LINK_ERROR_NOT_REDIS : TSM_LINK_ERROR_LOST, shown);
}

/* A TLS alert, which begins with byte 21, is what a server says that expected a handshake. hiredis quotes the byte. */
static gboolean
is_tls_alert (int         err,
              const char *words)
{
  return err == REDIS_ERR_PROTOCOL && words != NULL && strstr (words, "\"\\x15\"") != NULL;
}

/**
 * tsm_link_error_new_from_end:
 * @state: where the link was when it ended
 * @err: a REDIS_ERR_…, or %TSM_REDIS_SOURCE_CUT_OFF
 * @words: (nullable): as for tsm_link_error_new_from_hiredis()
 * @cause: (nullable): in G_IO_ERROR or G_TLS_ERROR, what is known beyond that
 * @secret: (nullable): as for tsm_link_error_new_from_server()
 *
 * Makes an error from the end of a link, for which it counts how far the link had come: TLS 1.3 lets the client believe that all is
 * well before the server has looked at the client's certificate, so an alert in the place of the first answer is about that; and a
 * server that hangs up on who is not ready yet has no full buffer.
 *
 * Returns: (transfer full): an error
 */
GError *
tsm_link_error_new_from_end (TsmLinkState  state,
                             int           err,
                             const char   *words,
                             const GError *cause,
                             const char   *secret)
{
  gboolean is_first = state == TSM_LINK_AUTHENTICATING;

  if (is_first && g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_MISC))
    return tsm_link_error_new (TSM_LINK_ERROR_TLS_CLIENT, cause->message);
  if (cause != NULL && cause->domain == G_TLS_ERROR)
    return tsm_link_error_new_from_tls (cause, 0);
  if (is_first && is_tls_alert (err, words))
    return tsm_link_error_new (TSM_LINK_ERROR_TLS_REQUIRED, words);

  return tsm_link_error_new_from_hiredis (err == TSM_REDIS_SOURCE_CUT_OFF && state != TSM_LINK_READY ? REDIS_ERR_EOF : err, words, secret);
}
