/* The store's files: what is written, what wrong ones cost, other programs, managed profiles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profiles-test.h"

#define FILE_PATH "config/tickstock-monitor/profiles"
#define MANAGED   "xdg/tickstock-monitor/profiles.d/"

static void
load (StoreTest  *test,
      const char *text)
{
  store_test_put (test, FILE_PATH, text);
  tsm_profile_store_load (test->store);
}

/* A change that makes the file be written, and the wait for it. */
static void
save (StoreTest *test)
{
  g_autoptr (GError) error = NULL;

  store_test_add (test, "Saved", "redis://saved");
  tsm_profile_store_flush (test->store, &error);
  g_assert_no_error (error);
}

static void
assert_file_has (StoreTest  *test,
                 const char *path,
                 const char *text)
{
  g_autofree char *contents = store_test_get_file (test, path);

  if (strstr (contents, text) == NULL)
    g_error ("“%s” is not in %s:\n%s", text, path, contents);
}

static void
test_round_trip (StoreTest     *test,
                 gconstpointer  data)
{
  static const char * const values[TSM_N_PROFILE_FIELDS] = {
    [TSM_PROFILE_NAME] = "Größe; [x] = \\ #1",
    [TSM_PROFILE_COLOUR] = "red",
    [TSM_PROFILE_URL] = "rediss://me@[::1]:6380/3",
    [TSM_PROFILE_CHANNELS] = "a;b c:* d",
    [TSM_PROFILE_CONTROL_CHANNEL] = "control here",
    [TSM_PROFILE_READ_ONLY] = "true",
    [TSM_PROFILE_REQUESTED_BY] = "Ops",
    [TSM_PROFILE_TLS_CA_FILE] = "/etc/ca one.pem",
    [TSM_PROFILE_TLS_CERTIFICATE_FILE] = "/etc/cert.pem",
    [TSM_PROFILE_TLS_KEY_FILE] = "/etc/key.pem",
    [TSM_PROFILE_TLS_SERVER_NAME] = "redis.example.org",
    [TSM_PROFILE_TLS_PIN] = "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF",
    [TSM_PROFILE_CONNECT_TIMEOUT] = "1000",
    [TSM_PROFILE_REPLY_TIMEOUT] = "2000",
    [TSM_PROFILE_KEEP_ALIVE] = "30",
    [TSM_PROFILE_USER_TIMEOUT] = "9000",
  };
  g_autoptr (TsmProfile) profile = tsm_profile_new ();

  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    g_assert_true (tsm_profile_set_text (profile, i, values[i], NULL));
  tsm_profile_store_insert (test->store, profile, 0);
  store_test_reload (test);

  g_assert_cmpuint (test->problems->len, ==, 0);
  g_assert_true (tsm_profile_equal (store_test_get (test, 0), profile));
  g_assert_cmpstr (tsm_profile_get_id (store_test_get (test, 0)), ==, tsm_profile_get_id (profile));
}

static void
test_form (StoreTest     *test,
           gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url ("redis://:s3cr3t@h", NULL);
  g_autofree char *text = NULL;

  tsm_profile_set_id (profile, "one");
  g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_NAME, "One", NULL));
  g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_CHANNELS, "a b", NULL));
  g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_READ_ONLY, "true", NULL));
  g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_KEEP_ALIVE, "60", NULL));
  tsm_profile_store_insert (test->store, profile, 0);
  tsm_profile_store_set_active (test->store, "one");
  g_assert_true (tsm_profile_store_flush (test->store, NULL));

  text = store_test_get_file (test, FILE_PATH);
  g_assert_cmpstr (text, ==, "[TickStock Monitor]\nversion=1\nactive=one\n\n[Profile one]\nname=One\nurl=redis://h:6379\nchannels=a;b;\n"
                             "read-only=true\nkeep-alive-s=60\n");
  g_assert_cmpuint (store_test_get_mode (test, FILE_PATH), ==, 0600);
  g_assert_cmpuint (store_test_get_mode (test, "config/tickstock-monitor"), ==, 0700);
}

