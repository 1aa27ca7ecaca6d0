/* Tests of TsmProfileDraft: the URL and its parts follow each other, every field is judged as it is typed, nothing is lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include "ui/tsm-profile-draft.h"

typedef struct
{
  TsmDraftPart  part;
  const char   *text;
} Typed;

#define END { TSM_N_DRAFT_PARTS, NULL }

static TsmProfileDraft *
new_draft (const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, &error);

  g_assert_no_error (error);
  return tsm_profile_draft_new (profile);
}

static void
assert_parts (TsmProfileDraft *draft,
              const Typed     *expected)
{
  for (; expected->text != NULL; expected++)
    g_assert_cmpstr (tsm_profile_draft_get_text (draft, expected->part), ==, expected->text);
}

static void
type (TsmProfileDraft *draft,
      const Typed     *typed)
{
  for (; typed->text != NULL; typed++)
    tsm_profile_draft_set_text (draft, typed->part, typed->text);
}

static void
assert_fault (TsmProfileDraft *draft,
              TsmDraftPart     part)
{
  g_autofree char *fault = tsm_profile_draft_dup_fault (draft);
  g_autoptr (TsmProfile) profile = tsm_profile_draft_dup_profile (draft);

  g_assert_nonnull (fault);
  g_assert_nonnull (tsm_profile_draft_get_error (draft, part));
  g_assert_true (g_str_has_prefix (fault, tsm_draft_part_get_title (part)));
  g_assert_null (profile);
}

static void
assert_url (TsmProfileDraft *draft,
            const char      *expected)
{
  g_autoptr (TsmProfile) profile = tsm_profile_draft_dup_profile (draft);
  g_autofree char *url = profile != NULL ? tsm_profile_dup_text (profile, TSM_PROFILE_URL) : NULL;

  g_assert_cmpstr (url, ==, expected);
}

static void
test_url_fills_the_parts (void)
{
  static const struct
  {
    const char *url;
    Typed       parts[8];
  } cases[] = {
    { "redis://host.example", { { TSM_DRAFT_TRANSPORT, "0" }, { TSM_DRAFT_HOST, "host.example" }, { TSM_DRAFT_PORT, "6379" }, END } },
    { "rediss://watcher:secret@[::1]:6380/3",
      { { TSM_DRAFT_TRANSPORT, "1" }, { TSM_DRAFT_HOST, "::1" }, { TSM_DRAFT_PORT, "6380" }, { TSM_DRAFT_USER, "watcher" },
        { TSM_DRAFT_PASSWORD, "secret" }, { TSM_DRAFT_DATABASE, "3" }, END } },
    { "unix:///run/a%20b/redis.sock?db=2",
      { { TSM_DRAFT_TRANSPORT, "2" }, { TSM_DRAFT_PATH, "/run/a b/redis.sock" }, { TSM_DRAFT_DATABASE, "2" }, END } },
    { "redis+sentinel://a,b:26380/mymaster",
      { { TSM_DRAFT_TRANSPORT, "3" }, { TSM_DRAFT_SENTINELS, "a:26379, b:26380" }, { TSM_DRAFT_SERVICE, "mymaster" }, END } },
    { "rediss+sentinel://a/s", { { TSM_DRAFT_TRANSPORT, "4" }, { TSM_DRAFT_SENTINELS, "a:26379" }, END } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TsmProfileDraft) typed = new_draft ("redis://before");
      g_autoptr (TsmProfileDraft) opened = new_draft (cases[i].url);

      tsm_profile_draft_set_text (typed, TSM_DRAFT_URL, cases[i].url);
      assert_parts (typed, cases[i].parts);
      assert_parts (opened, cases[i].parts);
    }
}

static void
test_parts_make_the_url (void)
{
  static const struct
  {
    Typed       parts[8];
    const char *url;
  } cases[] = {
    { { { TSM_DRAFT_HOST, "host.example" }, { TSM_DRAFT_PORT, "7000" }, END }, "redis://host.example:7000" },
    { { { TSM_DRAFT_HOST, " host.example\n" }, { TSM_DRAFT_PORT, "7000 " }, END }, "redis://host.example:7000" },
    { { { TSM_DRAFT_HOST, "::1" }, { TSM_DRAFT_PORT, "" }, END }, "redis://[::1]:6379" },
    { { { TSM_DRAFT_HOST, "[::1]" }, END }, "redis://[::1]:6379" },
    { { { TSM_DRAFT_TRANSPORT, "1" }, { TSM_DRAFT_USER, "a@b" }, { TSM_DRAFT_DATABASE, "4" }, END },
      "rediss://a%40b@before:6379/4" },
    { { { TSM_DRAFT_TRANSPORT, "2" }, { TSM_DRAFT_PATH, "/run/a b.sock" }, END }, "unix:///run/a%20b.sock" },
    { { { TSM_DRAFT_TRANSPORT, "3" }, { TSM_DRAFT_SENTINELS, "a:1 ,b,, c " }, { TSM_DRAFT_SERVICE, "my master" }, END },
      "redis+sentinel://a:1,b:26379,c:26379/my%20master" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TsmProfileDraft) draft = new_draft ("redis://before");

      type (draft, cases[i].parts);
      assert_url (draft, cases[i].url);
      g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_URL), ==, cases[i].url);
    }
}

/* What cannot stand where it was typed is kept there, said, and stands in the way of saving. */
static void
test_every_fault_is_said (void)
{
  static const struct
  {
    Typed before;
    Typed typed;
  } cases[] = {
    { END, { TSM_DRAFT_NAME, "" } },
    { END, { TSM_DRAFT_NAME, "a\nb" } },
    { END, { TSM_DRAFT_NAME, " taken" } },
    { END, { TSM_DRAFT_URL, "http://host" } },
    { END, { TSM_DRAFT_URL, "" } },
    { END, { TSM_DRAFT_HOST, "" } },
    { END, { TSM_DRAFT_HOST, "host:6379" } },
    { END, { TSM_DRAFT_HOST, "user@host" } },
    { END, { TSM_DRAFT_HOST, "host/0" } },
    { END, { TSM_DRAFT_HOST, "[::1]:6379" } },
    { END, { TSM_DRAFT_HOST, "two words" } },
    { END, { TSM_DRAFT_PORT, "0" } },
    { END, { TSM_DRAFT_PORT, "65536" } },
    { END, { TSM_DRAFT_PORT, "6379x" } },
    { END, { TSM_DRAFT_USER, "a\tb" } },
    { END, { TSM_DRAFT_PASSWORD, "a\nb" } },
    { END, { TSM_DRAFT_DATABASE, "-1" } },
    { { TSM_DRAFT_TRANSPORT, "2" }, { TSM_DRAFT_PATH, "run/redis.sock" } },
    { { TSM_DRAFT_TRANSPORT, "2" }, { TSM_DRAFT_PATH, "" } },
    { { TSM_DRAFT_TRANSPORT, "3" }, { TSM_DRAFT_SENTINELS, " , " } },
    { { TSM_DRAFT_TRANSPORT, "3" }, { TSM_DRAFT_SENTINELS, "a:x" } },
    { { TSM_DRAFT_TRANSPORT, "3" }, { TSM_DRAFT_SERVICE, "" } },
    { END, { TSM_DRAFT_CHANNELS, " " } },
    { END, { TSM_DRAFT_CONTROL_CHANNEL, "control:*" } },
    { { TSM_DRAFT_TRANSPORT, "1" }, { TSM_DRAFT_TLS_CA_FILE, "ca.pem" } },
    { { TSM_DRAFT_TRANSPORT, "1" }, { TSM_DRAFT_TLS_SERVER_NAME, "a b" } },
    { { TSM_DRAFT_TRANSPORT, "1" }, { TSM_DRAFT_TLS_PIN, "AB:CD" } },
    { END, { TSM_DRAFT_CONNECT_TIMEOUT, "5 s" } },
    { END, { TSM_DRAFT_KEEP_ALIVE, "0" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TsmProfileDraft) draft = new_draft ("redis://before");

      tsm_profile_draft_set_taken (draft, (const char *const[]) { "Taken", NULL });
      /* What is legal goes first where the fault is one of an empty part, or of the part beside it. */
      if (cases[i].before.text != NULL)
        tsm_profile_draft_set_text (draft, cases[i].before.part, cases[i].before.text);
      if (cases[i].typed.part == TSM_DRAFT_SERVICE)
        tsm_profile_draft_set_text (draft, TSM_DRAFT_SERVICE, "one");
      if (cases[i].typed.part == TSM_DRAFT_PATH)
        tsm_profile_draft_set_text (draft, TSM_DRAFT_PATH, "/one");
      if (cases[i].before.part == TSM_DRAFT_TRANSPORT && *cases[i].before.text == '3' && cases[i].typed.part != TSM_DRAFT_SENTINELS)
        tsm_profile_draft_set_text (draft, TSM_DRAFT_SENTINELS, "one");
      tsm_profile_draft_set_text (draft, cases[i].typed.part, cases[i].typed.text);
      g_assert_nonnull (tsm_profile_draft_get_error (draft, cases[i].typed.part));
      g_assert_cmpstr (tsm_profile_draft_get_text (draft, cases[i].typed.part), ==, cases[i].typed.text);
    }
}

static void
test_fault_names_its_part (void)
{
  g_autoptr (TsmProfileDraft) draft = new_draft ("redis://before");

  tsm_profile_draft_set_text (draft, TSM_DRAFT_PORT, "x");
  assert_fault (draft, TSM_DRAFT_PORT);
  tsm_profile_draft_set_text (draft, TSM_DRAFT_PORT, "7000");
  assert_url (draft, "redis://before:7000");
}

/* A wrong part leaves the address and the other parts as they were; a wrong address leaves the parts. */
static void
test_a_fault_loses_nothing (void)
{
  static const Typed typed[] = {
    { TSM_DRAFT_HOST, "other" }, { TSM_DRAFT_PORT, "x" }, { TSM_DRAFT_USER, "watcher" }, END
  };
  g_autoptr (TsmProfileDraft) draft = new_draft ("redis://before");

  type (draft, typed);
  assert_parts (draft, typed);
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_URL), ==, "redis://other:6379");
  tsm_profile_draft_set_text (draft, TSM_DRAFT_PORT, "7000");
  assert_url (draft, "redis://watcher@other:7000");

  tsm_profile_draft_set_text (draft, TSM_DRAFT_URL, "redis://");
  tsm_profile_draft_settle_url (draft);
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_URL), ==, "redis://");
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_HOST), ==, "other");
}

