/* The scanner: text in, tape out, by a state machine that keeps its stack in the tape.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Grammar: RFC 8259, and the words NaN, Infinity and -Infinity. The text holds no NUL (it is valid UTF-8, which
 * g_utf8_validate_len() takes to exclude NUL), so the NUL behind it ends every loop.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "events/tsm-json.h"

#define NO_CONTAINER G_MAXUINT32
#define KEPT_TOKENS  (64 * 1024) /* a tape longer than this is given back, see tsm_json_trim() */
#define KEPT_TEXT    (1024 * 1024)

typedef enum
{
  STATE_VALUE,
  STATE_FIRST_ELEMENT,
  STATE_FIRST_KEY,
  STATE_KEY,
  STATE_AFTER_VALUE,
  STATE_DONE,
  STATE_SYNTAX,
  STATE_TOO_DEEP,
} State;

typedef struct
{
  TsmJson    *json;
  char       *at;
  guint32     open; /* index of the innermost open container, whose `next` holds the one around it meanwhile */
  guint       depth;
  guint       max_depth;
  const char *expected;
} Scanner;

static State
fail (Scanner    *self,
      const char *expected)
{
  self->expected = expected;
  return STATE_SYNTAX;
}

static inline TsmJsonToken *
add_token (Scanner     *self,
           TsmJsonKind  kind,
           const char  *start,
           gsize        length)
{
  TsmJson *json = self->json;
  TsmJsonToken *token;

  if (G_UNLIKELY (json->n_tokens == json->n_allocated))
    {
      json->n_allocated = MAX (256, json->n_allocated * 2);
      json->tokens = g_renew (TsmJsonToken, json->tokens, json->n_allocated);
    }

  token = &json->tokens[json->n_tokens++];
  token->start = (guint32) (start - json->text);
  token->length = (guint32) length;
  token->next = json->n_tokens;
  token->kind = kind;
  return token;
}

static inline void
count_in_container (Scanner *self)
{
  if (self->open != NO_CONTAINER)
    self->json->tokens[self->open].length++;
}

static inline void
skip_white_space (Scanner *self)
{
  while (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t')
    self->at++;
}

/* Ends a string's token at its closing quote, which becomes the NUL. */
static gboolean
read_string (Scanner *self)
{
  char *start = self->at + 1;
  char *at = start;
  gsize length;

  while (*at != '"' && *at != '\\' && (guchar) *at >= 0x20)
    at++;

  if (*at == '\\')
    {
      length = (gsize) (at - start) + tsm_json_unescape (at, &at);
    }
  else
    {
      length = (gsize) (at - start);
    }

  self->at = at;
  if (*at != '"')
    {
      self->expected = *at == '\0' ? N_("the end of a string")
                       : *at == '\\' ? N_("a known escape after the backslash")
                                     : N_("no bare control character in a string");
      return FALSE;
    }

  add_token (self, TSM_JSON_STRING, start, length);
  start[length] = '\0';
  self->at++;
  return TRUE;
}

static inline gboolean
skip_digits (char **at)
{
  char *start = *at;

  while (g_ascii_isdigit (**at))
    (*at)++;
  return *at > start;
}

static State
read_number (Scanner *self)
{
  char *start = self->at;
  gboolean complete;

  if (*self->at == '-')
    self->at++;
  if (*self->at == '0')
    {
      self->at++;
      complete = TRUE;
    }
  else
    {
      complete = skip_digits (&self->at);
    }

  if (complete && *self->at == '.')
    {
      self->at++;
      complete = skip_digits (&self->at);
    }
  if (complete && (*self->at == 'e' || *self->at == 'E'))
    {
      self->at++;
      if (*self->at == '+' || *self->at == '-')
        self->at++;
      complete = skip_digits (&self->at);
    }
  if (!complete)
    return fail (self, N_("a digit"));

  add_token (self, TSM_JSON_NUMBER, start, (gsize) (self->at - start));
  return STATE_AFTER_VALUE;
}

static const struct
{
  const char  *word;
  TsmJsonKind  kind;
} words[] = {
  { "true", TSM_JSON_TRUE },
  { "false", TSM_JSON_FALSE },
  { "null", TSM_JSON_NULL },
  { "NaN", TSM_JSON_NON_FINITE },
  { "Infinity", TSM_JSON_NON_FINITE },
  { "-Infinity", TSM_JSON_NON_FINITE },
};

static State
read_word (Scanner *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);

      if (strncmp (self->at, words[i].word, length) == 0 && !g_ascii_isalnum (self->at[length]))
        {
          add_token (self, words[i].kind, self->at, length);
          self->at += length;
          return STATE_AFTER_VALUE;
        }
    }

  return fail (self, N_("a value"));
}

static State
open_container (Scanner     *self,
                TsmJsonKind  kind,
                State        state)
{
  TsmJsonToken *token;

  if (self->depth == self->max_depth)
    return STATE_TOO_DEEP;

  token = add_token (self, kind, self->at, 0);
  token->next = self->open;
  self->open = self->json->n_tokens - 1;
  self->depth++;
  self->at++;
  return state;
}