static void
test_written_by_itself (StoreTest     *test,
                        gconstpointer  data)
{
  g_autofree char *text = NULL;

  tsm_profile_store_load (test->store);
  for (guint i = 0; i < 50; i++)
    store_test_add (test, "Many", "redis://h");
  g_assert_true (tsm_test_wait_until (g_file_test (test->path, G_FILE_TEST_EXISTS)));
  text = store_test_get_file (test, FILE_PATH);
  g_assert_nonnull (strstr (text, "name=Many 50\n")); /* all at once */
}

/* Made by a newer version, and by hand: what is not known stays, and so do comments. */
#define NEWER \
  "# My connections\n[TickStock Monitor]\nversion=7\nlayout=wide\n\n# The one that counts\n[Profile one]\nname=One\n# by mail\n" \
  "url=redis://h:6379\nfuture=7;8\n\n[Window]\nsize=3\n"

static void
test_unknown_is_kept (StoreTest     *test,
                      gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *broken = g_strconcat (test->path, ".broken", NULL);

  load (test, NEWER);
  g_assert_cmpuint (test->problems->len, ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      save (test);
      store_test_reload (test);
      g_assert_nonnull (tsm_profile_store_find (test->store, "Saved"));
      g_object_unref (tsm_profile_store_remove (test->store, tsm_profile_get_id (tsm_profile_store_find (test->store, "Saved"))));
      g_free (first);
      first = g_steal_pointer (&second);
      store_test_reload (test);
      second = store_test_get_file (test, FILE_PATH);
    }

  assert_file_has (test, FILE_PATH, "version=7\n");
  assert_file_has (test, FILE_PATH, "layout=wide\n");
  assert_file_has (test, FILE_PATH, "future=7;8\n");
  assert_file_has (test, FILE_PATH, "[Window]\nsize=3\n");
  assert_file_has (test, FILE_PATH, "# The one that counts\n[Profile one]");
  assert_file_has (test, FILE_PATH, "# by mail\nurl=");
  g_assert_cmpstr (first, ==, second); /* nothing grows */
  g_assert_false (g_file_test (broken, G_FILE_TEST_EXISTS));
}

static void
test_wrong_value (StoreTest     *test,
                  gconstpointer  data)
{
  load (test, "[Profile one]\nname=One\nurl=redis://h\ncolour=ultraviolet\nkeep-alive-s=0\nread-only=perhaps\n"
              "channels=a b;c\ntls-ca-file=relative.pem\nrequested-by=\\;\\x\n");
  store_test_assert_names (test, "One");
  g_assert_cmpuint (test->problems->len, ==, 6);
  g_assert_true (store_test_has_problem (test, "/profiles, group “Profile one”, key “colour”: There is no such colour."));
  g_assert_true (tsm_profile_is_default (store_test_get (test, 0), TSM_PROFILE_CHANNELS));
  g_assert_cmpuint (tsm_profile_store_get_problems (test->store)->len, ==, 6);

  save (test);
  assert_file_has (test, FILE_PATH ".broken", "colour=ultraviolet\n");
  g_assert_cmpuint (store_test_get_mode (test, FILE_PATH ".broken"), ==, 0600);

  store_test_reload (test);
  g_assert_cmpuint (test->problems->len, ==, 0);
}

static void
test_wrong_lines (StoreTest     *test,
                  gconstpointer  data)
{
  load (test, "stray\n[Profile one]\nname=One\nurl=redis://h\nrubbish\n=x\n\n[Broken\nname=Never\n[Profile two]\nname=Two\nurl=redis://h2\n");
  store_test_assert_names (test, "One,Two");
  g_assert_true (store_test_has_problem (test, "line 1:"));
  g_assert_true (store_test_has_problem (test, "line 5:"));
  g_assert_true (store_test_has_problem (test, "line 6:"));
  g_assert_true (store_test_has_problem (test, "line 8:"));
  g_assert_cmpuint (test->problems->len, ==, 4);

  save (test);
  assert_file_has (test, FILE_PATH ".broken", "[Broken\nname=Never\n");
}

