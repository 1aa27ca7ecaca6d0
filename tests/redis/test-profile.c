/* The address and the channels of a profile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis/tsm-channel.h"
#include "redis/tsm-profile.h"

typedef struct
{
  const char *url;
  const char *host;
  guint16     port;
  const char *path;
  const char *user;
  const char *password;
  int         database;
  const char *display;
} GoodUrl;

static const GoodUrl good_urls[] = {
  { "redis://127.0.0.1:6379", "127.0.0.1", 6379, NULL, NULL, NULL, -1, "redis://127.0.0.1:6379" },
  { "redis://example.org", "example.org", 6379, NULL, NULL, NULL, -1, "redis://example.org:6379" },
  { "REDIS://example.org/", "example.org", 6379, NULL, NULL, NULL, -1, "redis://example.org:6379" },
  { "redis://example.org:1/10", "example.org", 1, NULL, NULL, NULL, 10, "redis://example.org:1/10" },
  { "redis://:secret@h", "h", 6379, NULL, NULL, "secret", -1, "redis://:***@h:6379" },
  { "redis://me:secret@h:7000/0", "h", 7000, NULL, "me", "secret", 0, "redis://me:***@h:7000/0" },
  { "redis://me@h", "h", 6379, NULL, "me", NULL, -1, "redis://me@h:6379" },
  { "redis://m%40e:p%3Aq%2F%25@h", "h", 6379, NULL, "m@e", "p:q/%", -1, "redis://m%40e:***@h:6379" },
  { "redis://me:a@b:c@h", "h", 6379, NULL, "me", "a@b:c", -1, "redis://me:***@h:6379" },
  { "redis://[::1]", "::1", 6379, NULL, NULL, NULL, -1, "redis://[::1]:6379" },
  { "redis://:p@[fe80::2]:6380/1", "fe80::2", 6380, NULL, NULL, "p", 1, "redis://:***@[fe80::2]:6380/1" },
  { "localhost", "localhost", 6379, NULL, NULL, NULL, -1, "redis://localhost:6379" },
  { "localhost:6380", "localhost", 6380, NULL, NULL, NULL, -1, "redis://localhost:6380" },
  { "[::1]:6380", "::1", 6380, NULL, NULL, NULL, -1, "redis://[::1]:6380" },
  { "unix:///run/redis.sock", NULL, 0, "/run/redis.sock", NULL, NULL, -1, "unix:///run/redis.sock" },
  { "unix:///run/a%20b.sock?db=3", NULL, 0, "/run/a b.sock", NULL, NULL, 3, "unix:///run/a%20b.sock?db=3" },
  { "unix://me:secret@/run/r.sock", NULL, 0, "/run/r.sock", "me", "secret", -1, "unix://me:***@/run/r.sock" },
  { "/run/redis.sock", NULL, 0, "/run/redis.sock", NULL, NULL, -1, "unix:///run/redis.sock" },
  { "rediss://example.org", "example.org", 6379, NULL, NULL, NULL, -1, "rediss://example.org:6379" },
  { "rediss://me:secret@[::1]:7000/2", "::1", 7000, NULL, "me", "secret", 2, "rediss://me:***@[::1]:7000/2" },
  { "redis+sentinel://a,b:7,[::1]/mymaster", NULL, 0, NULL, NULL, NULL, -1,
    "redis+sentinel://a:26379,b:7,[::1]:26379/mymaster" },
  { "rediss+sentinel://me:secret@a/my%20master/3", NULL, 0, NULL, "me", "secret", 3,
    "rediss+sentinel://me:***@a:26379/my%20master/3" },
  { "/run/100%.sock", NULL, 0, "/run/100%.sock", NULL, NULL, -1, "unix:///run/100%25.sock" },
};

static void
test_good_url (gconstpointer data)
{
  const GoodUrl *expected = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (expected->url, &error);
  g_autofree char *display = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (tsm_profile_get_host (profile), ==, expected->host);
  g_assert_cmpuint (tsm_profile_get_port (profile), ==, expected->port);
  g_assert_cmpstr (tsm_profile_get_socket_path (profile), ==, expected->path);
  g_assert_cmpstr (tsm_profile_get_user (profile), ==, expected->user);
  g_assert_cmpstr (tsm_profile_get_password (profile), ==, expected->password);
  g_assert_cmpint (tsm_profile_get_database (profile), ==, expected->database);
  display = tsm_profile_dup_display_url (profile);
  g_assert_cmpstr (display, ==, expected->display);
}

static const struct
{
  const char      *url;
  TsmProfileError  code;
} bad_urls[] = {
  { "", TSM_PROFILE_ERROR_SYNTAX },
  { "http://example.org", TSM_PROFILE_ERROR_SCHEME },
  { "rediss://", TSM_PROFILE_ERROR_SYNTAX },
  { "redis+tls://example.org", TSM_PROFILE_ERROR_SCHEME },
  { "redis+sentinel://h1,h2", TSM_PROFILE_ERROR_SYNTAX },
  { "redis+sentinel://h1,h2/", TSM_PROFILE_ERROR_SYNTAX },
  { "redis+sentinel://h1,,h2/mymaster", TSM_PROFILE_ERROR_SYNTAX },
  { "redis+sentinel:///mymaster", TSM_PROFILE_ERROR_SYNTAX },
  { "redis+sentinel://h1:x/mymaster", TSM_PROFILE_ERROR_SYNTAX },
  { "redis+sentinel://h1/mymaster/x", TSM_PROFILE_ERROR_SYNTAX },
  { "redis+sentinel://:secret@h1/my%0amaster", TSM_PROFILE_ERROR_SYNTAX },
  { "://example.org", TSM_PROFILE_ERROR_SCHEME },
  { "redis://", TSM_PROFILE_ERROR_SYNTAX },
  { "redis:///0", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://:6379", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://me:secret@", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h:", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h:0", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h:65536", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h:-1", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h:6379x", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h/x", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h/-1", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h h", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h\n", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h\x7f", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://h\xff", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://:secret%zz@h", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://:secret%00@h", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://:secret%0a@h", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://:secret%ff@h", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://::1", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://[::1", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://[::1]x", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://[127.0.0.1]", TSM_PROFILE_ERROR_SYNTAX },
  { "redis://[secret]", TSM_PROFILE_ERROR_SYNTAX },
  { "unix://", TSM_PROFILE_ERROR_SYNTAX },
  { "unix:///", TSM_PROFILE_ERROR_SYNTAX },
  { "/", TSM_PROFILE_ERROR_SYNTAX },
  { "/run/r\xe2.sock", TSM_PROFILE_ERROR_SYNTAX },
  { "unix://run/redis.sock", TSM_PROFILE_ERROR_SYNTAX },
  { "unix:///run/r.sock?db=x", TSM_PROFILE_ERROR_SYNTAX },
  { "unix:///run/r.sock?x=1", TSM_PROFILE_ERROR_SYNTAX },
};

static void
test_bad_url (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;

  g_assert_null (tsm_profile_new_from_url (bad_urls[i].url, &error));
  g_assert_error (error, TSM_PROFILE_ERROR, (int) bad_urls[i].code);
  g_assert_null (strstr (error->message, "secret"));
}

static void
assert_too_long (const char *prefix,
                 gsize       n)
{
  g_autofree char *filler = g_strnfill (n, 'a');
  g_autofree char *url = g_strconcat (prefix, filler, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (tsm_profile_new_from_url (url, &error));
  g_assert_error (error, TSM_PROFILE_ERROR, TSM_PROFILE_ERROR_SYNTAX);
}

static void
test_long_url (void)
{
  assert_too_long ("redis://", 2041);
}

static void
test_long_socket_path (void)
{
  assert_too_long ("unix:///", 107);
  assert_too_long ("/", 107);
}

static TsmProfile *
new_profile (void)
{
  return tsm_profile_new_from_url (TSM_PROFILE_DEFAULT_URL, NULL);
}

static void
test_default_channels (void)
{
  g_autoptr (TsmProfile) profile = new_profile ();
  const char *expected[] = { "tickstock:monitoring", "tickstock:errors", NULL };

  g_assert_cmpstrv (tsm_profile_get_channels (profile), expected);
  g_assert_cmpstr (tsm_profile_get_control_channel (profile), ==, "tickstock:monitoring:control");
}

static void
test_channels_are_cleaned (void)
{
  g_autoptr (TsmProfile) profile = new_profile ();
  const char *given[] = { "a", "", "b*", "a", NULL };
  const char *expected[] = { "a", "b*", NULL };

  tsm_profile_set_channels (profile, given);

  g_assert_cmpstrv (tsm_profile_get_channels (profile), expected);
}

static void
test_control_follows_channels (void)
{
  g_autoptr (TsmProfile) profile = new_profile ();
  const char *given[] = { "mine", "other", NULL };

  tsm_profile_set_channels (profile, given);

  g_assert_cmpstr (tsm_profile_get_control_channel (profile), ==, "mine:control");
}

static void
test_control_stays_as_set (void)
{
  g_autoptr (TsmProfile) profile = new_profile ();
  const char *given[] = { "mine", NULL };

  tsm_profile_set_control_channel (profile, "orders");
  tsm_profile_set_channels (profile, given);

  g_assert_cmpstr (tsm_profile_get_control_channel (profile), ==, "orders");
}

static void
test_requested_by (void)
{
  g_autoptr (TsmProfile) profile = new_profile ();

  g_assert_cmpuint (strlen (tsm_profile_get_requested_by (profile)), >, 0);
}

static const struct
{
  const char *channel;
  gboolean    is_pattern;
} patterns[] = {
  { "tickstock:monitoring", FALSE },
  { "tickstock*", TRUE },
  { "tick?tock", TRUE },
  { "t[ai]ck", TRUE },
  { "a\\*b", FALSE },
  { "a\\\\*b", TRUE },
  { "a\\?b*", TRUE },
  { "a]b", FALSE },
  { "end\\", FALSE },
  { "", FALSE },
};

static void
test_pattern (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  g_assert_cmpint (tsm_channel_is_pattern (patterns[i].channel), ==, patterns[i].is_pattern);
}

static void
add_numbered (const char    *prefix,
              guint          i,
              gconstpointer  data,
              GTestDataFunc  func)
{
  g_autofree char *path = g_strdup_printf ("%s/%u", prefix, i);

  g_test_add_data_func (path, data, func);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good_urls); i++)
    add_numbered ("/redis/profile/good-url", i, &good_urls[i], test_good_url);
  for (guint i = 0; i < G_N_ELEMENTS (bad_urls); i++)
    add_numbered ("/redis/profile/bad-url", i, GUINT_TO_POINTER (i), test_bad_url);
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    add_numbered ("/redis/profile/pattern", i, GUINT_TO_POINTER (i), test_pattern);

  g_test_add_func ("/redis/profile/long-url", test_long_url);
  g_test_add_func ("/redis/profile/long-socket-path", test_long_socket_path);
  g_test_add_func ("/redis/profile/default-channels", test_default_channels);
  g_test_add_func ("/redis/profile/channels-are-cleaned", test_channels_are_cleaned);
  g_test_add_func ("/redis/profile/control-follows-channels", test_control_follows_channels);
  g_test_add_func ("/redis/profile/control-stays-as-set", test_control_stays_as_set);
  g_test_add_func ("/redis/profile/requested-by", test_requested_by);

  return g_test_run ();
}