/* The way to another transport and back. */
static void
test_unused_parts_are_kept_and_not_judged (void)
{
  g_autoptr (TsmProfileDraft) draft = new_draft ("rediss://before:7000");

  tsm_profile_draft_set_text (draft, TSM_DRAFT_TLS_CA_FILE, "ca.pem");
  tsm_profile_draft_set_text (draft, TSM_DRAFT_TRANSPORT, "2");
  assert_fault (draft, TSM_DRAFT_PATH);
  tsm_profile_draft_set_text (draft, TSM_DRAFT_PATH, "/run/redis.sock");
  assert_url (draft, "unix:///run/redis.sock");
  g_assert_null (tsm_profile_draft_get_error (draft, TSM_DRAFT_TLS_CA_FILE));

  tsm_profile_draft_set_text (draft, TSM_DRAFT_TRANSPORT, "1");
  assert_fault (draft, TSM_DRAFT_TLS_CA_FILE);
  tsm_profile_draft_set_text (draft, TSM_DRAFT_TLS_CA_FILE, "/ca.pem");
  assert_url (draft, "rediss://before:7000");
}

static void
test_password_leaves_the_url (void)
{
  g_autoptr (TsmProfileDraft) draft = new_draft ("redis://before");
  g_autoptr (TsmProfile) profile = NULL;

  tsm_profile_draft_set_text (draft, TSM_DRAFT_URL, "redis://watcher:secret@host");
  tsm_profile_draft_settle_url (draft);
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_URL), ==, "redis://watcher:***@host:6379");
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_PASSWORD), ==, "secret");

  tsm_profile_draft_set_text (draft, TSM_DRAFT_URL, "redis://watcher:***@host:7000");
  profile = tsm_profile_draft_dup_profile (draft);
  g_assert_cmpstr (tsm_profile_get_password (profile), ==, "secret");
  g_assert_cmpint (tsm_profile_get_port (profile), ==, 7000);
}