static void
test_wrong_address (StoreTest     *test,
                    gconstpointer  data)
{
  g_autofree char *text = NULL;

  load (test, "[Profile bad]\nname=Bad\nurl=redis://:s3cr3t@h:99999\npassword=s3cr3t\n[Profile none]\nname=None\n"
              "[Profile b a d]\nname=Id\nurl=redis://:s3cr3t@h\n[Profile good]\nname=Good\nurl=redis://g\n");
  store_test_assert_names (test, "Good");
  g_assert_true (store_test_has_problem (test, "group “Profile bad”, key “url”: The port"));
  g_assert_true (store_test_has_problem (test, "group “Profile none”, key “url”: The address is missing"));
  g_assert_true (store_test_has_problem (test, "group “Profile b a d”"));

  save (test);
  assert_file_has (test, FILE_PATH, "[Profile bad]\nname=Bad\nurl=redis://:***@h:99999\n");
  assert_file_has (test, FILE_PATH, "[Profile none]\nname=None\n");
  text = store_test_get_file (test, FILE_PATH);
  g_assert_null (strstr (text, "password"));
  g_assert_false (store_test_is_on_disk (test, "s3cr3t"));
}

static void
test_password_in_file (StoreTest     *test,
                       gconstpointer  data)
{
  g_autofree char *text = NULL;

  load (test, "[Profile one]\nname=One\nurl=redis://me:s3cr3t@h\ncolour=ultraviolet\n[Profile two]\nname=Two\nurl=redis://h\npassword=s3cr3t\n");
  g_assert_cmpstr (tsm_profile_get_password (store_test_get (test, 0)), ==, "s3cr3t");
  g_assert_null (tsm_profile_get_password (store_test_get (test, 1)));
  g_assert_true (store_test_has_problem (test, "group “Profile one”, key “url”: A password in a file"));
  g_assert_true (store_test_has_problem (test, "group “Profile two”, key “password”"));
  for (guint i = 0; i < test->problems->len; i++)
    g_assert_null (strstr (g_ptr_array_index (test->problems, i), "s3cr3t"));

  save (test);
  assert_file_has (test, FILE_PATH ".broken", "url=redis://me:***@h\n");
  text = store_test_get_file (test, FILE_PATH);
  g_assert_null (strstr (text, "password"));
  g_assert_false (store_test_is_on_disk (test, "s3cr3t"));
}

static void
test_same_names (StoreTest     *test,
                 gconstpointer  data)
{
  load (test, "[Profile 1]\nname=One\nurl=redis://h\n[Profile 2]\nname=ONE\nurl=redis://h\n[Profile 3]\nurl=redis://h\n");
  store_test_assert_names (test, "One,ONE 2,Connection");
}

static void
test_not_a_file (StoreTest     *test,
                 gconstpointer  data)
{
  g_assert_cmpint (g_mkdir_with_parents (test->path, 0700), ==, 0);
  tsm_profile_store_load (test->store);
  g_assert_cmpuint (test->problems->len, ==, 1);
  save (test);
  assert_file_has (test, FILE_PATH, "name=Saved\n");
  g_assert_cmpuint (store_test_get_mode (test, FILE_PATH ".broken"), ==, 0700);
}

static void
test_too_large (StoreTest     *test,
                gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (1024 * 1024 + 1, '#');

  load (test, filler);
  g_assert_true (store_test_has_problem (test, "Cannot read your connections"));
  save (test);
  assert_file_has (test, FILE_PATH ".broken", "####");
}

static void
test_fifo (StoreTest     *test,
           gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (test->path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (test->path, 0600), ==, 0);
  tsm_profile_store_load (test->store); /* does not wait for a writer */
  g_assert_cmpuint (test->problems->len, ==, 1);
}

static void
test_cannot_write (StoreTest     *test,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_test_put (test, "config", "a file where the folder should be");
  tsm_profile_store_load (test->store);
  store_test_add (test, "One", "redis://h");
  g_assert_true (tsm_test_wait_until (store_test_has_problem (test, "could not be saved")));
  g_assert_false (tsm_profile_store_flush (test->store, &error));
  g_assert_nonnull (error);

  {
    g_autofree char *config = g_build_filename (test->folder, "config", NULL);

    g_assert_cmpint (g_remove (config), ==, 0);
  }
  g_assert_true (tsm_profile_store_flush (test->store, NULL));
  assert_file_has (test, FILE_PATH, "name=One\n");
}

