/* Reads a .env file; nothing of it is executed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     # comment                     REDIS_PORT = 6379   # comment after a space
 *     export REDIS_HOST=10.0.0.5    REDIS_PASSWORD='as $it is'
 *     REDIS_HOST                    REDIS_URL="redis://${REDIS_HOST}:${REDIS_PORT:-6379}/0"
 *     (not set: left out)           (\n \r \t \\ \" \$ \` are escapes between double quotes)
 */

#include "profiles/tsm-env-file.h"

#include <string.h>

#include "profiles/tsm-keyfile-text.h"
#include "redis/tsm-url.h"

struct _TsmEnvFile
{
  GHashTable *variables; /* name → TsmEnvVariable */
};

/* What is being read. */
typedef struct
{
  TsmEnvFile *file;
  const char *at;
  const char *end;
  guint       line;
} Reader;

static void
variable_free (TsmEnvVariable *variable)
{
  tsm_url_wipe (variable->value);
  g_free (variable);
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

static void
skip_blanks (Reader *self)
{
  while (self->at < self->end && is_blank (*self->at))
    self->at++;
}

static void
skip_line (Reader *self)
{
  const char *newline = memchr (self->at, '\n', self->end - self->at);

  self->at = newline != NULL ? newline + 1 : self->end;
  self->line++;
}

static gboolean
at_line_end (Reader *self)
{
  return self->at >= self->end || *self->at == '\n';
}

/* Nothing but a comment may follow a value. */
static gboolean
at_value_end (Reader *self)
{
  skip_blanks (self);
  return at_line_end (self) || *self->at == '#';
}

static gboolean
is_name_character (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-' || c == '.';
}

/* (transfer full) (nullable): A–Z a–z 0–9 _ - ., the first no digit */
static char *
read_name (Reader *self)
{
  const char *start = self->at;

  while (self->at < self->end && is_name_character (*self->at))
    self->at++;

  return self->at > start && !g_ascii_isdigit (*start) ? g_strndup (start, self->at - start) : NULL;
}

/* (nullable): what is known of it until this line */
static const char *
get_known (Reader     *self,
           const char *name)
{
  const TsmEnvVariable *variable = tsm_env_file_lookup (self->file, name);

  return variable != NULL && variable->value != NULL && *variable->value != '\0' ? variable->value : NULL;
}

/* After "${": "NAME}" or "NAME:-DEFAULT}". Appends what it stands for, but no more than a value may have: references to
 * references grow without bounds. Returns: FALSE where it is not closed, too long, or there is no such variable. */
static gboolean
read_reference (Reader  *self,
                GString *value)
{
  g_autofree char *name = read_name (self);
  const char *known = name != NULL ? get_known (self, name) : NULL;
  const char *start = self->at;
  gboolean has_default = self->end - start >= 2 && start[0] == ':' && start[1] == '-';

  while (!at_line_end (self) && *self->at != '}')
    self->at++;
  if (at_line_end (self) || name == NULL || (!has_default && (self->at > start || known == NULL)))
    return FALSE;

  if (known != NULL)
    g_string_append (value, known);
  else
    g_string_append_len (value, start + 2, self->at - start - 2);
  self->at++;
  return value->len <= TSM_ENV_FILE_MAX_VALUE;
}

/* One character of a value that stands outside single quotes, an escape or a reference. */
static gboolean
read_character (Reader   *self,
                gboolean  quoted,
                GString  *value)
{
  static const char escapes[] = "n\nr\rt\t\\\\\"\"$$``";
  const char *escape;

  if (quoted && *self->at == '\\' && self->at + 1 < self->end)
    for (escape = escapes; *escape != '\0'; escape += 2)
      if (self->at[1] == *escape)
        {
          g_string_append_c (value, escape[1]);
          self->at += 2;
          return TRUE;
        }

  if (self->end - self->at >= 2 && self->at[0] == '$' && self->at[1] == '{')
    {
      self->at += 2;
      return read_reference (self, value);
    }

  if (*self->at == '\n')
    self->line++;
  g_string_append_c (value, *self->at++);
  return TRUE;
}

/* Up to the quote that closes it, over lines if need be. */
static gboolean
read_quoted (Reader  *self,
             GString *value)
{
  char quote = *self->at++;
  gboolean ok = TRUE;

  while (ok && self->at < self->end && *self->at != quote)
    {
      if (quote == '"')
        {
          ok = read_character (self, TRUE, value);
          continue;
        }

      if (*self->at == '\n')
        self->line++;
      g_string_append_c (value, *self->at++);
    }

  if (!ok || self->at >= self->end)
    return FALSE;

  self->at++;
  return at_value_end (self);
}

/* Up to the end of the line, or to a # after a blank. */
static gboolean
read_plain (Reader  *self,
            GString *value)
{
  gboolean ok = TRUE;

  while (ok && !at_line_end (self))
    {
      if (*self->at == '#' && (value->len == 0 || is_blank (self->at[-1])))
        break;
      ok = read_character (self, FALSE, value);
    }

  while (value->len > 0 && is_blank (value->str[value->len - 1]))
    g_string_truncate (value, value->len - 1);

  return ok;
}

static gboolean
is_text (const GString *value)
{
  return value->len <= TSM_ENV_FILE_MAX_VALUE && g_utf8_validate_len (value->str, value->len, NULL);
}

/* After "=". (transfer full) (nullable): the value; where it is wrong, that costs its first line only. */
static char *
read_value (Reader *self)
{
  GString *value = g_string_new (NULL);
  Reader start = *self;
  char *text;
  gboolean ok;

  skip_blanks (self);
  if (!at_line_end (self) && (*self->at == '"' || *self->at == '\''))
    ok = read_quoted (self, value);
  else
    ok = read_plain (self, value);

  ok = ok && is_text (value);
  text = g_string_free (value, FALSE);
  if (ok)
    return text;

  *self = start;
  tsm_url_wipe (text);
  return NULL;
}

/* Returns: whether the line is one that a .env file may have; the value need not be understood. */
static gboolean
read_line (Reader *self)
{
  g_autofree char *name = NULL;
  TsmEnvVariable *variable;

  skip_blanks (self);
  if (at_line_end (self) || *self->at == '#')
    return TRUE;

  name = read_name (self);
  if (g_strcmp0 (name, "export") == 0 && !at_line_end (self) && is_blank (*self->at))
    {
      skip_blanks (self);
      g_free (name);
      name = read_name (self);
    }

  skip_blanks (self);
  if (name == NULL || at_line_end (self) || *self->at != '=')
    return name != NULL && at_value_end (self);

  self->at++;
  variable = g_new0 (TsmEnvVariable, 1);
  variable->line = self->line;
  variable->value = read_value (self);
  g_hash_table_replace (self->file->variables, g_steal_pointer (&name), variable);
  return TRUE;
}

/**
 * tsm_env_file_parse:
 * @text: (array length=length): any bytes
 * @length: bytes of @text
 * @wrong_lines: (element-type guint): the numbers of the lines that are not understood are added
 *
 * Of a variable that is set twice the later counts.
 *
 * Returns: (transfer full): the variables; their memory is overwritten when they are freed
 */
TsmEnvFile *
tsm_env_file_parse (const char *text,
                    gsize       length,
                    GArray     *wrong_lines)
{
  TsmEnvFile *self = g_new0 (TsmEnvFile, 1);
  Reader reader = { self, text + tsm_keyfile_text_skip_bom (text, length), text + length, 1 };

  self->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) variable_free);
  while (reader.at < reader.end)
    {
      guint line = reader.line;

      if (!read_line (&reader))
        g_array_append_val (wrong_lines, line);
      skip_line (&reader);
    }

  return self;
}

/**
 * tsm_env_file_free:
 * @self: (transfer full): a file
 *
 * Frees it; the values are overwritten, as a password may be among them.
 */
void
tsm_env_file_free (TsmEnvFile *self)
{
  g_hash_table_unref (self->variables);
  g_free (self);
}

/**
 * tsm_env_file_lookup:
 *
 * Returns: (nullable): the variable, if it is in the file
 */
const TsmEnvVariable *
tsm_env_file_lookup (TsmEnvFile *self,
                     const char *name)
{
  return g_hash_table_lookup (self->variables, name);
}
