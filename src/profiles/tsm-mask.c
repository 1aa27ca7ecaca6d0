/* Finds the password in an address, also in one that is not legal, and in lines of files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "profiles/tsm-mask.h"

#include <string.h>

#include "redis/tsm-url.h"

/**
 * tsm_mask_find:
 * @text: one line
 * @bare: whether the address may begin with the text itself; otherwise only what follows `://` is looked at
 * @start: (out): where the password begins
 * @length: (out): its bytes
 *
 * Looks for `user:password@` or `:password@`. The address need not be legal: rather too much is found than too little.
 *
 * Returns: whether there is a password that is not hidden yet
 */
gboolean
tsm_mask_find (const char *text,
               gboolean    bare,
               gsize      *start,
               gsize      *length)
{
  const char *scheme = strstr (text, "://");
  const char *begin = scheme != NULL ? scheme + strlen ("://") : text;
  const char *at = strrchr (begin, '@');
  const char *colon = at != NULL ? memchr (begin, ':', at - begin) : NULL;

  if ((scheme == NULL && !bare) || colon == NULL)
    return FALSE;

  *start = colon + 1 - text;
  *length = at - colon - 1;
  return *length > 0 && (*length != strlen (TSM_MASK) || strncmp (colon + 1, TSM_MASK, *length) != 0);
}

/* Whether the line is "…password… = …"; @value is where the value begins. */
static gboolean
is_password_line (const char  *line,
                  const char **value)
{
  const char *equals = strchr (line, '=');
  g_autofree char *key = equals != NULL ? g_ascii_strdown (line, equals - line) : NULL;

  *value = equals != NULL ? equals + 1 : NULL;
  return key != NULL && strstr (key, "password") != NULL && equals[1] != '\0';
}

static void
append_masked_url (GString    *out,
                   const char *url)
{
  gsize start, length;

  if (!tsm_mask_find (url, TRUE, &start, &length))
    {
      g_string_append (out, url);
      return;
    }

  g_string_append_len (out, url, (gssize) start);
  g_string_append (out, TSM_MASK);
  g_string_append (out, url + start + length);
}

static void
append_masked_line (GString    *out,
                    const char *line)
{
  const char *value;
  gboolean is_password = is_password_line (line, &value);

  if (value == NULL)
    value = line;
  g_string_append_len (out, line, value - line);
  if (is_password)
    g_string_append (out, TSM_MASK);
  else
    append_masked_url (out, value);
}

/**
 * tsm_mask_dup_url:
 * @url: an address, which need not be legal
 *
 * Returns: (transfer full): the same with `***` in the place of its password
 */
char *
tsm_mask_dup_url (const char *url)
{
  GString *out = g_string_new (NULL);

  append_masked_url (out, url);
  return g_string_free (out, FALSE);
}

/**
 * tsm_mask_file:
 * @text: (array length=length): a file of lines, in any state
 * @length: bytes of @text
 *
 * Returns: (transfer full): the same without anything that may be a password. NUL is left out.
 */
char *
tsm_mask_file (const char *text,
               gsize       length)
{
  GString *out = g_string_sized_new (length + 16);
  const char *end = text + length;

  while (text < end)
    {
      const char *newline = memchr (text, '\n', end - text);
      gsize size = newline != NULL ? (gsize) (newline - text) : (gsize) (end - text);
      char *line = g_strndup (text, size);

      append_masked_line (out, line);
      tsm_url_wipe (line);
      if (newline != NULL)
        g_string_append_c (out, '\n');
      text += size + (newline != NULL);
    }

  return g_string_free (out, FALSE);
}
