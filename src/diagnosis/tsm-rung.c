/* The tables of rungs, states and buttons: their names for programs and for people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "diagnosis/tsm-rung.h"

static const struct
{
  const char *name;
  const char *title;
  const char *question;
} rungs[] = {
  [TSM_RUNG_RESOLVE] = { "resolve", N_("Resolve"), N_("Is the name of the server known?") },
  [TSM_RUNG_CONNECT] = { "connect", N_("Connect"), N_("Does something answer at this address?") },
  [TSM_RUNG_TLS] = { "tls", N_("TLS"), N_("Is the connection encrypted, and the server who it says it is?") },
  [TSM_RUNG_SERVER] = { "server", N_("Server"), N_("Is it a Redis server that is ready, and the right one?") },
  [TSM_RUNG_AUTHENTICATE] = { "authenticate", N_("Authenticate"), N_("Does the server accept who we are?") },
  [TSM_RUNG_SUBSCRIBE] = { "subscribe", N_("Subscribe"), N_("Has the server acknowledged each channel?") },
  [TSM_RUNG_BROKER] = { "broker", N_("Broker"), N_("Does a message come through the server to us?") },
  [TSM_RUNG_PUBLISHER] = { "publisher", N_("Publisher"), N_("Does anybody publish?") },
  [TSM_RUNG_CHANNEL] = { "channel", N_("Channel"), N_("Is it published where we listen?") },
  [TSM_RUNG_DECODE] = { "decode", N_("Decode"), N_("Can the messages be read?") },
  [TSM_RUNG_SEMANTICS] = { "semantics", N_("Semantics"), N_("Do the events make sense?") },
  [TSM_RUNG_CONTROL] = { "control", N_("Control"), N_("Does anybody hear our commands?") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rungs) == TSM_N_RUNGS);

static const struct
{
  const char *name;
  const char *label;
} states[] = {
  [TSM_RUNG_PASS] = { "pass", N_("OK") },
  [TSM_RUNG_WARN] = { "warn", N_("Warning") },
  [TSM_RUNG_FAIL] = { "fail", N_("Broken") },
  [TSM_RUNG_UNKNOWN] = { "unknown", N_("Not known") },
  [TSM_RUNG_SKIPPED] = { "skipped", N_("Not used") },
};

static const struct
{
  const char *name;
  const char *label;
} buttons[] = {
  [TSM_BUTTON_NONE] = { "none", NULL },
  [TSM_BUTTON_SWITCH_CHANNEL] = { "switch-channel", N_("Switch Channel") },
  [TSM_BUTTON_OPEN_PROFILE] = { "open-profile", N_("Edit Connection…") },
  [TSM_BUTTON_RETRY] = { "retry", N_("Retry Now") },
  [TSM_BUTTON_SEND_PROBE] = { "send-probe", N_("Send Probe") },
  [TSM_BUTTON_RUN] = { "run", N_("Run Again") },
  [TSM_BUTTON_RUN_DEEP] = { "run-deep", N_("Search All Channels") },
  [TSM_BUTTON_SHOW_EVENTS] = { "show-events", N_("Show Events") },
  [TSM_BUTTON_COPY_GRANT] = { "copy-grant", N_("Copy Line") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (buttons) == TSM_N_BUTTONS);

/**
 * tsm_rung_id_get_name:
 * @id: a rung
 *
 * Returns: its name for programs, e.g. `broker`; never translated
 */
const char *
tsm_rung_id_get_name (TsmRungId id)
{
  g_return_val_if_fail ((guint) id < TSM_N_RUNGS, NULL);

  return rungs[id].name;
}

/**
 * tsm_rung_id_get_title:
 * @id: a rung
 *
 * Returns: its translated name
 */
const char *
tsm_rung_id_get_title (TsmRungId id)
{
  g_return_val_if_fail ((guint) id < TSM_N_RUNGS, NULL);

  return _(rungs[id].title);
}

/**
 * tsm_rung_id_get_question:
 * @id: a rung
 *
 * Returns: translated: what the rung answers
 */
const char *
tsm_rung_id_get_question (TsmRungId id)
{
  g_return_val_if_fail ((guint) id < TSM_N_RUNGS, NULL);

  return _(rungs[id].question);
}

/**
 * tsm_rung_state_get_name:
 * @state: a state
 *
 * Returns: its name for programs, e.g. `pass`; never translated
 */
const char *
tsm_rung_state_get_name (TsmRungState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  return states[state].name;
}

/**
 * tsm_rung_state_get_label:
 * @state: a state
 *
 * Returns: its translated name
 */
const char *
tsm_rung_state_get_label (TsmRungState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  return _(states[state].label);
}

/**
 * tsm_remedy_button_get_name:
 * @button: a button
 *
 * Returns: its name for programs, e.g. `switch-channel`; never translated
 */
const char *
tsm_remedy_button_get_name (TsmRemedyButton button)
{
  g_return_val_if_fail ((guint) button < TSM_N_BUTTONS, NULL);

  return buttons[button].name;
}

/**
 * tsm_remedy_button_get_label:
 * @button: a button
 *
 * Returns: (nullable): its translated text, NULL for %TSM_BUTTON_NONE
 */
const char *
tsm_remedy_button_get_label (TsmRemedyButton button)
{
  g_return_val_if_fail ((guint) button < TSM_N_BUTTONS, NULL);

  return buttons[button].label != NULL ? _(buttons[button].label) : NULL;
}

/**
 * tsm_evidence_dup_line:
 * @self: evidence
 *
 * Returns: (transfer full): the command, where one was sent, and what it showed
 */
char *
tsm_evidence_dup_line (const TsmEvidence *self)
{
  return self->command != NULL ? g_strdup_printf ("%s: %s", self->command, self->text) : g_strdup (self->text);
}
