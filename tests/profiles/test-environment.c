/* Profiles from .env files and from the environment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "profiles/tsm-profile-exchange.h"

#define ERRORS " tickstock:errors"

/* A file, the profile that it makes, and words of its only problem. */
typedef struct
{
  const char *name;
  const char *text;
  const char *url;
  const char *password;
  const char *channels; /* NULL: the default */
  const char *problem;  /* NULL: none */
} Good;

static const Good good[] = {
  { "host", "REDIS_HOST=10.0.0.5\n", "redis://10.0.0.5:6379" },
  { "parts", "REDIS_HOST=h\nREDIS_PORT=6380\nREDIS_DB=2\nREDIS_USERNAME=me\nREDIS_PASSWORD=s3cr3t\n", "redis://me@h:6380/2", "s3cr3t" },
  { "no-newline", "REDIS_HOST=h", "redis://h:6379" },
  { "bom-crlf", "\xef\xbb\xbfREDIS_HOST=h\r\nREDIS_PORT=1234\r\n", "redis://h:1234" },
  { "export", "export REDIS_HOST=h\n  export\tREDIS_PORT=1\n", "redis://h:1" },
  { "comments", "# REDIS_HOST=no\n\n  # x\nREDIS_HOST=h # the host\nREDIS_PASSWORD=a#b\n", "redis://h:6379", "a#b" },
  { "spaces", " REDIS_HOST  =  h  \nREDIS_PASSWORD = two words \n", "redis://h:6379", "two words" },
  { "single-quotes", "REDIS_HOST='h'\nREDIS_PASSWORD='a \"$x\" \\n # ${REDIS_HOST}' # c\n", "redis://h:6379", "a \"$x\" \\n # ${REDIS_HOST}" },
  { "double-quotes", "REDIS_HOST=\"h\"\nREDIS_PASSWORD=\"a \\\"b\\\" \\\\ \\$ 'c' # \\x\"\n", "redis://h:6379", "a \"b\" \\ $ 'c' # \\x" },
  { "empty", "REDIS_HOST=h\nREDIS_PASSWORD=\nREDIS_PORT=''\nREDIS_DB=\"\"\n", "redis://h:6379" },
  { "unset", "REDIS_HOST=h\nREDIS_PASSWORD\nexport REDIS_DB\n", "redis://h:6379" },
  { "twice", "REDIS_HOST=a\nREDIS_HOST=b\n", "redis://b:6379" },
  { "reference", "REDIS_HOST=h\nREDIS_URL=redis://${REDIS_HOST}:${PORT:-7000}/1\n", "redis://h:7000/1" },
  { "dollar", "REDIS_HOST=h\nREDIS_PASSWORD=a$b$\n", "redis://h:6379", "a$b$" },
  { "lines", "KEY=\"-----\nREDIS_HOST=no\n-----\"\nREDIS_HOST=h\n", "redis://h:6379" },
  { "url", "REDIS_URL=rediss://me:s3cr3t@h:6380/3\n", "rediss://me@h:6380/3", "s3cr3t" },
  { "url-and-password", "REDIS_URL=redis://h/3\nREDIS_PASSWORD=s3cr3t\nREDIS_USERNAME=me\n", "redis://me@h:6379/3", "s3cr3t" },
  { "url-agrees", "REDIS_URL=redis://h:1/2\nREDIS_HOST=h\nREDIS_PORT=1\nREDIS_DB=2\n", "redis://h:1/2" },
  { "url-wins", "REDIS_URL=redis://h:1\nREDIS_HOST=other\nREDIS_PORT=1\n", "redis://h:1", NULL, NULL, "Line 2, REDIS_HOST: It disagrees with REDIS_URL" },
  { "url-wins-port", "REDIS_URL=redis://h:1\nREDIS_PORT=2\n", "redis://h:1", NULL, NULL, "Line 2, REDIS_PORT: It disagrees with REDIS_URL" },
  { "url-wins-password", "REDIS_URL=redis://:a@h\nREDIS_PASSWORD=b\n", "redis://h:6379", "a", NULL, "Line 2, REDIS_PASSWORD: It disagrees" },
  { "url-masked", "REDIS_URL=redis://:***@h\nREDIS_PASSWORD=b\n", "redis://h:6379", "b" },
  { "ipv6", "REDIS_HOST=::1\n", "redis://[::1]:6379" },
  { "ipv6-brackets", "REDIS_HOST=[::1]\n", "redis://[::1]:6379" },
  { "socket", "REDIS_HOST=/run/redis.sock\n", "unix:///run/redis.sock" },
  { "channel", "REDIS_HOST=h\nREDIS_MONITORING_CHANNEL=my:channel\n", "redis://h:6379", NULL, "my:channel" ERRORS },
  { "strange-user", "REDIS_HOST=h\nREDIS_USERNAME='a:b@c'\nREDIS_PASSWORD='d@e:/%'\n", "redis://a%3Ab%40c@h:6379", "d@e:/%" },
  { "others", "PATH=x\nMY-VAR=1\nspring.redis=2\nOTHER='open\nREDIS_HOST=h\n", "redis://h:6379" },
  { "port-wrong", "REDIS_HOST=h\nREDIS_PORT=s3cr3t\n", "redis://h:6379", NULL, NULL, "Line 2, REDIS_PORT: It must be a number" },
  { "password-open", "REDIS_HOST=h\nREDIS_PASSWORD='s3cr3t\n", "redis://h:6379", NULL, NULL, "Line 2, REDIS_PASSWORD: The value is not understood" },
  { "password-garbage", "REDIS_PASSWORD='s3cr3t' s3cr3t\nREDIS_HOST=h\n", "redis://h:6379", NULL, NULL, "Line 1, REDIS_PASSWORD" },
  { "reference-unknown", "REDIS_HOST=h\nREDIS_PASSWORD=${NO}s3cr3t\n", "redis://h:6379", NULL, NULL, "Line 2, REDIS_PASSWORD" },
  { "rubbish", "REDIS_HOST=h\nREDIS_PASSWORD s3cr3t\n", "redis://h:6379", NULL, NULL, "Line 2: it is not understood" },
};

