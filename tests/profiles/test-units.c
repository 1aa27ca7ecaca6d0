/* The small parts: passwords in arguments and files, wrong lines of keyfiles, the list of problems.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "profiles/tsm-arguments.h"
#include "profiles/tsm-keyfile-text.h"
#include "profiles/tsm-mask.h"
#include "profiles/tsm-problems.h"

static const struct
{
  const char *before; /* the argument before it */
  const char *argument;
  const char *hidden;
} arguments[] = {
  { "watch", "--url=redis://me:s3cr3t@h:6379/0", "--url=redis://me:***@h:6379/0" },
  { "--url", "redis://:s3cr3t@h", "redis://:***@h" },
  { "--url", "me:s3cr3t@h", "me:***@h" },
  { "watch", "--url=:s3cr3t@h", "--url=:***@h" },
  { "Name", "redis://:s3cr3t@h", "redis://:***@h" },
  { "--url", "unix://me:s3cr3t@/run/redis.sock", "unix://me:***@/run/redis.sock" },
  { "--url", "redis+sentinel://:s3cr3t@a,b:1/main", "redis+sentinel://:***@a,b:1/main" },
  { "--url", "redis://:p@h", "redis://:*@h" },
  { "--url", "redis://:s3:cr@3t@h", "redis://:***@h" },
  { "--url", "redis://:s3cr3t@h:99999", "redis://:***@h:99999" },
  { "--url", "redis://:s3cr3t@", "redis://:***@" },
  { "--url", "redis://me@h", "redis://me@h" },
  { "--url", "redis://h:6379", "redis://h:6379" },
  { "--url", "redis://:***@h", "redis://:***@h" },
  { "alerts", "a:b@c", "a:b@c" },
  { "--url", "", "" },
};

static void
test_arguments (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_autofree char *program = g_strdup ("program");
      g_autofree char *before = g_strdup (arguments[i].before);
      gsize size = strlen (arguments[i].argument) + 1;
      g_autofree char *argument = g_strdup (arguments[i].argument);
      char *argv[] = { program, before, argument, NULL };

      g_autoptr (TsmArguments) given = tsm_arguments_new (3, argv);

      g_assert_cmpstr (argument, ==, arguments[i].hidden);
      for (gsize at = strlen (argument); at < size; at++)
        g_assert_cmpint (argument[at], ==, '\0'); /* not even behind its end */
    }
}

/* The parser gets what `ps` shows, and who connects gets the rest, once. */
static void
test_arguments_of_parser (void)
{
  g_autofree char *program = g_strdup ("program");
  g_autofree char *option = g_strdup ("--url");
  g_autofree char *separate = g_strdup ("redis://:first@h");
  g_autofree char *joined = g_strdup ("--url=redis://me:second@h");
  g_autofree char *address = g_strdup ("redis://:third@h");
  char *argv[] = { program, option, separate, joined, address, NULL };
  g_autoptr (TsmArguments) given = tsm_arguments_new (5, argv);
  g_auto (GStrv) parsed = tsm_arguments_dup_strv (given);
  g_autofree char *first = tsm_arguments_steal_url (given, "redis://:***@h");
  g_autofree char *second = tsm_arguments_steal_url (given, "redis://me:***@h");
  g_autofree char *again = tsm_arguments_steal_url (given, "redis://me:***@h");
  g_autofree char *plain = tsm_arguments_steal_url (given, "redis://h");

  g_assert_cmpstr (parsed[2], ==, "redis://:***@h");
  g_assert_cmpstr (parsed[3], ==, "--url=redis://me:***@h");
  g_assert_cmpstr (parsed[4], ==, "redis://:third@h"); /* no option: who it is for takes it as it is */
  g_assert_cmpstr (first, ==, "redis://:first@h");
  g_assert_cmpstr (second, ==, "redis://me:second@h");
  g_assert_cmpstr (again, ==, "redis://me:***@h");
  g_assert_cmpstr (plain, ==, "redis://h");
}

static void
test_mask_url (void)
{
  static const struct { const char *url; const char *masked; } cases[] = {
    { "redis://me:secret@host:1x", "redis://me:***@host:1x" }, { "rediss://:a=b@c:d@host", "rediss://:***@host" },
    { "me:secret@host", "me:***@host" },                       { "redis://me:***@host", "redis://me:***@host" },
    { "redis://me@host:1", "redis://me@host:1" },              { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = tsm_mask_dup_url (cases[i].url);

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

static void
test_mask_file (void)
{
  static const char text[] = "[x]\nurl=redis://a:s3cr3t@h\nPassword = s3cr3t\nurl=me:s3cr3t@h\nname=A: b\nsentinel-password=s3cr3t\nredis://:s3cr3t@h";
  g_autofree char *masked = tsm_mask_file (text, strlen (text));

  g_assert_cmpstr (masked, ==, "[x]\nurl=redis://a:***@h\nPassword =***\nurl=me:***@h\nname=A: b\nsentinel-password=***\nredis://:***@h");
}

static void
test_keyfile_text (void)
{
  static const char text[] = "\xef\xbb\xbf[a]\nx=1\nbad\n\0\n[b\ny=2\n[c]\nz=3";
  g_autoptr (GArray) wrong = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GKeyFile) file = tsm_keyfile_text_parse (text, sizeof text - 1, wrong);
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  g_assert_cmpuint (g_strv_length (groups), ==, 2);
  g_assert_cmpint (g_key_file_get_integer (file, "a", "x", NULL), ==, 1);
  g_assert_cmpint (g_key_file_get_integer (file, "c", "z", NULL), ==, 3);
  g_assert_cmpuint (wrong->len, ==, 3);
  g_assert_cmpuint (g_array_index (wrong, guint, 0), ==, 3);
  g_assert_cmpuint (g_array_index (wrong, guint, 1), ==, 4);
  g_assert_cmpuint (g_array_index (wrong, guint, 2), ==, 5);
}

static void
test_problems (void)
{
  g_autoptr (GPtrArray) problems = tsm_problems_new ();
  g_autofree char *long_text = g_strnfill (5000, 'x');

  tsm_problems_add (NULL, "nobody listens");
  tsm_problems_add (problems, "%s\xff", long_text);
  g_assert_true (g_utf8_validate (g_ptr_array_index (problems, 0), -1, NULL));
  g_assert_cmpuint (strlen (g_ptr_array_index (problems, 0)), ==, 400);
  for (guint i = 0; i < 1000; i++)
    tsm_problems_add (problems, "%u", i);
  g_assert_cmpuint (problems->len, ==, TSM_PROBLEMS_MAX + 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/units/arguments", test_arguments);
  g_test_add_func ("/units/arguments-of-parser", test_arguments_of_parser);
  g_test_add_func ("/units/mask-url", test_mask_url);
  g_test_add_func ("/units/mask-file", test_mask_file);
  g_test_add_func ("/units/keyfile-text", test_keyfile_text);
  g_test_add_func ("/units/problems", test_problems);

  return g_test_run ();
}
