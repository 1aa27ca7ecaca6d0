/* The splitter: finds where the events stand in a text that holds one of them, an array, JSON Lines, or one after another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It looks at brackets and strings only, so a value with a fault inside still keeps its bounds, and the decoder can say
 * what the fault is. It does not recurse.
 */

#include "cli/tsm-splitter.h"

#include <string.h>

typedef struct
{
  const char *text;
  gsize       length;
  gsize       at;
  gsize       line_at; /* up to here lines are counted */
  guint64     line;
  GArray     *spans;
} Splitter;

static gboolean
is_space (char byte)
{
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static void
skip_space (Splitter *self)
{
  while (self->at < self->length && is_space (self->text[self->at]))
    self->at++;
}

static void
add_span (Splitter *self,
          gsize     start,
          gsize     end)
{
  TsmSpan span = { start, end - start, 0 };

  for (; self->line_at < start; self->line_at++)
    self->line += self->text[self->line_at] == '\n';
  span.line = self->line;
  g_array_append_val (self->spans, span);
}

/* Stands on the opening quote. Returns: whether the string ends, on the same line. */
static gboolean
skip_string (Splitter *self)
{
  for (self->at++; self->at < self->length; self->at++)
    {
      char byte = self->text[self->at];

      if (byte == '\n')
        return FALSE;
      if (byte == '\\')
        self->at++;
      else if (byte == '"')
        {
          self->at++;
          return TRUE;
        }
    }

  return FALSE;
}

/* Stands on `{` or `[`. Returns: whether as many brackets close as open. */
static gboolean
skip_container (Splitter *self)
{
  gsize depth = 0;

  while (self->at < self->length)
    {
      char byte = self->text[self->at];

      if (byte == '"')
        {
          if (!skip_string (self))
            return FALSE;
          continue;
        }

      self->at++;
      if (byte == '{' || byte == '[')
        depth++;
      else if ((byte == '}' || byte == ']') && --depth == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
skip_value (Splitter *self)
{
  char byte = self->text[self->at];

  if (byte == '{' || byte == '[')
    return skip_container (self);

  return byte == '"' && skip_string (self);
}

/* An element of an array may also be a number or a word, which no event is; the decoder will say so. */
static gboolean
skip_element (Splitter *self)
{
  gsize start = self->at;

  if (strchr ("{[\"", self->text[self->at]) != NULL && self->text[self->at] != '\0')
    return skip_value (self);

  while (self->at < self->length && !is_space (self->text[self->at]) && strchr (",]}", self->text[self->at]) == NULL)
    self->at++;

  return self->at > start;
}

/* Stands on `[`. */
static gboolean
split_array (Splitter *self)
{
  self->at++;
  skip_space (self);
  if (self->at < self->length && self->text[self->at] == ']')
    {
      self->at++;
      return TRUE;
    }

  while (self->at < self->length)
    {
      gsize start = self->at;

      if (!skip_element (self))
        return FALSE;
      add_span (self, start, self->at);

      skip_space (self);
      if (self->at >= self->length)
        return FALSE;
      if (self->text[self->at] == ']')
        {
          self->at++;
          return TRUE;
        }
      if (self->text[self->at++] != ',')
        return FALSE;
      skip_space (self);
    }

  return FALSE;
}

/* Returns: whether the whole text consists of values that begin and end. */
static gboolean
split_values (Splitter *self)
{
  const char *mark = "\xef\xbb\xbf";
  gsize mark_size = self->length >= 3 && memcmp (self->text, mark, 3) == 0 ? 3 : 0;
  guint n_values = 0;

  self->at = mark_size;
  for (skip_space (self); self->at < self->length; skip_space (self))
    {
      gsize start = self->at == mark_size ? 0 : self->at; /* the mark goes to the decoder */

      n_values++;
      if (self->text[self->at] == '[')
        {
          if (!split_array (self))
            return FALSE;
          continue;
        }

      if (!skip_value (self))
        return FALSE;
      add_span (self, start, self->at);
    }

  return n_values > 0;
}

/* Returns: whether the text is better read line by line than as a whole. */
static gboolean
split_lines (Splitter *self)
{
  guint n_lines = 0, n_objects = 0;

  for (gsize start = 0; start < self->length;)
    {
      const char *newline = memchr (self->text + start, '\n', self->length - start);
      gsize end = newline != NULL ? (gsize) (newline - self->text) : self->length;
      gsize next = end + 1;

      while (start < end && is_space (self->text[start]))
        start++;
      while (end > start && is_space (self->text[end - 1]))
        end--;
      if (end > start)
        {
          n_lines++;
          n_objects += self->text[start] == '{';
          add_span (self, start, end);
        }
      start = next;
    }

  return n_lines > 0 && n_objects * 2 >= n_lines;
}

static void
reset (Splitter *self)
{
  g_array_set_size (self->spans, 0);
  self->at = 0;
  self->line_at = 0;
  self->line = 1;
}

/**
 * tsm_split_events:
 * @text: any bytes
 * @length: how many
 *
 * Where @text is a sequence of JSON values, each is one event, and of an array each element. Where one does not end,
 * the lines are the events if half of them begin as an object does; otherwise all of @text is one (broken) event.
 *
 * Returns: (transfer full) (element-type TsmSpan): where the events stand; empty for an empty array
 */
GArray *
tsm_split_events (const char *text,
                  gsize       length)
{
  Splitter self = { .text = text, .length = length, .line = 1, .spans = g_array_new (FALSE, FALSE, sizeof (TsmSpan)) };

  if (split_values (&self))
    return self.spans;

  reset (&self);
  if (split_lines (&self))
    return self.spans;

  reset (&self);
  add_span (&self, 0, length);
  return self.spans;
}