static State
close_container (Scanner *self)
{
  TsmJsonToken *token = &self->json->tokens[self->open];

  self->open = token->next;
  token->next = self->json->n_tokens;
  self->depth--;
  self->at++;
  return STATE_AFTER_VALUE;
}

static State
read_value (Scanner *self)
{
  char c = *self->at;

  if (c == '"')
    {
      count_in_container (self);
      return read_string (self) ? STATE_AFTER_VALUE : STATE_SYNTAX;
    }

  count_in_container (self);
  if (c == '{')
    return open_container (self, TSM_JSON_OBJECT, STATE_FIRST_KEY);
  if (c == '[')
    return open_container (self, TSM_JSON_ARRAY, STATE_FIRST_ELEMENT);
  if (g_ascii_isdigit (c) || (c == '-' && self->at[1] != 'I'))
    return read_number (self);
  return read_word (self);
}

static State
read_key (Scanner *self)
{
  if (*self->at != '"')
    return fail (self, N_("a name in double quotes"));
  if (!read_string (self))
    return STATE_SYNTAX;

  skip_white_space (self);
  if (*self->at != ':')
    return fail (self, N_("a colon"));

  self->at++;
  return STATE_VALUE;
}

static State
read_after_value (Scanner *self)
{
  gboolean in_object;

  if (self->open == NO_CONTAINER)
    return *self->at == '\0' ? STATE_DONE : fail (self, N_("nothing after the event"));

  in_object = self->json->tokens[self->open].kind == TSM_JSON_OBJECT;
  if (*self->at == ',')
    {
      self->at++;
      return in_object ? STATE_KEY : STATE_VALUE;
    }
  if (*self->at == (in_object ? '}' : ']'))
    return close_container (self);
  return fail (self, in_object ? N_("a comma or a closing brace") : N_("a comma or a closing bracket"));
}

static State
step (Scanner *self,
      State    state)
{
  switch (state)
    {
    case STATE_FIRST_KEY:
      return *self->at == '}' ? close_container (self) : read_key (self);

    case STATE_KEY:
      return read_key (self);

    case STATE_FIRST_ELEMENT:
      return *self->at == ']' ? close_container (self) : read_value (self);

    case STATE_VALUE:
      return read_value (self);

    case STATE_AFTER_VALUE:
      return read_after_value (self);

    case STATE_DONE:
    case STATE_SYNTAX:
    case STATE_TOO_DEEP:
    default:
      return state;
    }
}

/**
 * tsm_json_scan:
 * @text: the text; it need not end in NUL, and may lie in @self's own text (a string of the tape)
 * @length: bytes of @text, at most %TSM_JSON_SIZE_LIMIT
 * @max_depth: nested arrays and objects that are accepted, at most %TSM_JSON_DEPTH_LIMIT
 * @error: (out): where and what, unless %TSM_JSON_OK is returned
 *
 * Scans a whole text. A member name that comes twice is kept twice; readers take the last.
 *
 * Returns: %TSM_JSON_OK with at least one token on the tape, or why there is none to read
 */
TsmJsonStatus
tsm_json_scan (TsmJson      *self,
               const char   *text,
               gsize         length,
               guint         max_depth,
               TsmJsonError *error)
{
  Scanner scanner = { self, NULL, NO_CONTAINER, 0, MIN (max_depth, TSM_JSON_DEPTH_LIMIT), NULL };
  State state = STATE_VALUE;
  const char *end;

  g_return_val_if_fail (length <= TSM_JSON_SIZE_LIMIT, TSM_JSON_SYNTAX);

  if (!g_utf8_validate_len (text, length, &end))
    {
      *error = (TsmJsonError) { (gsize) (end - text), NULL };
      return TSM_JSON_NOT_UTF8;
    }

  if (self->text_size < length + 1)
    {
      char *bigger = g_malloc (length + 1);

      memcpy (bigger, text, length);
      g_free (self->text);
      self->text = bigger;
      self->text_size = length + 1;
    }
  else
    {
      memmove (self->text, text, length);
    }
  self->text[length] = '\0';
  self->n_tokens = 0;
  scanner.at = self->text;

  while (state < STATE_DONE)
    {
      skip_white_space (&scanner);
      state = step (&scanner, state);
    }

  *error = (TsmJsonError) { (gsize) (scanner.at - self->text), scanner.expected };
  return state == STATE_DONE ? TSM_JSON_OK : state == STATE_TOO_DEEP ? TSM_JSON_TOO_DEEP : TSM_JSON_SYNTAX;
}

/**
 * tsm_json_trim:
 *
 * Gives memory back after an unusually large text, so that one such message does not hold megabytes for ever.
 */
void
tsm_json_trim (TsmJson *self)
{
  if (self->n_allocated > KEPT_TOKENS || self->text_size > KEPT_TEXT)
    tsm_json_clear (self);
}

/**
 * tsm_json_clear:
 *
 * Frees what @self holds and leaves it empty, ready for another scan. A zeroed struct is an empty one.
 */
void
tsm_json_clear (TsmJson *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->tokens, g_free);
  self->text_size = 0;
  self->n_tokens = 0;
  self->n_allocated = 0;
}