static void
test_removed_password_is_gone (void)
{
  g_autoptr (TsmProfileDraft) draft = new_draft ("redis://:secret@host");
  g_autoptr (TsmProfile) profile = NULL;

  tsm_profile_draft_set_text (draft, TSM_DRAFT_PASSWORD, "");
  profile = tsm_profile_draft_dup_profile (draft);
  g_assert_null (tsm_profile_get_password (profile));
  g_assert_true (tsm_profile_draft_is_part_changed (draft, TSM_DRAFT_PASSWORD));
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_URL), ==, "redis://host:6379");
}

/* It comes from the keyring after the form was opened. */
static void
test_password_that_comes_late_is_no_change (void)
{
  g_autoptr (TsmProfileDraft) draft = new_draft ("redis://host");

  tsm_profile_draft_load_password (draft, "secret");
  g_assert_false (tsm_profile_draft_is_changed (draft));
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_URL), ==, "redis://:***@host:6379");
  tsm_profile_draft_set_text (draft, TSM_DRAFT_PASSWORD, "typed");
  tsm_profile_draft_load_password (draft, "other");
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_PASSWORD), ==, "typed");
  g_assert_true (tsm_profile_draft_is_changed (draft));
}

static void
test_name_follows_the_address_until_it_is_typed (void)
{
  g_autoptr (TsmProfileDraft) draft = new_draft ("redis://host");

  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_NAME), ==, "host");
  tsm_profile_draft_set_text (draft, TSM_DRAFT_URL, "redis+sentinel://a/mymaster");
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_NAME), ==, "mymaster");
  tsm_profile_draft_set_text (draft, TSM_DRAFT_NAME, "Production");
  tsm_profile_draft_set_text (draft, TSM_DRAFT_URL, "redis://other");
  g_assert_cmpstr (tsm_profile_draft_get_text (draft, TSM_DRAFT_NAME), ==, "Production");
}

