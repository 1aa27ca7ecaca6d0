/* What several models share: texts that change, names for people, the time of an event, rows that leave a list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-model-util.h"

/**
 * tsm_text_assign: (skip)
 * @field: (inout): an owned text
 * @value: (nullable): what it should be
 *
 * Returns: whether @field was another text before
 */
gboolean
tsm_text_assign (char       **field,
                 const char  *value)
{
  char *copy;

  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_free (*field);
  *field = copy;
  return TRUE;
}

static gboolean
strv_equal (const char * const *a,
            const char * const *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strv_equal (a, b);
}

/**
 * tsm_strv_assign: (skip)
 * @field: (inout): an owned, NULL-terminated list of texts, or NULL
 * @value: (nullable): what it should be
 *
 * Returns: whether @field was another list before
 */
gboolean
tsm_strv_assign (char             ***field,
                 const char * const *value)
{
  char **copy;

  if (strv_equal ((const char * const *) *field, value))
    return FALSE;

  copy = g_strdupv ((char **) value);
  g_strfreev (*field);
  *field = copy;
  return TRUE;
}

/**
 * tsm_text_is_blank: (skip)
 * @text: (nullable): a text
 *
 * Returns: whether there is nothing in it
 */
gboolean
tsm_text_is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

/**
 * tsm_text_dup_title: (skip)
 * @name: a name of the wire, e.g. `pattern_detection`
 *
 * Makes a name of the wire readable: separators become spaces, the first letter a capital.
 *
 * Returns: (transfer full): e.g. "Pattern detection"
 */
char *
tsm_text_dup_title (const char *name)
{
  g_autofree char *words = g_strdelimit (g_strdup (name), "_-.", ' ');
  const char      *rest;
  GString         *title;

  g_strstrip (words);
  if (*words == '\0')
    return g_strdup (name);

  rest = g_utf8_next_char (words);
  title = g_string_new (NULL);
  g_string_append_unichar (title, g_unichar_totitle (g_utf8_get_char (words)));
  g_string_append (title, rest);
  return g_string_free (title, FALSE);
}

/**
 * tsm_event_get_time: (skip)
 * @event: an event
 *
 * When it happened: what the source says, unless it says nothing or its clock is more than a day off; then the time of
 * arrival.
 *
 * Returns: µs since the epoch
 */
gint64
tsm_event_get_time (TsmEvent *event)
{
  gint64 received = tsm_event_get_received (event);
  gint64 timestamp = tsm_event_get_timestamp (event);

  /* compared as sums: the difference of a hostile timestamp may not fit */
  if (timestamp > received - G_TIME_SPAN_DAY && timestamp < received + G_TIME_SPAN_DAY)
    return timestamp;

  return received;
}

/**
 * tsm_model_remove_rows: (skip)
 * @model: the list that watchers know
 * @rows: its rows
 * @is_leaving: tells which rows leave; called once for each, last first
 * @user_data: for @is_leaving
 *
 * Removes rows, with one #GListModel::items-changed for each run of neighbours. Goes from the end to the front, so that
 * the positions told stay true.
 */
void
tsm_model_remove_rows (GListModel *model,
                       GPtrArray  *rows,
                       TsmRowFunc  is_leaving,
                       gpointer    user_data)
{
  guint end = rows->len;

  while (end > 0)
    {
      guint start = end;

      while (start > 0 && is_leaving (g_ptr_array_index (rows, start - 1), user_data))
        start--;

      if (start == end)
        {
          end--;
          continue;
        }

      g_ptr_array_remove_range (rows, start, end - start);
      g_list_model_items_changed (model, start, end - start, 0);
      /* the row before is known to stay */
      end = start > 0 ? start - 1 : 0;
    }
}