static void
test_link_stays (StoreTest     *test,
                 gconstpointer  data)
{
  g_autofree char *target = g_build_filename (test->folder, "dotfiles", NULL);

  store_test_put (test, "dotfiles", "[Profile one]\nname=One\nurl=redis://h\n");
  store_test_put (test, "config/tickstock-monitor/x", "");
  g_assert_cmpint (symlink (target, test->path), ==, 0);
  tsm_profile_store_load (test->store);
  save (test);
  g_assert_true (g_file_test (test->path, G_FILE_TEST_IS_SYMLINK));
  assert_file_has (test, "dotfiles", "name=Saved\n");
}

static void
test_other_program (StoreTest     *test,
                    gconstpointer  data)
{
  load (test, "[Profile one]\nname=One\nurl=redis://h\n[Profile two]\nname=Two\nurl=redis://h\n");
  g_string_truncate (test->changes, 0);
  store_test_put (test, FILE_PATH, "[TickStock Monitor]\nactive=two\n[Profile one]\nname=One\nurl=redis://h\n[Profile two]\nname=Second\n"
                                   "url=redis://h\n");
  g_assert_true (tsm_test_wait_until (tsm_profile_store_find (test->store, "Second") != NULL));
  store_test_assert_changes (test, "1-1+1");
  g_assert_cmpstr (tsm_profile_store_get_active (test->store), ==, "two");
  g_assert_cmpuint (test->n_active_changed, ==, 1);
}

/* Right before a change what another has written is taken up, so that it is not lost. */
static void
test_other_program_before_change (StoreTest     *test,
                                  gconstpointer  data)
{
  load (test, "[Profile one]\nname=One\nurl=redis://h\n");
  store_test_put (test, FILE_PATH, "[Profile one]\nname=One\nurl=redis://h\n[Profile two]\nname=Two\nurl=redis://h\n");
  store_test_add (test, "Three", "redis://h");
  store_test_assert_names (test, "One,Two,Three");
}

static void
test_own_write_is_no_news (StoreTest     *test,
                           gconstpointer  data)
{
  tsm_profile_store_load (test->store);
  save (test);
  g_string_truncate (test->changes, 0);

  /* The other store's change comes after the events of our own. */
  {
    const char *dirs[] = { test->system, NULL };
    g_autoptr (TsmProfileStore) other = tsm_profile_store_new (test->path, dirs);
    g_autoptr (TsmProfile) profile = tsm_profile_new ();

    tsm_profile_store_load (other);
    g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_NAME, "Other", NULL));
    tsm_profile_store_insert (other, profile, 0);
    g_assert_true (tsm_profile_store_flush (other, NULL));
  }
  g_assert_true (tsm_test_wait_until (tsm_profile_store_find (test->store, "Other") != NULL));
  store_test_assert_changes (test, "0-0+1");
}

/* Only a file that another program has changed is read again, and the managed ones with it. */
static void
test_own_write_is_not_read (StoreTest     *test,
                            gconstpointer  data)
{
  tsm_profile_store_load (test->store);
  save (test);
  store_test_put (test, MANAGED "a.profile", "[Profile a]\nname=Managed\nurl=redis://a\n");
  store_test_add (test, "Second", "redis://h");
  store_test_assert_names (test, "Saved,Second");
}

/* --- managed --- */

