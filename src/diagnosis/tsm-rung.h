/* TsmRung: one step of the event path as it was judged, with the evidence and what to do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In the order in which an event passes them. The first six are the path of a connection. */
typedef enum
{
  TSM_RUNG_RESOLVE,
  TSM_RUNG_CONNECT,
  TSM_RUNG_TLS,
  TSM_RUNG_SERVER,
  TSM_RUNG_AUTHENTICATE,
  TSM_RUNG_SUBSCRIBE,
  TSM_RUNG_BROKER,
  TSM_RUNG_PUBLISHER,
  TSM_RUNG_CHANNEL,
  TSM_RUNG_DECODE,
  TSM_RUNG_SEMANTICS,
  TSM_RUNG_CONTROL,
  TSM_N_RUNGS
} TsmRungId;

#define TSM_N_PATH_RUNGS (TSM_RUNG_SUBSCRIBE + 1)

/**
 * TsmRungState:
 * @TSM_RUNG_PASS: known to work
 * @TSM_RUNG_WARN: works, but not as it should
 * @TSM_RUNG_FAIL: the path is broken here
 * @TSM_RUNG_UNKNOWN: not reached, not known yet, or not permitted: the cause says which
 * @TSM_RUNG_SKIPPED: this profile does not use it
 */
typedef enum
{
  TSM_RUNG_PASS,
  TSM_RUNG_WARN,
  TSM_RUNG_FAIL,
  TSM_RUNG_UNKNOWN,
  TSM_RUNG_SKIPPED,
} TsmRungState;

/**
 * TsmRemedyButton:
 * @TSM_BUTTON_SWITCH_CHANNEL: listen to the rung's @subject instead, after showing the sample
 * @TSM_BUTTON_OPEN_PROFILE: edit the connection
 * @TSM_BUTTON_RETRY: connect again now
 * @TSM_BUTTON_SEND_PROBE: send a message to ourselves
 * @TSM_BUTTON_RUN: run the diagnosis again
 * @TSM_BUTTON_RUN_DEEP: run it again and search all channels
 * @TSM_BUTTON_SHOW_EVENTS: the Events page, with what was rejected
 * @TSM_BUTTON_COPY_GRANT: copy the rung's @subject, a line for the server's access list
 *
 * What can be done about a rung with one click.
 */
typedef enum
{
  TSM_BUTTON_NONE,
  TSM_BUTTON_SWITCH_CHANNEL,
  TSM_BUTTON_OPEN_PROFILE,
  TSM_BUTTON_RETRY,
  TSM_BUTTON_SEND_PROBE,
  TSM_BUTTON_RUN,
  TSM_BUTTON_RUN_DEEP,
  TSM_BUTTON_SHOW_EVENTS,
  TSM_BUTTON_COPY_GRANT,
  TSM_N_BUTTONS
} TsmRemedyButton;

/**
 * TsmEvidence:
 * @command: (nullable): what was sent to learn it, e.g. `PUBSUB NUMSUB tickstock:monitoring`
 * @text: what it showed: the server's words, numbers, times. Plain text that may hold bytes of the wire, made valid UTF-8;
 *   one line, but for samples
 */
typedef struct
{
  char *command;
  char *text;
} TsmEvidence;

/**
 * TsmRung:
 * @state: how it stands
 * @code: (nullable): the fault, a code of the fault table; NULL where none was found
 * @summary: translated, a few words or a number for a narrow place: "0.4 ms", "acknowledged"
 * @cause: translated sentence: what is well, what is broken and why, or why nothing is known
 * @remedy: (nullable): translated sentence: what to do
 * @button: what does it
 * @subject: (nullable): what the button acts on: a channel, or a line for the access list
 * @evidence: (element-type TsmEvidence)
 * @duration: µs that the step took, -1 where it was not measured
 */
typedef struct
{
  TsmRungId        id;
  TsmRungState     state;
  const char      *code;
  char            *summary;
  char            *cause;
  char            *remedy;
  TsmRemedyButton  button;
  char            *subject;
  GPtrArray       *evidence;
  gint64           duration;
} TsmRung;

const char *tsm_rung_id_get_name       (TsmRungId        id);     /* "broker", of --json; not translated */
const char *tsm_rung_id_get_title      (TsmRungId        id);     /* translated: "Broker" */
const char *tsm_rung_id_get_question   (TsmRungId        id);     /* translated: "Does a message come through the server?" */
const char *tsm_rung_state_get_name    (TsmRungState     state);  /* "pass", of --json; not translated */
const char *tsm_rung_state_get_label   (TsmRungState     state);  /* translated: "OK" */
const char *tsm_remedy_button_get_name (TsmRemedyButton  button); /* "switch-channel", of --json; not translated */
const char *tsm_remedy_button_get_label (TsmRemedyButton button); /* (nullable): translated: "Switch Channel" */

char       *tsm_evidence_dup_line      (const TsmEvidence *self); /* "PUBSUB NUMSUB x: 1" */

G_END_DECLS
