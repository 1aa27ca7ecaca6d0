/* The faults that a publisher can cause, to be played by the simulator.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "simulator/tsm-sim-fault.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "simulator/tsm-sim-bytes.h"

static gboolean
keeps_none (const char *text)
{
  return FALSE;
}

static gboolean
keeps_others_than_metrics (const char *text)
{
  return !g_str_has_prefix (text, "{\"event_type\":\"METRIC_UPDATE\"");
}

static const TsmSimFault faults[] = {
  { .code = "wrong-channel",
    .summary = N_("Publishes on a channel whose name is nearly right, with dots for colons"),
    .on_other_channel = TRUE },
  { .code = "malformed",
    .summary = N_("Sends what Python prints, with single quotes, where JSON is wanted"),
    .transform = tsm_sim_bytes_python },
  { .code = "encoded-twice",
    .summary = N_("Encodes each event twice, so that it arrives as a JSON string"),
    .transform = tsm_sim_bytes_twice },
  { .code = "compressed",
    .summary = N_("Compresses each event with gzip"),
    .transform = tsm_sim_bytes_gzip },
  { .code = "binary",
    .summary = N_("Sends each event as a Python pickle"),
    .transform = tsm_sim_bytes_pickle },
  { .code = "wrong-envelope",
    .summary = N_("Sends JSON that names its type under the key “kind”, which nobody looks for"),
    .transform = tsm_sim_bytes_other_key },
  { .code = "wrong-types",
    .summary = N_("Sends each number as a text with a unit, which no gauge can show"),
    .transform = tsm_sim_bytes_words },
  { .code = "no-metrics",
    .summary = N_("Leaves out METRIC_UPDATE; everything else flows"),
    .keeps = keeps_others_than_metrics },
  { .code = "stale",
    .summary = N_("Publishes for ten seconds, then no more, and stays connected"),
    .seconds = 10 },
  { .code = "clock-skew",
    .summary = N_("Has a clock that is five minutes fast"),
    .time_shift = 5 * 60 * G_TIME_SPAN_SECOND },
  { .code = "duplicate-stream",
    .summary = N_("Publishes each event twice"),
    .n_repeats = 1 },
  { .code = "not-pubsub",
    .summary = N_("Adds each event to a stream with the channel's name (XADD) instead of publishing it"),
    .command = TSM_SIM_XADD },
  { .code = "publisher-silent",
    .summary = N_("Is connected, and publishes nothing"),
    .keeps = keeps_none },
  { .code = "cluster-sharded",
    .summary = N_("Publishes with SPUBLISH (Redis 7), which ordinary subscribers do not hear"),
    .command = TSM_SIM_SPUBLISH },
};

guint
tsm_sim_fault_get_n_faults (void)
{
  return G_N_ELEMENTS (faults);
}

const TsmSimFault *
tsm_sim_fault_get_nth (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (faults), NULL);

  return &faults[index];
}

/**
 * tsm_sim_fault_find:
 *
 * Returns: (nullable): the fault with that code
 */
const TsmSimFault *
tsm_sim_fault_find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      if (g_str_equal (faults[i].code, code))
        return &faults[i];
    }

  return NULL;
}

/**
 * tsm_sim_fault_dup_codes:
 *
 * Returns: (transfer full): all codes, with commas
 */
char *
tsm_sim_fault_dup_codes (void)
{
  GString *codes = g_string_new (faults[0].code);

  for (guint i = 1; i < G_N_ELEMENTS (faults); i++)
    g_string_append_printf (codes, ", %s", faults[i].code);

  return g_string_free (codes, FALSE);
}

/**
 * tsm_sim_fault_keeps:
 * @self: (nullable): a fault
 * @text: an event
 * @age: how long the fault has been played, in µs
 *
 * Returns: whether the event is sent at all
 */
gboolean
tsm_sim_fault_keeps (const TsmSimFault *self,
                     const char        *text,
                     gint64             age)
{
  if (self == NULL)
    return TRUE;

  if (self->seconds > 0 && age >= self->seconds * G_TIME_SPAN_SECOND)
    return FALSE;

  return self->keeps == NULL || self->keeps (text);
}

/**
 * tsm_sim_fault_apply:
 * @self: (nullable): a fault
 * @text: (transfer full): an event
 *
 * Returns: (transfer full): what is sent
 */
GBytes *
tsm_sim_fault_apply (const TsmSimFault *self,
                     char              *text)
{
  GBytes *bytes;

  if (self == NULL || self->transform == NULL)
    return g_bytes_new_take (text, strlen (text));

  bytes = self->transform (text);
  g_free (text);
  return bytes;
}

/**
 * tsm_sim_fault_dup_channel:
 * @self: (nullable): a fault
 * @channel: where events belong
 *
 * Returns: (transfer full): where they go: a name that is nearly the same where the fault is about that
 */
char *
tsm_sim_fault_dup_channel (const TsmSimFault *self,
                           const char        *channel)
{
  if (self == NULL || !self->on_other_channel)
    return g_strdup (channel);
  if (strchr (channel, ':') == NULL)
    return g_strconcat (channel, "s", NULL);

  return g_strdelimit (g_strdup (channel), ":", '.');
}