static void
test_managed (StoreTest     *test,
              gconstpointer  data)
{
  store_test_put (test, MANAGED "20-b.profile", "[Profile b]\nname=B\nurl=redis://b\n");
  store_test_put (test, MANAGED "10-a.profile", "[TickStock Monitor]\nactive=a\n[Profile a]\nname=A\nurl=redis://a\nread-only=true\n");
  store_test_put (test, MANAGED "30-c.txt", "[Profile c]\nname=C\nurl=redis://c\n");
  load (test, "[Profile own]\nname=Own\nurl=redis://own\n");
  store_test_assert_names (test, "Own,A,B");
  g_assert_cmpuint (tsm_profile_store_get_n_own (test->store), ==, 1);
  g_assert_true (tsm_profile_is_managed (store_test_get (test, 1)));
  g_assert_cmpstr (tsm_profile_store_get_active (test->store), ==, "a");

  g_assert_null (tsm_profile_store_remove (test->store, "a"));
  tsm_profile_store_move (test->store, "a", 0);
  store_test_assert_names (test, "Own,A,B");
  g_assert_false (tsm_profile_is_managed (tsm_profile_store_duplicate (test->store, "a")));
  store_test_assert_names (test, "Own,A 2,A,B");

  tsm_profile_store_set_active (test->store, "b");
  store_test_reload (test);
  g_assert_cmpstr (tsm_profile_store_get_active (test->store), ==, "b");
}

static void
test_managed_clash (StoreTest     *test,
                    gconstpointer  data)
{
  store_test_put (test, MANAGED "a.profile", "[TickStock Monitor]\nactive=x\n[Profile x]\nname=Own\nurl=redis://managed\n");
  load (test, "[Profile x]\nname=own\nurl=redis://own\n");
  store_test_assert_names (test, "own,Own 2");
  g_assert_cmpstr (tsm_profile_get_id (store_test_get (test, 1)), ==, "x.managed");
  g_assert_cmpstr (tsm_profile_store_get_active (test->store), ==, "x.managed");

  g_object_unref (tsm_profile_store_remove (test->store, "x"));
  g_assert_cmpstr (tsm_profile_get_id (store_test_get (test, 0)), ==, "x");
  store_test_assert_names (test, "Own");
}

