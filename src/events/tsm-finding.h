/* What the decoder noticed about a message: a code from one table, a place, a sentence.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsmFindingClass:
 * @TSM_FINDING_REPAIR: the value was understood all the same
 * @TSM_FINDING_LOSS: one value could not be used; the rest of the event was
 * @TSM_FINDING_REJECT: the whole message could not be used
 */
typedef enum
{
  TSM_FINDING_REPAIR,
  TSM_FINDING_LOSS,
  TSM_FINDING_REJECT,
} TsmFindingClass;

/**
 * TsmFindingCode:
 *
 * One row of the finding table (tsm-finding.c), which gives each its name on the wire of `--json` and in
 * reports, and its class.
 */
typedef enum
{
  /* repairs */
  TSM_FINDING_NUMBER_IN_STRING,    /* "42.5" for 42.5 */
  TSM_FINDING_ENCODED_TWICE,       /* a JSON string that holds the event */
  TSM_FINDING_TYPE_KEY,            /* `type` or `event` for `event_type` */
  TSM_FINDING_TYPE_CASE,           /* metric_update for METRIC_UPDATE */
  TSM_FINDING_FRACTION_AS_PERCENT, /* 0.42 where 42 was meant */
  TSM_FINDING_EPOCH_TIME,          /* epoch seconds or milliseconds for ISO 8601 */
  TSM_FINDING_BYTE_ORDER_MARK,
  /* losses of one value */
  TSM_FINDING_NON_FINITE,          /* NaN, Infinity, -Infinity */
  TSM_FINDING_WRONG_TYPE,
  TSM_FINDING_OUT_OF_RANGE,        /* the value is kept as sent */
  TSM_FINDING_MISSING_FIELD,
  TSM_FINDING_BAD_TIME,
  TSM_FINDING_UNKNOWN_LEVEL,       /* a severity word that is none of the known; taken as WARNING */
  TSM_FINDING_TOO_MANY,            /* more members than are kept */
  /* rejections */
  TSM_FINDING_EMPTY,
  TSM_FINDING_TOO_LARGE,
  TSM_FINDING_TOO_DEEP,
  TSM_FINDING_COMPRESSED,          /* gzip, zlib, zstd, named in the message */
  TSM_FINDING_BINARY,              /* msgpack, pickle or not recognised, named in the message */
  TSM_FINDING_INVALID_UTF8,
  TSM_FINDING_INVALID_JSON,        /* the message gives the byte offset */
  TSM_FINDING_NOT_AN_OBJECT,
  TSM_FINDING_WRONG_ENVELOPE,      /* no type key; the message names the keys it has */
  TSM_FINDING_UNKNOWN_TYPE,
  TSM_FINDING_MISSING_BODY,        /* e.g. an ALERT_TRIGGERED without an alert id */
  TSM_N_FINDING_CODES
} TsmFindingCode;

/**
 * TsmFinding:
 * @path: where, as a dotted path from the event's root (`metrics.system.cpu_percent`), or "" for the whole
 * @offset: byte offset in the message, or -1 where none is meant
 * @message: (not nullable): one translated sentence; plain text, may hold bytes of the wire, made valid UTF-8
 */
typedef struct
{
  TsmFindingCode code;
  gint64         offset;
  char          *path;
  char          *message;
} TsmFinding;

const char      *tsm_finding_code_get_name  (TsmFindingCode  code);
TsmFindingClass  tsm_finding_code_get_class (TsmFindingCode  code);

G_END_DECLS
