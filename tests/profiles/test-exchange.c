/* Profiles as keyfiles and JSON: round trips, what is wrong, what is hostile, and no passwords.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <json-glib/json-glib.h>
#include <string.h>

#include "profiles/tsm-profile-exchange.h"

static TsmProfileImport *
import (const char *text)
{
  g_autoptr (GError) error = NULL;
  TsmProfileImport *result = tsm_profile_import_text (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  return result;
}

static TsmProfile *
get (TsmProfileImport *result,
     guint             index)
{
  g_assert_cmpuint (index, <, result->profiles->len);
  return g_ptr_array_index (result->profiles, index);
}

static void
assert_problem (TsmProfileImport *result,
                guint             index,
                const char       *words)
{
  g_assert_cmpuint (index, <, result->problems->len);
  if (strstr (g_ptr_array_index (result->problems, index), words) == NULL)
    g_error ("“%s” is not in “%s”", words, (const char *) g_ptr_array_index (result->problems, index));
}

/* Two profiles, one of them with all there is. */
static GPtrArray *
make_profiles (void)
{
  static const char * const values[TSM_N_PROFILE_FIELDS] = {
    "Größe; \"x\" \\",  "blue",       "rediss://me@[::1]:6380/3", "a;b c:* d", "control here", "true", "Ops", "/etc/ca one.pem", "/etc/cert.pem",
    "/etc/key.pem", "example.org", "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF", "1000", "2000", "30", "9000",
  };
  GPtrArray *profiles = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (profiles, tsm_profile_new_from_url ("redis://:s3cr3t@plain", NULL));
  g_assert_true (tsm_profile_set_text (profiles->pdata[0], TSM_PROFILE_NAME, "Plain", NULL));
  g_ptr_array_add (profiles, tsm_profile_new ());
  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    g_assert_true (tsm_profile_set_text (profiles->pdata[1], i, values[i], NULL));
  tsm_profile_set_password (profiles->pdata[1], "s3cr3t");
  return profiles;
}

static void
assert_round_trip (GPtrArray  *profiles,
                   const char *text)
{
  g_autoptr (TsmProfileImport) result = import (text);

  g_assert_null (strstr (text, "s3cr3t"));
  g_assert_cmpuint (result->problems->len, ==, 0);
  g_assert_cmpuint (result->profiles->len, ==, profiles->len);
  g_assert_cmpstr (result->active, ==, tsm_profile_get_id (profiles->pdata[1]));
  for (guint i = 0; i < profiles->len; i++)
    {
      g_assert_null (tsm_profile_get_password (get (result, i)));
      g_assert_cmpstr (tsm_profile_get_id (get (result, i)), ==, tsm_profile_get_id (profiles->pdata[i]));
      tsm_profile_set_password (get (result, i), "s3cr3t");
      g_assert_true (tsm_profile_equal (get (result, i), profiles->pdata[i]));
    }
}

static void
test_keyfile (void)
{
  g_autoptr (GPtrArray) profiles = make_profiles ();
  g_autofree char *text = tsm_profile_export_keyfile (profiles, tsm_profile_get_id (profiles->pdata[1]));

  assert_round_trip (profiles, text);
}

static void
test_json (void)
{
  g_autoptr (GPtrArray) profiles = make_profiles ();
  g_autofree char *text = tsm_profile_export_json (profiles, tsm_profile_get_id (profiles->pdata[1]));
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *first = json_array_get_object_element (json_object_get_array_member (json_node_get_object (root), "profiles"), 0);

  assert_round_trip (profiles, text);
  g_assert_cmpuint (json_object_get_size (first), ==, 3); /* id, name, url */
}

static void
test_comment_before_keyfile (void)
{
  g_autoptr (TsmProfileImport) result = import ("# From the administrator\n\n[Profile x]\nname=X\nurl=redis://x\n");

  g_assert_cmpstr (tsm_profile_get_id (get (result, 0)), ==, "x");
}

