/* The tape and the JSON writer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "events/tsm-json-writer.h"
#include "events/tsm-json.h"

static void
scan (TsmJson    *json,
      const char *text)
{
  TsmJsonError error;

  g_assert_cmpint (tsm_json_scan (json, text, strlen (text), 64, &error), ==, TSM_JSON_OK);
}

static void
test_tape (void)
{
  static const struct
  {
    TsmJsonKind kind;
    guint       next;
    guint       length;
  } expected[] = {
    { TSM_JSON_OBJECT, 5, 1 }, { TSM_JSON_STRING, 2, 1 }, { TSM_JSON_ARRAY, 5, 2 },
    { TSM_JSON_NUMBER, 4, 1 }, { TSM_JSON_STRING, 5, 1 },
  };
  g_auto (TsmJson) json = { NULL };

  scan (&json, "{\"a\":[1,\"x\"]}");
  g_assert_cmpuint (json.n_tokens, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpuint (json.tokens[i].kind, ==, expected[i].kind);
      g_assert_cmpuint (json.tokens[i].next, ==, expected[i].next);
      g_assert_cmpuint (json.tokens[i].length, ==, expected[i].length);
    }
}

static void
test_escapes (void)
{
  static const struct
  {
    const char *json;
    const char *text;
  } rows[] = {
    { "\"\"", "" },
    { "\"plain\"", "plain" },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
    { "\"a\\u00e9b\"", "aéb" },
    { "\"\\u20AC\"", "€" },
    { "\"\\ud83d\\ude00!\"", "😀!" },
    { "\"\\ud83d\"", "\xef\xbf\xbd" },
    { "\"\\ude00x\"", "\xef\xbf\xbdx" },
    { "\"\\ud83d\\u0041\"", "\xef\xbf\xbd" "A" },
    { "\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd" "😀" },
    { "\"a\\u0000b\"", "a\xef\xbf\xbd" "b" },
    { "\"é€😀\"", "é€😀" },
  };
  g_auto (TsmJson) json = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      scan (&json, rows[i].json);
      g_assert_cmpstr (tsm_json_string (&json, json.tokens), ==, rows[i].text);
      g_assert_cmpuint (json.tokens->length, ==, strlen (rows[i].text));
    }
}

/* All that is legal and unusual. */
static void
test_accepts (void)
{
  static const char *const texts[] = {
    "0", "-0", "1e5", "1E+5", "1.5e-5", "123456789012345678901234567890", " [ ] ", "{ }", "\t{\r\n\"a\" : 1 }\n",
    "[[],{}]", "\"\x7f\"", "[NaN,Infinity,-Infinity]", "{\"\":0}", "[1,[2,[3,[4]]],{\"a\":{\"b\":[{}]}}]",
  };
  g_auto (TsmJson) json = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    scan (&json, texts[i]);
}

/* Depth is what is open, not what was opened. */
static void
test_siblings_are_not_deep (void)
{
  g_auto (TsmJson) json = { NULL };
  g_autoptr (GString) text = g_string_new ("[[]");

  for (guint i = 0; i < 100; i++)
    g_string_append (text, ",{}");
  g_string_append_c (text, ']');
  scan (&json, text->str);
  g_assert_cmpuint (json.tokens->length, ==, 101);
}

static void
test_member_is_the_last (void)
{
  g_auto (TsmJson) json = { NULL };

  scan (&json, "{\"a\":{\"b\":1},\"b\":2,\"ab\":3,\"b\":4,\"\\u0063\":5}");
  g_assert_cmpfloat (tsm_json_double (&json, tsm_json_member (&json, json.tokens, "b")), ==, 4);
  g_assert_cmpfloat (tsm_json_double (&json, tsm_json_member (&json, json.tokens, "c")), ==, 5);
  g_assert_null (tsm_json_member (&json, json.tokens, "d"));
  g_assert_null (tsm_json_member (&json, NULL, "b"));
}