static void
test_control_channel_of_a_pattern_is_asked_for (void)
{
  g_autoptr (TsmProfileDraft) draft = new_draft ("redis://host");

  tsm_profile_draft_set_text (draft, TSM_DRAFT_CHANNELS, "tickstock:* b");
  assert_fault (draft, TSM_DRAFT_CONTROL_CHANNEL);
  tsm_profile_draft_set_text (draft, TSM_DRAFT_READ_ONLY, "true");
  g_assert_null (tsm_profile_draft_get_error (draft, TSM_DRAFT_CONTROL_CHANNEL));
  tsm_profile_draft_set_text (draft, TSM_DRAFT_READ_ONLY, "false");
  tsm_profile_draft_set_text (draft, TSM_DRAFT_CONTROL_CHANNEL, "control");
  g_assert_null (tsm_profile_draft_get_error (draft, TSM_DRAFT_CONTROL_CHANNEL));
}

static void
test_every_field_reaches_the_profile (void)
{
  static const struct
  {
    TsmDraftPart    part;
    TsmProfileField field;
    const char     *text;
  } fields[] = {
    { TSM_DRAFT_NAME, TSM_PROFILE_NAME, "Production" },
    { TSM_DRAFT_COLOUR, TSM_PROFILE_COLOUR, "red" },
    { TSM_DRAFT_CHANNELS, TSM_PROFILE_CHANNELS, "a b:*" },
    { TSM_DRAFT_CONTROL_CHANNEL, TSM_PROFILE_CONTROL_CHANNEL, "c" },
    { TSM_DRAFT_READ_ONLY, TSM_PROFILE_READ_ONLY, "true" },
    { TSM_DRAFT_REQUESTED_BY, TSM_PROFILE_REQUESTED_BY, "Ada" },
    { TSM_DRAFT_TLS_CA_FILE, TSM_PROFILE_TLS_CA_FILE, "/ca.pem" },
    { TSM_DRAFT_TLS_CERTIFICATE_FILE, TSM_PROFILE_TLS_CERTIFICATE_FILE, "/c.pem" },
    { TSM_DRAFT_TLS_KEY_FILE, TSM_PROFILE_TLS_KEY_FILE, "/k.pem" },
    { TSM_DRAFT_TLS_SERVER_NAME, TSM_PROFILE_TLS_SERVER_NAME, "redis.example" },
    { TSM_DRAFT_CONNECT_TIMEOUT, TSM_PROFILE_CONNECT_TIMEOUT, "1000" },
    { TSM_DRAFT_REPLY_TIMEOUT, TSM_PROFILE_REPLY_TIMEOUT, "2000" },
    { TSM_DRAFT_KEEP_ALIVE, TSM_PROFILE_KEEP_ALIVE, "7" },
    { TSM_DRAFT_USER_TIMEOUT, TSM_PROFILE_USER_TIMEOUT, "9000" },
  };
  g_autoptr (TsmProfile) before = tsm_profile_new ();
  g_autoptr (TsmProfileDraft) draft = tsm_profile_draft_new (before);
  g_autoptr (TsmProfile) profile = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    tsm_profile_draft_set_text (draft, fields[i].part, fields[i].text);
  profile = tsm_profile_draft_dup_profile (draft);
  g_assert_nonnull (profile);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = tsm_profile_dup_text (profile, fields[i].field);

      g_assert_cmpstr (text, ==, fields[i].text);
    }
  g_assert_cmpstr (tsm_profile_get_id (profile), ==, tsm_profile_get_id (before));
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_changes_are_told_once (void)
{
  g_autoptr (TsmProfileDraft) draft = new_draft ("redis://host");
  guint n = 0;

  g_signal_connect_swapped (draft, "changed", G_CALLBACK (count_cb), &n);
  tsm_profile_draft_set_text (draft, TSM_DRAFT_URL, "redis://other:7000");
  g_assert_cmpuint (n, ==, 1);
  tsm_profile_draft_set_text (draft, TSM_DRAFT_URL, "redis://other:7000");
  tsm_profile_draft_set_text (draft, TSM_DRAFT_HOST, "other");
  g_assert_cmpuint (n, ==, 1);
}

