/* One table of the parts: what each is called, and which field of the profile it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-draft-part.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char      *title;
  TsmProfileField  field; /* TSM_DRAFT_NO_FIELD: of the address */
} parts[TSM_N_DRAFT_PARTS] = {
  [TSM_DRAFT_NAME]                 = { N_("Name"), TSM_PROFILE_NAME },
  [TSM_DRAFT_COLOUR]               = { N_("Colour"), TSM_PROFILE_COLOUR },
  [TSM_DRAFT_URL]                  = { N_("URL"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_TRANSPORT]            = { N_("Transport"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_HOST]                 = { N_("Host"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_PORT]                 = { N_("Port"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_PATH]                 = { N_("Path of the socket"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_SENTINELS]            = { N_("Sentinels"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_SERVICE]              = { N_("Service"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_USER]                 = { N_("User"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_PASSWORD]             = { N_("Password"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_DATABASE]             = { N_("Database"), TSM_DRAFT_NO_FIELD },
  [TSM_DRAFT_CHANNELS]             = { N_("Channels and patterns, separated by spaces"), TSM_PROFILE_CHANNELS },
  [TSM_DRAFT_CONTROL_CHANNEL]      = { N_("Control channel"), TSM_PROFILE_CONTROL_CHANNEL },
  [TSM_DRAFT_READ_ONLY]            = { N_("Read-only"), TSM_PROFILE_READ_ONLY },
  [TSM_DRAFT_REQUESTED_BY]         = { N_("Your name in commands"), TSM_PROFILE_REQUESTED_BY },
  [TSM_DRAFT_TLS_CA_FILE]          = { N_("Authority (CA) file"), TSM_PROFILE_TLS_CA_FILE },
  [TSM_DRAFT_TLS_CERTIFICATE_FILE] = { N_("Client certificate file"), TSM_PROFILE_TLS_CERTIFICATE_FILE },
  [TSM_DRAFT_TLS_KEY_FILE]         = { N_("Client key file"), TSM_PROFILE_TLS_KEY_FILE },
  [TSM_DRAFT_TLS_SERVER_NAME]      = { N_("Name in the server’s certificate"), TSM_PROFILE_TLS_SERVER_NAME },
  [TSM_DRAFT_TLS_PIN]              = { N_("Pinned certificate"), TSM_PROFILE_TLS_PIN },
  [TSM_DRAFT_CONNECT_TIMEOUT]      = { N_("Connect timeout, ms"), TSM_PROFILE_CONNECT_TIMEOUT },
  [TSM_DRAFT_REPLY_TIMEOUT]        = { N_("Reply timeout, ms"), TSM_PROFILE_REPLY_TIMEOUT },
  [TSM_DRAFT_KEEP_ALIVE]           = { N_("Keep-alive, s"), TSM_PROFILE_KEEP_ALIVE },
  [TSM_DRAFT_USER_TIMEOUT]         = { N_("Unacknowledged bytes, ms"), TSM_PROFILE_USER_TIMEOUT },
};

static const char *const transports[TSM_N_DRAFT_TRANSPORTS] = {
  [TSM_DRAFT_TCP]          = N_("TCP"),
  [TSM_DRAFT_TLS]          = N_("TLS"),
  [TSM_DRAFT_UNIX]         = N_("Unix Socket"),
  [TSM_DRAFT_SENTINEL]     = N_("Sentinel"),
  [TSM_DRAFT_SENTINEL_TLS] = N_("Sentinel over TLS"),
};

const char *
tsm_draft_part_get_title (TsmDraftPart part)
{
  g_return_val_if_fail (part < TSM_N_DRAFT_PARTS, "");

  return _(parts[part].title);
}

TsmProfileField
tsm_draft_part_get_field (TsmDraftPart part)
{
  g_return_val_if_fail (part < TSM_N_DRAFT_PARTS, TSM_DRAFT_NO_FIELD);

  return parts[part].field;
}

const char *
tsm_draft_transport_get_title (TsmDraftTransport transport)
{
  g_return_val_if_fail (transport < TSM_N_DRAFT_TRANSPORTS, "");

  return _(transports[transport]);
}