static void
test_paths (void)
{
  g_auto (TsmJson) json = { NULL };
  const TsmJsonToken *b;
  g_autofree char *root = NULL;
  g_autofree char *path = NULL;

  scan (&json, "{\"x\":[],\"a\":{\"b\":[1,{\"c\":2}]}}");
  b = tsm_json_member (&json, tsm_json_member (&json, json.tokens, "a"), "b");
  root = tsm_json_dup_path (&json, json.tokens);
  path = tsm_json_dup_path (&json, tsm_json_member (&json, b + 2, "c"));
  g_assert_cmpstr (root, ==, "");
  g_assert_cmpstr (path, ==, "a.b.1.c");
}

static void
test_numbers_read (void)
{
  static const struct
  {
    const char *text;
    double      value;
  } rows[] = {
    { "0", 0 }, { "-5", -5 }, { "42", 42 }, { "999999999999999", 999999999999999 }, { "37.4", 37.4 },
    { "1e3", 1000 }, { "9007199254740993", 9007199254740992.0 }, { "2.2250738585072014e-308", 2.2250738585072014e-308 },
  };
  g_auto (TsmJson) json = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      scan (&json, rows[i].text);
      g_assert_cmpfloat (tsm_json_double (&json, json.tokens), ==, rows[i].value);
    }
}

static void
test_numbers_written (void)
{
  static const struct
  {
    double      value;
    const char *text;
  } rows[] = {
    { 0, "0" }, { 37.4, "37.4" }, { 0.1 + 0.2, "0.30000000000000004" }, { -1.5, "-1.5" }, { 1903311765, "1903311765" },
    { 1e15, "1000000000000000" }, { 1e300, "1e+300" }, { 1.0 / 3, "0.3333333333333333" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = tsm_json_dup_number (rows[i].value);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_writer (void)
{
  TsmJsonWriter writer;
  char *list[] = { (char *) "a", (char *) "\"", NULL };
  g_autofree char *text = NULL;

  tsm_json_writer_init (&writer);
  tsm_json_writer_begin_object (&writer, NULL);
  tsm_json_writer_string (&writer, "s", "x\\\n\x1f");
  tsm_json_writer_string (&writer, "none", NULL);
  tsm_json_writer_number (&writer, "nan", NAN);
  tsm_json_writer_begin_object (&writer, "o");
  tsm_json_writer_end_object (&writer);
  tsm_json_writer_strings (&writer, "l", list);
  tsm_json_writer_boolean (&writer, "b", TRUE);
  tsm_json_writer_end_object (&writer);
  text = tsm_json_writer_finish (&writer);
  g_assert_cmpstr (text, ==, "{\"s\":\"x\\\\\\n\\u001f\",\"o\":{},\"l\":[\"a\",\"\\\"\"],\"b\":true}");
}

static void
test_trim (void)
{
  g_auto (TsmJson) json = { NULL };
  g_autoptr (GString) text = g_string_new ("[0");

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, ",0");
  g_string_append_c (text, ']');
  scan (&json, text->str);
  tsm_json_trim (&json);
  g_assert_null (json.tokens);
  scan (&json, "[1]");
  tsm_json_trim (&json);
  g_assert_nonnull (json.tokens);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/tape", test_tape);
  g_test_add_func ("/json/escapes", test_escapes);
  g_test_add_func ("/json/accepts", test_accepts);
  g_test_add_func ("/json/siblings-are-not-deep", test_siblings_are_not_deep);
  g_test_add_func ("/json/member-is-the-last", test_member_is_the_last);
  g_test_add_func ("/json/paths", test_paths);
  g_test_add_func ("/json/numbers-read", test_numbers_read);
  g_test_add_func ("/json/numbers-written", test_numbers_written);
  g_test_add_func ("/json/writer", test_writer);
  g_test_add_func ("/json/trim", test_trim);

  return g_test_run ();
}