static void
test_back_to_what_it_was_is_no_change (void)
{
  g_autoptr (TsmProfileDraft) draft = new_draft ("redis://host");

  g_assert_false (tsm_profile_draft_is_changed (draft));
  tsm_profile_draft_set_text (draft, TSM_DRAFT_PORT, "7000");
  g_assert_true (tsm_profile_draft_is_changed (draft));
  tsm_profile_draft_set_text (draft, TSM_DRAFT_PORT, "6379");
  g_assert_false (tsm_profile_draft_is_changed (draft));
}

static void
test_notes_say_what_a_value_means (void)
{
  static const struct
  {
    Typed       typed;
    const char *note; /* a part of it; NULL: none */
  } cases[] = {
    { { TSM_DRAFT_DATABASE, "" }, NULL },
    { { TSM_DRAFT_DATABASE, "2" }, "no effect" },
    { { TSM_DRAFT_CHANNELS, "a b:[xy] c" }, "b:[xy] is a pattern" },
    { { TSM_DRAFT_CONTROL_CHANNEL, "" }, "tickstock:monitoring:control" },
    { { TSM_DRAFT_CONTROL_CHANNEL, "x" }, NULL },
    { { TSM_DRAFT_PORT, "" }, "6379" },
    { { TSM_DRAFT_PORT, "7000" }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TsmProfileDraft) draft = new_draft ("redis://host");
      g_autofree char *note = NULL;

      tsm_profile_draft_set_text (draft, cases[i].typed.part, cases[i].typed.text);
      note = tsm_profile_draft_dup_note (draft, cases[i].typed.part);
      if (cases[i].note == NULL)
        g_assert_null (note);
      else
        g_assert_nonnull (strstr (note, cases[i].note));
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/draft/url-fills-the-parts", test_url_fills_the_parts);
  g_test_add_func ("/ui/draft/parts-make-the-url", test_parts_make_the_url);
  g_test_add_func ("/ui/draft/every-fault-is-said", test_every_fault_is_said);
  g_test_add_func ("/ui/draft/fault-names-its-part", test_fault_names_its_part);
  g_test_add_func ("/ui/draft/a-fault-loses-nothing", test_a_fault_loses_nothing);
  g_test_add_func ("/ui/draft/unused-parts-are-kept-and-not-judged", test_unused_parts_are_kept_and_not_judged);
  g_test_add_func ("/ui/draft/password-leaves-the-url", test_password_leaves_the_url);
  g_test_add_func ("/ui/draft/removed-password-is-gone", test_removed_password_is_gone);
  g_test_add_func ("/ui/draft/password-that-comes-late-is-no-change", test_password_that_comes_late_is_no_change);
  g_test_add_func ("/ui/draft/name-follows-the-address-until-it-is-typed", test_name_follows_the_address_until_it_is_typed);
  g_test_add_func ("/ui/draft/control-channel-of-a-pattern-is-asked-for", test_control_channel_of_a_pattern_is_asked_for);
  g_test_add_func ("/ui/draft/every-field-reaches-the-profile", test_every_field_reaches_the_profile);
  g_test_add_func ("/ui/draft/changes-are-told-once", test_changes_are_told_once);
  g_test_add_func ("/ui/draft/back-to-what-it-was-is-no-change", test_back_to_what_it_was_is_no_change);
  g_test_add_func ("/ui/draft/notes-say-what-a-value-means", test_notes_say_what_a_value_means);
  return g_test_run ();
}