static void
test_keyfile_problems (void)
{
  g_autoptr (TsmProfileImport) result = import ("[Other]\nx=1\n[Profile x]\nname=X\nurl=redis://:in-the-url@x\nfuture=1\npassword=s3cr3t\n"
                                                "colour=mauve\nrubbish\n[Profile y]\nurl=http://:s3cr3t@y\n");

  g_assert_cmpuint (result->profiles->len, ==, 1);
  g_assert_cmpstr (tsm_profile_get_password (get (result, 0)), ==, "in-the-url");
  g_assert_cmpuint (result->problems->len, ==, 6);
  assert_problem (result, 0, "Line 9");
  assert_problem (result, 1, "Group “Other”");
  assert_problem (result, 2, "key “colour”");
  assert_problem (result, 3, "key “future”");
  assert_problem (result, 4, "key “password”");
  assert_problem (result, 5, "Group “Profile y”, key “url”: The address must begin with");
  for (guint i = 0; i < result->problems->len; i++)
    g_assert_null (strstr (g_ptr_array_index (result->problems, i), "s3cr3t"));
}

static void
test_json_problems (void)
{
  g_autoptr (TsmProfileImport) result = import (
    "{\"format\": \"tickstock-monitor-profiles\", \"version\": 9, \"more\": [[]], \"profiles\": [1, {\"name\": \"No address\"},"
    "{\"id\": \"x\", \"url\": \"redis://x\", \"name\": 3, \"read-only\": \"yes\", \"keep-alive-s\": 1.5, \"channels\": \"a\","
    "\"connect-timeout-ms\": \"9\", \"password\": \"s3cr3t\", \"future\": {}, \"colour\": \"red\"},"
    "{\"id\": \"x\", \"url\": \"redis://y z\"}, {\"id\": \"../x\", \"url\": \"redis://z\"}, {\"id\": \"x\", \"url\": \"redis://same\"}]}");

  g_assert_cmpuint (result->profiles->len, ==, 3);
  g_assert_cmpstr (tsm_profile_get_colour (get (result, 0)), ==, "red");
  g_assert_cmpstr (tsm_profile_get_name (get (result, 0)), ==, "x"); /* that of the host */
  g_assert_true (tsm_profile_is_legal_id (tsm_profile_get_id (get (result, 1))));
  g_assert_cmpstr (tsm_profile_get_id (get (result, 2)), !=, "x");
  g_assert_cmpuint (result->problems->len, ==, 11);
  assert_problem (result, 0, "newer version");
  assert_problem (result, 1, "Connection 1 has no address");
  assert_problem (result, 2, "Connection 2 has no address");
  assert_problem (result, 3, "Connection 3, “name”: It must be a text.");
  assert_problem (result, 10, "Connection 4, “url”");
  for (guint i = 0; i < result->problems->len; i++)
    g_assert_null (strstr (g_ptr_array_index (result->problems, i), "s3cr3t"));
}

static const char * const bad[] = {
  "{", "{}", "[", "[]", "{\"format\": 1}", "{\"format\": \"other\", \"profiles\": []}",
  "{\"format\": \"tickstock-monitor-profiles\", \"profiles\": {}}", "{\"format\": \"tickstock-monitor-profiles\"}",
  "{\"format\": \"tickstock-monitor-profiles\", \"profiles\": [{\"url\": \"http://:s3cr3t@h\"}]}", "[TickStock Monitor]\nversion=1\n",
  "[Profile x]\n", "[Profile ]\nurl=redis://h\n", "[Profile x]\nurl=http://:s3cr3t@h\n", "\xff\xfe\x00",
};