static void
test_managed_folders (StoreTest     *test,
                      gconstpointer  data)
{
  g_autofree char *second = g_build_filename (test->folder, "xdg2", NULL);
  const char *dirs[] = { test->system, second, NULL };
  g_autoptr (TsmProfileStore) store = tsm_profile_store_new (test->path, dirs);

  store_test_put (test, MANAGED "a.profile", "[Profile x]\nname=X\nurl=redis://first\n");
  store_test_put (test, MANAGED "b.profile", "[Profile x]\nname=Y\nurl=redis://same-folder\n");
  store_test_put (test, "xdg2/tickstock-monitor/profiles.d/a.profile", "[Profile x]\nname=X\nurl=redis://second\n");
  tsm_profile_store_load (store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  g_assert_cmpstr (tsm_profile_get_host (tsm_profile_store_lookup (store, "x")), ==, "first");
  g_assert_cmpuint (tsm_profile_store_get_problems (store)->len, ==, 1);
}

static void
test_managed_wrong (StoreTest     *test,
                    gconstpointer  data)
{
  store_test_put (test, MANAGED "a.profile", "nonsense\n[Profile x]\nname=X\nurl=http://x\n");
  store_test_put (test, MANAGED "b.profile/file", "");
  store_test_put (test, MANAGED "c.profile", "[Profile c]\nname=C\nurl=redis://c\n");
  tsm_profile_store_load (test->store);
  store_test_assert_names (test, "C");
  g_assert_true (store_test_has_problem (test, "a.profile, line 1"));
  g_assert_true (store_test_has_problem (test, "a.profile, group “Profile x”, key “url”"));
  g_assert_true (store_test_has_problem (test, "b.profile"));
}

/* The folder need not be there at the start. */
static void
test_managed_is_watched (StoreTest     *test,
                         gconstpointer  data)
{
  load (test, "[Profile x]\nname=X\nurl=redis://x\n");
  store_test_put (test, MANAGED "a.profile", "[Profile a]\nname=A\nurl=redis://a\n");
  g_assert_true (tsm_test_wait_until (tsm_profile_store_find (test->store, "A") != NULL));

  store_test_put (test, MANAGED "b.profile", "[Profile b]\nname=B\nurl=redis://b\n");
  g_assert_true (tsm_test_wait_until (tsm_profile_store_find (test->store, "B") != NULL));
  store_test_assert_names (test, "X,A,B");

  g_string_truncate (test->changes, 0);
  store_test_put (test, MANAGED "a.profile", "[Profile a]\nname=New\nurl=redis://a\n");
  g_assert_true (tsm_test_wait_until (tsm_profile_store_find (test->store, "New") != NULL));
  store_test_assert_changes (test, "1-1+1");

  store_test_remove (test, MANAGED "a.profile");
  g_assert_true (tsm_test_wait_until (tsm_profile_store_find (test->store, "New") == NULL));
  store_test_assert_names (test, "X,B");
}

/* Whatever stands in the file: no crash, no warning, and a file that can be read afterwards. */
static void
test_random_bytes (StoreTest     *test,
                   gconstpointer  data)
{
  static const char * const pieces[] = {
    "[Profile x]\n", "[Profile ", "]\n", "[TickStock Monitor]\n", "url=", "redis://", "name=", "\n", "=", "[", "]", "#", ";", "\\", "\\s",
    "channels=", "version=", "active=", "x", "\xff", "\xc3\xa4", " ", "\r\n", "[x]\n", "read-only=", "true", "\t", "key[de]=",
  };

  for (guint round = 0; round < 150; round++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      guint n = (guint) g_test_rand_int_range (0, 200);

      for (guint i = 0; i < n; i++)
        {
          const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];
          guint8 byte = (guint8) g_test_rand_int_range (0, 256);

          if (g_test_rand_int_range (0, 20) == 0)
            g_byte_array_append (bytes, &byte, 1);
          else
            g_byte_array_append (bytes, (const guint8 *) piece, (guint) strlen (piece));
        }

      store_test_put (test, FILE_PATH, "");
      g_assert_true (g_file_set_contents (test->path, (const char *) bytes->data, bytes->len, NULL));
      store_test_put (test, MANAGED "a.profile", "");
      {
        g_autofree char *managed = g_build_filename (test->folder, MANAGED "a.profile", NULL);

        g_assert_true (g_file_set_contents (managed, (const char *) bytes->data, bytes->len, NULL));
      }
      tsm_profile_store_load (test->store);
      save (test);
      g_assert_nonnull (tsm_profile_store_find (test->store, "Saved"));
      g_ptr_array_set_size (test->problems, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store-files/round-trip", test_round_trip);
  STORE_TEST ("/store-files/form", test_form);
  STORE_TEST ("/store-files/written-by-itself", test_written_by_itself);
  STORE_TEST ("/store-files/unknown-is-kept", test_unknown_is_kept);
  STORE_TEST ("/store-files/wrong-value", test_wrong_value);
  STORE_TEST ("/store-files/wrong-lines", test_wrong_lines);
  STORE_TEST ("/store-files/wrong-address", test_wrong_address);
  STORE_TEST ("/store-files/password-in-file", test_password_in_file);
  STORE_TEST ("/store-files/same-names", test_same_names);
  STORE_TEST ("/store-files/not-a-file", test_not_a_file);
  STORE_TEST ("/store-files/too-large", test_too_large);
  STORE_TEST ("/store-files/fifo", test_fifo);
  STORE_TEST ("/store-files/cannot-write", test_cannot_write);
  STORE_TEST ("/store-files/link-stays", test_link_stays);
  STORE_TEST ("/store-files/other-program", test_other_program);
  STORE_TEST ("/store-files/other-program-before-change", test_other_program_before_change);
  STORE_TEST ("/store-files/own-write-is-no-news", test_own_write_is_no_news);
  STORE_TEST ("/store-files/own-write-is-not-read", test_own_write_is_not_read);
  STORE_TEST ("/store-files/managed", test_managed);
  STORE_TEST ("/store-files/managed-clash", test_managed_clash);
  STORE_TEST ("/store-files/managed-folders", test_managed_folders);
  STORE_TEST ("/store-files/managed-wrong", test_managed_wrong);
  STORE_TEST ("/store-files/managed-is-watched", test_managed_is_watched);
  STORE_TEST ("/store-files/random-bytes", test_random_bytes);

  return g_test_run ();
}
