/* TsmIntake: what became of every message, by cause, with a sample of each cause.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message without findings costs a few additions: twenty thousand of them may come in a second.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "diagnosis/tsm-intake.h"

#define RECENT_MESSAGES  256
#define RECENT_US        (60 * G_USEC_PER_SEC)
#define SAMPLE_EVERY_US  G_USEC_PER_SEC /* a newer one is taken so often at the most */
#define MAX_SAMPLE_FINDINGS 20
#define NO_FINDING       TSM_N_FINDING_CODES

typedef struct
{
  gint64  time; /* monotonic µs */
  guint8  code; /* NO_FINDING for none */
} Outcome;

typedef struct
{
  TsmSpecimen *sample;
  gint64     taken; /* monotonic µs */
} Kept;

struct _TsmIntake
{
  TsmIntakeFacts facts;
  Outcome        outcomes[RECENT_MESSAGES];
  guint64        n_outcomes;
  Kept           kept[TSM_N_FINDING_CODES + 1]; /* the last is that of what was accepted */
};

/* Some findings say it in their own words; and that something begins with the message is not worth a word. */
static gboolean
needs_offset (const TsmFinding *finding)
{
  g_autofree char *number = g_strdup_printf ("%ld", (glong) finding->offset);

  return finding->offset > 0 && strstr (finding->message, number) == NULL;
}

static char *
describe_finding (const TsmFinding *finding)
{
  const char *code = tsm_finding_code_get_name (finding->code);
  gboolean has_path = finding->path != NULL && *finding->path != '\0';

  if (needs_offset (finding))
    return g_strdup_printf (_("%s at byte %ld%s%s: %s"), code, (glong) finding->offset, has_path ? ", " : "",
                            has_path ? finding->path : "", finding->message);
  return g_strdup_printf ("%s%s%s: %s", code, has_path ? " " : "", has_path ? finding->path : "", finding->message);
}

static char *
dup_reason (TsmEvent *event)
{
  for (guint i = 0; i < tsm_event_get_n_findings (event); i++)
    {
      const TsmFinding *finding = tsm_event_get_finding (event, i);

      if (tsm_finding_code_get_class (finding->code) == TSM_FINDING_REJECT)
        return g_strdup (finding->message);
    }
  return NULL;
}

/**
 * tsm_specimen_new:
 * @event: an event as it was decoded
 *
 * Returns: (transfer full): the first 4 KiB of its bytes, and its findings
 */
TsmSpecimen *
tsm_specimen_new (TsmEvent *event)
{
  TsmSpecimen *self = g_new0 (TsmSpecimen, 1);
  GBytes *raw = tsm_event_get_raw (event);
  gsize size = 0;
  const void *data = g_bytes_get_data (raw, &size);

  /* a copy, so that the rest of a large message can go */
  self->bytes = size <= TSM_SPECIMEN_MAX_BYTES ? g_bytes_ref (raw) : g_bytes_new (data, TSM_SPECIMEN_MAX_BYTES);
  self->size = tsm_event_get_size (event);
  self->channel = g_strdup (tsm_event_get_channel (event));
  self->received = tsm_event_get_received (event);
  self->findings = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < tsm_event_get_n_findings (event) && i < MAX_SAMPLE_FINDINGS; i++)
    g_ptr_array_add (self->findings, describe_finding (tsm_event_get_finding (event, i)));
  self->reason = dup_reason (event);
  return self;
}

void
tsm_specimen_free (TsmSpecimen *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->channel);
  g_ptr_array_unref (self->findings);
  g_free (self->reason);
  g_free (self);
}

/**
 * tsm_specimen_dup_text:
 * @self: a sample
 *
 * Returns: (transfer full): its bytes as text for people: what is not UTF-8, or is a control character, as `\xff`; cut off at
 *   600 characters
 */
char *
tsm_specimen_dup_text (const TsmSpecimen *self)
{
  gsize size;
  const char *bytes = g_bytes_get_data (self->bytes, &size);
  GString *text = g_string_new (NULL);
  gsize i = 0;

  while (i < size && text->len < 600)
    {
      gunichar c = g_utf8_get_char_validated (bytes + i, size - i);

      if (c == (gunichar) -1 || c == (gunichar) -2 || g_unichar_iscntrl (c))
        {
          g_string_append_printf (text, "\\x%02x", (guint8) bytes[i]);
          i++;
          continue;
        }
      g_string_append_unichar (text, c);
      i = g_utf8_next_char (bytes + i) - bytes;
    }

  if (i < self->size)
    g_string_append (text, "…");
  return g_string_free (text, FALSE);
}

