/* TsmDraftPart: what the form of a connection has fields for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

/**
 * TsmDraftPart:
 * @TSM_DRAFT_URL: the whole address; a password in it is shown as `***`
 * @TSM_DRAFT_TRANSPORT: the number of a #TsmDraftTransport
 * @TSM_DRAFT_PORT: empty: the default
 * @TSM_DRAFT_DATABASE: empty: none
 */
typedef enum
{
  TSM_DRAFT_NAME,
  TSM_DRAFT_COLOUR,
  TSM_DRAFT_URL,
  TSM_DRAFT_TRANSPORT,
  TSM_DRAFT_HOST,
  TSM_DRAFT_PORT,
  TSM_DRAFT_PATH,
  TSM_DRAFT_SENTINELS,
  TSM_DRAFT_SERVICE,
  TSM_DRAFT_USER,
  TSM_DRAFT_PASSWORD,
  TSM_DRAFT_DATABASE,
  TSM_DRAFT_CHANNELS,
  TSM_DRAFT_CONTROL_CHANNEL,
  TSM_DRAFT_READ_ONLY,
  TSM_DRAFT_REQUESTED_BY,
  TSM_DRAFT_TLS_CA_FILE,
  TSM_DRAFT_TLS_CERTIFICATE_FILE,
  TSM_DRAFT_TLS_KEY_FILE,
  TSM_DRAFT_TLS_SERVER_NAME,
  TSM_DRAFT_TLS_PIN,
  TSM_DRAFT_CONNECT_TIMEOUT,
  TSM_DRAFT_REPLY_TIMEOUT,
  TSM_DRAFT_KEEP_ALIVE,
  TSM_DRAFT_USER_TIMEOUT,
  TSM_N_DRAFT_PARTS
} TsmDraftPart;

typedef enum
{
  TSM_DRAFT_TCP,
  TSM_DRAFT_TLS,
  TSM_DRAFT_UNIX,
  TSM_DRAFT_SENTINEL,
  TSM_DRAFT_SENTINEL_TLS,
  TSM_N_DRAFT_TRANSPORTS
} TsmDraftTransport;

#define TSM_DRAFT_NO_FIELD TSM_N_PROFILE_FIELDS

const char      *tsm_draft_part_get_title      (TsmDraftPart      part); /* translated: "Port" */
TsmProfileField  tsm_draft_part_get_field      (TsmDraftPart      part); /* TSM_DRAFT_NO_FIELD for a part of the address */
const char      *tsm_draft_transport_get_title (TsmDraftTransport transport); /* translated */

G_END_DECLS