static void
test_good (gconstpointer data)
{
  const Good *expected = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfileImport) import = tsm_profile_import_text (expected->text, strlen (expected->text), "the file", &error);
  TsmProfile *profile;
  g_autofree char *url = NULL;
  g_autofree char *channels = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (import->profiles->len, ==, 1);
  profile = g_ptr_array_index (import->profiles, 0);
  url = tsm_profile_dup_text (profile, TSM_PROFILE_URL);
  g_assert_cmpstr (url, ==, expected->url);
  g_assert_cmpstr (tsm_profile_get_password (profile), ==, expected->password);
  g_assert_cmpstr (tsm_profile_get_name (profile), ==, "the file");
  channels = tsm_profile_dup_text (profile, TSM_PROFILE_CHANNELS);
  g_assert_cmpstr (channels, ==, expected->channels != NULL ? expected->channels : TSM_PROFILE_DEFAULT_CHANNEL ERRORS);

  g_assert_cmpuint (import->problems->len, ==, expected->problem != NULL ? 1 : 0);
  if (expected->problem != NULL)
    {
      g_assert_nonnull (strstr (g_ptr_array_index (import->problems, 0), expected->problem));
      g_assert_null (strstr (g_ptr_array_index (import->problems, 0), "s3cr3t"));
    }
}

static const char * const bad[] = {
  "", "\n\n", "# nothing\n", "OTHER=1\n", "REDIS_PASSWORD=s3cr3t\n", "REDIS_URL=http://:s3cr3t@h\n", "REDIS_HOST='s3cr3t\n",
  "REDIS_HOST=me:s3cr3t@h\n", "REDIS_HOST=redis://:s3cr3t@h\n", "REDIS_HOST=a/b\n", "REDIS_HOST=a:b\n", "REDIS_URL=redis://:s3cr3t@h:0\n",
  "REDIS_HOST=h\nREDIS_USERNAME=\"a\\nb\"\n", "REDIS_HOST=h\xff\n", "REDIS_HOST=[\n", "s3cr3t",
};

static void
test_bad (gconstpointer data)
{
  const char *text = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (tsm_profile_import_text (text, strlen (text), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_null (strstr (error->message, "s3cr3t"));
}

/* Each variable refers twice to the one before: 2^n bytes, if nothing bounded it. */
static void
test_references_are_bounded (void)
{
  GString *text = g_string_new ("A0=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < 64; i++)
    g_string_append_printf (text, "A%u=${A%u}${A%u}\n", i, i - 1, i - 1);
  g_string_append (text, "REDIS_HOST=${A63}\n");
  g_assert_null (tsm_profile_import_text (text->str, text->len, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_string_free (text, TRUE);
}

/* A hostile megabyte of each kind is read in a time that nobody notices. */
static void
test_megabytes (void)
{
  static const char * const lines[] = { "A='\n", "A=\"\n", "A=${A:-", "A=\"\\\"\nB='\n", "x\n", "export ", "A=${" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      GString *text = g_string_new (NULL);
      gint64 start = g_get_monotonic_time ();

      while (text->len < 1000 * 1000)
        g_string_append (text, lines[i]);
      g_assert_null (tsm_profile_import_text (text->str, text->len, NULL, NULL));
      g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
      g_string_free (text, TRUE);
    }
}

static const char *
get_variable (const char *name)
{
  static const char * const variables[] = { "REDIS_HOST", "h", "REDIS_PORT", "x", "REDIS_PASSWORD", "s3cr3t", NULL };

  for (guint i = 0; variables[i] != NULL; i += 2)
    if (g_str_equal (variables[i], name))
      return variables[i + 1];

  return NULL;
}

static const char *
get_nothing (const char *name)
{
  return g_str_equal (name, "REDIS_PASSWORD") ? "s3cr3t" : NULL;
}

static void
test_environment (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TsmProfile) profile = tsm_profile_import_environment (get_variable, problems);

  g_assert_cmpstr (tsm_profile_get_host (profile), ==, "h");
  g_assert_cmpstr (tsm_profile_get_password (profile), ==, "s3cr3t");
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (problems, 0), ==, "REDIS_PORT: It must be a number; it is left out.");
  g_assert_null (tsm_profile_import_environment (get_nothing, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strconcat ("/environment/good/", good[i].name, NULL);

      g_test_add_data_func (path, &good[i], test_good);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/environment/bad/%u", i);

      g_test_add_data_func (path, bad[i], test_bad);
    }
  g_test_add_func ("/environment/references-are-bounded", test_references_are_bounded);
  g_test_add_func ("/environment/megabytes", test_megabytes);
  g_test_add_func ("/environment/environment", test_environment);

  return g_test_run ();
}