TsmIntake *
tsm_intake_new (void)
{
  return g_new0 (TsmIntake, 1);
}

void
tsm_intake_free (TsmIntake *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->kept); i++)
    g_clear_pointer (&self->kept[i].sample, tsm_specimen_free);
  g_free (self);
}

static void
keep (Kept     *kept,
      TsmEvent *event)
{
  gint64 now = tsm_event_get_received_monotonic (event);

  if (kept->sample != NULL && now - kept->taken < SAMPLE_EVERY_US)
    return;

  g_clear_pointer (&kept->sample, tsm_specimen_free);
  kept->sample = tsm_specimen_new (event);
  kept->taken = now;
}

/* Why it was rejected, else that it was encoded twice, else the first finding. */
static guint
count_findings (TsmIntake *self,
                TsmEvent  *event,
                guint      n)
{
  guint64 seen = 0;
  guint weighty = NO_FINDING;

  for (guint i = 0; i < n; i++)
    {
      TsmFindingCode code = tsm_event_get_finding (event, i)->code;

      if ((seen & G_GUINT64_CONSTANT (1) << code) != 0)
        continue;
      seen |= G_GUINT64_CONSTANT (1) << code;
      self->facts.by_code[code]++;
      keep (&self->kept[code], event);
      if (weighty == NO_FINDING || tsm_finding_code_get_class (code) == TSM_FINDING_REJECT
          || (code == TSM_FINDING_ENCODED_TWICE && tsm_finding_code_get_class (weighty) != TSM_FINDING_REJECT))
        weighty = code;
    }
  return weighty;
}

/**
 * tsm_intake_ingest:
 * @self: an intake
 * @event: an event as it was decoded, rejected ones too
 *
 * Counts one message.
 */
void
tsm_intake_ingest (TsmIntake *self,
                   TsmEvent  *event)
{
  gint64 time = tsm_event_get_received_monotonic (event);
  guint n_findings = tsm_event_get_n_findings (event);
  Outcome *outcome = &self->outcomes[self->n_outcomes++ % RECENT_MESSAGES];

  outcome->time = time;
  outcome->code = n_findings > 0 ? count_findings (self, event, n_findings) : NO_FINDING;
  self->facts.last = time;
  if (self->facts.first == 0)
    self->facts.first = time;

  switch (tsm_event_get_acceptance (event))
    {
    case TSM_ACCEPTED_YES:
      self->facts.decoded++;
      break;
    case TSM_ACCEPTED_REPAIRED:
      self->facts.repaired++;
      break;
    case TSM_ACCEPTED_NO:
    default:
      self->facts.rejected++;
      return;
    }

  self->facts.last_accepted = time;
  self->facts.by_type[tsm_event_get_event_type (event)]++;
  keep (&self->kept[NO_FINDING], event);
}

static void
look_back (TsmIntake      *self,
           gint64          now,
           TsmIntakeFacts *facts)
{
  guint n = MIN (self->n_outcomes, RECENT_MESSAGES);

  for (guint i = 0; i < n; i++)
    {
      const Outcome *outcome = &self->outcomes[i];

      if (now - outcome->time > RECENT_US)
        continue;
      facts->recent++;
      if (outcome->code == NO_FINDING)
        continue;
      facts->recent_by_code[outcome->code]++;
      if (tsm_finding_code_get_class (outcome->code) == TSM_FINDING_REJECT)
        facts->recent_rejected++;
    }
}

/**
 * tsm_intake_look:
 * @self: an intake
 * @now: monotonic µs
 * @facts: (out): what was counted; the samples stay valid until the next message
 */
void
tsm_intake_look (TsmIntake      *self,
                 gint64          now,
                 TsmIntakeFacts *facts)
{
  *facts = self->facts;
  for (guint i = 0; i < TSM_N_FINDING_CODES; i++)
    facts->samples[i] = self->kept[i].sample;
  facts->sample = self->kept[NO_FINDING].sample;
  look_back (self, now, facts);
}
