/* TsmFindings: what a check found on a rung: evidence, and what the {names} in its sentences stand for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sentences are filled in by name and not by printf(): translators may move the names, and nothing that came over the wire
 * is ever a format.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "diagnosis/tsm-findings.h"
#include "diagnosis/tsm-ladder-private.h"
#include "models/tsm-age.h"

/* Evidence of one rung; more says nothing more. */
#define MAX_EVIDENCE 40

struct _TsmFindings
{
  GHashTable *values;
  GPtrArray  *evidence;
  gboolean    is_soft;
};

TsmFindings *
tsm_findings_new (void)
{
  TsmFindings *self = g_new0 (TsmFindings, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->evidence = tsm_evidence_array_new ();
  return self;
}

void
tsm_findings_free (TsmFindings *self)
{
  g_hash_table_unref (self->values);
  g_ptr_array_unref (self->evidence);
  g_free (self);
}

/**
 * tsm_findings_set:
 * @self: findings
 * @name: without its braces
 * @value: (nullable): plain text; made valid UTF-8
 *
 * Sets what {@name} stands for.
 */
void
tsm_findings_set (TsmFindings *self,
                  const char  *name,
                  const char  *value)
{
  if (value == NULL)
    g_hash_table_remove (self->values, name);
  else
    g_hash_table_insert (self->values, g_strdup (name), g_utf8_make_valid (value, -1));
}

static void
take (TsmFindings *self,
      const char  *name,
      char        *value)
{
  g_hash_table_insert (self->values, g_strdup (name), value);
}

void
tsm_findings_set_count (TsmFindings *self,
                        const char  *name,
                        guint64      n)
{
  take (self, name, g_strdup_printf ("%'" G_GUINT64_FORMAT, n));
}

/**
 * tsm_findings_set_rate:
 * @self: findings
 * @name: without its braces
 * @per_second: a rate
 *
 * Sets what {@name} stands for to a rate in the unit that reads best: "12 per second", "5 per minute".
 */
void
tsm_findings_set_rate (TsmFindings *self,
                       const char  *name,
                       double       per_second)
{
  if (per_second >= 9.5)
    take (self, name, g_strdup_printf (_("%.0f per second"), per_second));
  else if (per_second >= 0.95)
    take (self, name, g_strdup_printf (_("%.1f per second"), per_second));
  else
    take (self, name, g_strdup_printf (_("%.0f per minute"), MAX (per_second * 60, 1)));
}

void
tsm_findings_set_age (TsmFindings *self,
                      const char  *name,
                      gint64       age)
{
  take (self, name, tsm_format_age (age));
}

const char *
tsm_findings_get (TsmFindings *self,
                  const char  *name)
{
  return g_hash_table_lookup (self->values, name);
}

void
tsm_findings_soften (TsmFindings *self)
{
  self->is_soft = TRUE;
}

gboolean
tsm_findings_is_soft (TsmFindings *self)
{
  return self->is_soft;
}

/**
 * tsm_findings_add:
 * @self: findings
 * @command: (nullable): what was sent to learn it
 * @format: of what it showed, plain text
 *
 * Adds evidence. What is more than 40 lines is left out.
 */
void
tsm_findings_add (TsmFindings *self,
                  const char  *command,
                  const char  *format,
                  ...)
{
  TsmEvidence *evidence;
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->evidence->len >= MAX_EVIDENCE)
    return;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  evidence = g_new0 (TsmEvidence, 1);
  evidence->command = command != NULL ? g_utf8_make_valid (command, -1) : NULL;
  evidence->text = g_utf8_make_valid (text, -1);
  g_ptr_array_add (self->evidence, evidence);
}

GPtrArray *
tsm_findings_steal_evidence (TsmFindings *self)
{
  GPtrArray *evidence = self->evidence;

  self->evidence = tsm_evidence_array_new ();
  return evidence;
}

/**
 * tsm_findings_merge:
 * @self: findings
 * @other: others, which have nothing left afterwards
 *
 * Takes over the values and, behind its own, the evidence.
 */
void
tsm_findings_merge (TsmFindings *self,
                    TsmFindings *other)
{
  g_autoptr (GPtrArray) evidence = tsm_findings_steal_evidence (other);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, other->values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_hash_table_iter_steal (&iter);
      g_hash_table_insert (self->values, name, value);
    }

  g_ptr_array_extend_and_steal (self->evidence, g_steal_pointer (&evidence));
  self->is_soft |= other->is_soft;
}

/**
 * tsm_findings_fill:
 * @self: findings
 * @sentence: with {names}
 *
 * Returns: (transfer full): the sentence with each name replaced by its value, or by nothing where it has none. Values are
 *   not looked at again, so that what came over the wire cannot name anything.
 */
char *
tsm_findings_fill (TsmFindings *self,
                   const char  *sentence)
{
  GString *text = g_string_new (NULL);
  const char *open;

  while ((open = strchr (sentence, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = NULL;
      const char *value;

      if (close == NULL)
        break;

      name = g_strndup (open + 1, close - open - 1);
      value = tsm_findings_get (self, name);
      g_string_append_len (text, sentence, open - sentence);
      g_string_append (text, value != NULL ? value : "");
      sentence = close + 1;
    }

  g_string_append (text, sentence);
  return g_string_free (text, FALSE);
}