static void
test_bad (gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tsm_profile_import_text (data, strlen (data), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_null (strstr (error->message, "s3cr3t"));
}

static void
test_name_of_a_file (void)
{
  static const struct { const char *path; const char *name; } cases[] = {
    { "/opt/engine.env", "engine" },  { "site.2.profile", "site.2" }, { "given", "given" },
    { "/opt/tickstock/.env", NULL },  { "/opt/.env.local", NULL },    { "\xff.env", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = tsm_profile_import_dup_name (cases[i].path);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_too_large (void)
{
  g_autofree char *text = g_strnfill (TSM_PROFILE_EXCHANGE_MAX_SIZE + 1, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (tsm_profile_import_text (text, strlen (text), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_assert_null (tsm_profile_import_text (NULL, 0, NULL, NULL));
}

/* Nesting that overflows the stack of a parser that recurses, and more than anybody has. */
static void
test_hostile (void)
{
  g_autofree char *deep = g_strnfill (1000 * 1000, '[');
  g_autofree char *object = g_strconcat ("{\"x\":", deep, NULL);
  g_autoptr (GString) many = g_string_new ("{\"format\": \"tickstock-monitor-profiles\", \"profiles\": [{\"url\": \"a\"}");
  g_autoptr (GString) keyfile = g_string_new ("x\n");
  g_autoptr (TsmProfileImport) from_json = NULL;
  g_autoptr (TsmProfileImport) from_keyfile = NULL;

  g_assert_null (tsm_profile_import_text (object, strlen (object), NULL, NULL));
  for (guint i = 0; i < 5000; i++)
    {
      g_string_append (many, ", {\"url\": \"a\"}");
      g_string_append_printf (keyfile, "[Profile %u]\nurl=a\nrubbish\n", i);
    }
  g_string_append (many, "]}");
  from_json = import (many->str);
  g_assert_cmpuint (from_json->profiles->len, ==, TSM_PROFILE_EXCHANGE_MAX_PROFILES);
  g_assert_cmpuint (from_json->problems->len, ==, 101);
  from_keyfile = import (keyfile->str + strlen ("x\n"));
  g_assert_cmpuint (from_keyfile->profiles->len, ==, TSM_PROFILE_EXCHANGE_MAX_PROFILES);
  g_assert_cmpuint (from_keyfile->problems->len, ==, 101);
}

/* What comes of any bytes can be exported and read again. */
static void
assert_sane (const char *text,
             gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfileImport) result = tsm_profile_import_text (text, length, "x", &error);
  g_autoptr (TsmProfileImport) again = NULL;
  g_autofree char *json = NULL;

  g_assert_true ((result == NULL) == (error != NULL));
  if (result == NULL)
    return;

  for (guint i = 0; i < result->problems->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (result->problems, i), -1, NULL));
  json = tsm_profile_export_json (result->profiles, result->active);
  again = import (json);
  g_assert_cmpuint (again->profiles->len, ==, result->profiles->len);
  g_assert_cmpuint (again->problems->len, ==, 0);
}

/* Good texts with bytes changed, removed and doubled. */
static void
test_random_bytes (void)
{
  g_autoptr (GPtrArray) profiles = make_profiles ();
  g_autofree char *keyfile = tsm_profile_export_keyfile (profiles, NULL);
  g_autofree char *json = tsm_profile_export_json (profiles, NULL);
  const char *seeds[] = { keyfile, json, "export REDIS_HOST=\"h\\\"\"\nREDIS_URL=redis://${REDIS_HOST:-x}:1/2 # c\nREDIS_DB='1'\r\n", "" };

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (seeds[round % G_N_ELEMENTS (seeds)]);

      for (guint n = (guint) g_test_rand_int_range (0, 20); n > 0; n--)
        {
          gssize at = text->len > 0 ? g_test_rand_int_range (0, (gint32) text->len) : 0;
          gssize size = g_test_rand_int_range (1, 9);

          if (text->len > 0 && g_test_rand_bit ())
            g_string_erase (text, at, MIN (size, (gssize) text->len - at));
          else
            g_string_insert_c (text, at, (char) g_test_rand_int_range (0, 256));
        }
      assert_sane (text->str, text->len);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/keyfile", test_keyfile);
  g_test_add_func ("/exchange/json", test_json);
  g_test_add_func ("/exchange/comment-before-keyfile", test_comment_before_keyfile);
  g_test_add_func ("/exchange/keyfile-problems", test_keyfile_problems);
  g_test_add_func ("/exchange/json-problems", test_json_problems);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/exchange/bad/%u", i);

      g_test_add_data_func (path, bad[i], test_bad);
    }
  g_test_add_func ("/exchange/name-of-a-file", test_name_of_a_file);
  g_test_add_func ("/exchange/too-large", test_too_large);
  g_test_add_func ("/exchange/hostile", test_hostile);
  g_test_add_func ("/exchange/random-bytes", test_random_bytes);

  return g_test_run ();
}
