/* A table of the words that give a command away.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-alert-advice.h"

#include <string.h>

#include "ui/tsm-event-text.h"

#define MAX_WORDS 2

/* Beginnings of words, in lower case: all of a row must occur. The first row that fits wins. */
static const struct
{
  TsmCommandId  command;
  const char   *words[MAX_WORDS];
} advices[] = {
  { TSM_COMMAND_RESTART_WORKERS,    { "restart", "worker" } },
  { TSM_COMMAND_CLEAR_CACHE,        { "clear", "cache" } },
  { TSM_COMMAND_CLEAR_CACHE,        { "flush", "cache" } },
  { TSM_COMMAND_RELOAD_PATTERNS,    { "reload", "pattern" } },
  { TSM_COMMAND_FORCE_HEALTH_CHECK, { "health", "check" } },
  { TSM_COMMAND_FORCE_GC,           { "garbage", "collect" } },
  { TSM_COMMAND_FORCE_GC,           { "force", "gc" } },
  { TSM_COMMAND_FORCE_GC,           { "run", "gc" } },
};

static gboolean
has_word (char       **words,
          const char  *beginning)
{
  for (; *words != NULL; words++)
    {
      if (g_str_has_prefix (*words, beginning))
        return TRUE;
    }

  return FALSE;
}

/* "do not restart the workers" must not offer to restart them. */
static gboolean
is_negative (const char  *folded,
             char       **words)
{
  static const char *const beginnings[] = { "not", "cannot", "never", "dont", "avoid", "without" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      if (has_word (words, beginnings[i]))
        return TRUE;
    }

  return strstr (folded, "n't") != NULL || strstr (folded, "n’t") != NULL;
}

/**
 * tsm_alert_advice_find_command:
 * @advice: a suggested action as the engine wrote it
 * @command: (out): the manual command that it means
 *
 * Returns: whether it means one
 */
gboolean
tsm_alert_advice_find_command (const char   *advice,
                               TsmCommandId *command)
{
  g_autofree char *line = NULL;
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (advice != NULL, FALSE);

  line = tsm_event_text_dup_line (advice, TSM_EVENT_TEXT_CELL);
  folded = tsm_event_text_fold (line);
  words = g_strsplit_set (folded, " _-'’.,;:!()\"", -1);
  if (is_negative (folded, words))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (advices); i++)
    {
      if (has_word (words, advices[i].words[0]) && has_word (words, advices[i].words[1]))
        {
          *command = advices[i].command;
          return TRUE;
        }
    }

  return FALSE;
}
