/* Two programs that change the user's file at the same time: neither loses what the other did.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each test makes a change that is not on the disk yet, lets another store write, and then writes its own.
 */

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "profiles-test.h"

#define FILE_PATH "config/tickstock-monitor/profiles"
#define MANAGED   "xdg/tickstock-monitor/profiles.d/m.profile"
#define ABC       "[Profile a]\nname=A\nurl=redis://a\n[Profile b]\nname=B\nurl=redis://b\n[Profile c]\nname=C\nurl=redis://c\n"

static void
load (StoreTest  *test,
      const char *text)
{
  store_test_put (test, FILE_PATH, text);
  tsm_profile_store_load (test->store);
}

static TsmProfile *
make_profile (const char *id,
              const char *name)
{
  TsmProfile *profile = tsm_profile_new ();

  tsm_profile_set_id (profile, id);
  g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL));
  return profile;
}

static TsmProfileStore *
open_other (StoreTest *test)
{
  TsmProfileStore *other = tsm_profile_store_new (test->path, (const char *[]) { NULL });

  tsm_profile_store_load (other);
  return other;
}

/* The other program puts a profile into the file. */
static void
put_by_other (StoreTest  *test,
              const char *id,
              const char *name)
{
  g_autoptr (TsmProfileStore) other = open_other (test);
  g_autoptr (TsmProfile) profile = make_profile (id, name);

  tsm_profile_store_replace (other, profile);
  g_assert_true (tsm_profile_store_flush (other, NULL));
}

/* Both programs, and whoever reads the file later, have these. */
static void
assert_everybody_has (StoreTest  *test,
                      const char *names)
{
  store_test_assert_names (test, names);
  store_test_reload (test);
  store_test_assert_names (test, names);
}

static void
flush (StoreTest *test)
{
  g_autoptr (GError) error = NULL;

  tsm_profile_store_flush (test->store, &error);
  g_assert_no_error (error);
}

static void
test_both_add (StoreTest     *test,
               gconstpointer  data)
{
  load (test, ABC);
  store_test_add (test, "Ours", "redis://ours");
  put_by_other (test, "d", "Theirs");
  flush (test);
  assert_everybody_has (test, "A,B,C,Theirs,Ours");
}

/* The same where a thread writes, and nobody waits for it. */
static void
test_both_add_unhurried (StoreTest     *test,
                         gconstpointer  data)
{
  load (test, ABC);
  store_test_add (test, "Ours", "redis://ours");
  put_by_other (test, "d", "Theirs");
  g_assert_true (tsm_test_wait_until (tsm_profile_store_find (test->store, "Theirs") != NULL));
  assert_everybody_has (test, "A,B,C,Theirs,Ours");
}

/* The first file of all: nobody had read one. */
static void
test_both_begin (StoreTest     *test,
                 gconstpointer  data)
{
  tsm_profile_store_load (test->store);
  store_test_add (test, "Ours", "redis://ours");
  put_by_other (test, "d", "Theirs");
  flush (test);
  assert_everybody_has (test, "Theirs,Ours");
}

static void
test_same_name (StoreTest     *test,
                gconstpointer  data)
{
  load (test, ABC);
  store_test_add (test, "New", "redis://ours");
  put_by_other (test, "d", "New");
  flush (test);
  assert_everybody_has (test, "A,B,C,New,New 2");
}

static void
test_both_edit_one (StoreTest     *test,
                    gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile ("b", "Ours");

  load (test, ABC);
  tsm_profile_store_replace (test->store, profile);
  put_by_other (test, "b", "Theirs");
  flush (test);
  assert_everybody_has (test, "A,Ours,C");
}

static void
test_every_change (StoreTest     *test,
                   gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile ("b", "Better");

  load (test, ABC);
  tsm_profile_store_replace (test->store, profile);
  g_object_unref (tsm_profile_store_remove (test->store, "c"));
  tsm_profile_store_move (test->store, "a", 1);
  tsm_profile_store_set_active (test->store, "b");
  put_by_other (test, "d", "Theirs");
  flush (test);
  assert_everybody_has (test, "Better,A,Theirs");
  g_assert_cmpstr (tsm_profile_store_get_active (test->store), ==, "b");
}

/* What was edited here and removed there stays, as the edit is the later one; what was moved or removed here is gone. */
static void
test_removed_by_other (StoreTest     *test,
                       gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile ("b", "Better");
  g_autoptr (TsmProfileStore) other = NULL;

  load (test, ABC);
  tsm_profile_store_replace (test->store, profile);
  tsm_profile_store_move (test->store, "c", 0);
  other = open_other (test);
  g_object_unref (tsm_profile_store_remove (other, "b"));
  g_object_unref (tsm_profile_store_remove (other, "c"));
  g_assert_true (tsm_profile_store_flush (other, NULL));
  flush (test);
  assert_everybody_has (test, "A,Better");
}

/* A change that is on the disk is not made again on what others write later. */
static void
test_written_is_done (StoreTest     *test,
                      gconstpointer  data)
{
  load (test, ABC);
  g_object_unref (tsm_profile_store_remove (test->store, "c"));
  flush (test);
  put_by_other (test, "c", "Back");
  tsm_profile_store_set_active (test->store, "a");
  flush (test);
  assert_everybody_has (test, "A,B,Back");
}

/* What the other program has added is in the list, so it is not told as if all were new. */
static void
test_tells_what_is_new (StoreTest     *test,
                        gconstpointer  data)
{
  load (test, ABC);
  store_test_add (test, "Ours", "redis://ours");
  put_by_other (test, "d", "Theirs");
  g_string_truncate (test->changes, 0);
  flush (test);
  store_test_assert_changes (test, "3-0+1");
}

static int
lock_folder (StoreTest *test)
{
  g_autofree char *folder = g_path_get_dirname (test->path);
  int lock = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  g_assert_cmpint (flock (lock, LOCK_EX), ==, 0);
  return lock;
}

typedef struct
{
  StoreTest *test;
  int        lock;
} Other;

/* Who knows nothing of our changes, and has the lock. */
static gboolean
write_and_unlock_cb (gpointer user_data)
{
  Other *other = user_data;

  store_test_put (other->test, FILE_PATH, ABC "[Profile d]\nname=Theirs\nurl=redis://theirs\n");
  close (other->lock);
  other->lock = -1;
  return G_SOURCE_REMOVE;
}

static void
test_lock_is_waited_for (StoreTest     *test,
                         gconstpointer  data)
{
  Other other = { test };

  load (test, ABC);
  other.lock = lock_folder (test);
  store_test_add (test, "Ours", "redis://ours");
  g_timeout_add (50, write_and_unlock_cb, &other);
  g_assert_true (tsm_test_wait_until (tsm_profile_store_find (test->store, "Theirs") != NULL));
  g_assert_cmpint (other.lock, <, 0);
  assert_everybody_has (test, "A,B,C,Theirs,Ours");
}

/* A program that hangs holds nobody up for ever. */
static void
test_lock_is_not_waited_for_long (StoreTest     *test,
                                  gconstpointer  data)
{
  int lock;

  load (test, ABC);
  lock = lock_folder (test);
  store_test_add (test, "Ours", "redis://ours");
  flush (test);
  close (lock);
  assert_everybody_has (test, "A,B,C,Ours");
}

/* The administrator changes something while we wait to write: both come. */
static void
test_managed_comes_while_writing (StoreTest     *test,
                                  gconstpointer  data)
{
  Other other = { test };

  store_test_put (test, MANAGED, "[Profile m]\nname=M\nurl=redis://m\n");
  load (test, ABC);
  other.lock = lock_folder (test);
  store_test_add (test, "Ours", "redis://ours");
  store_test_put (test, MANAGED, "[Profile m]\nname=New\nurl=redis://m\n");
  g_timeout_add (300, write_and_unlock_cb, &other);
  g_assert_true (tsm_test_wait_until (tsm_profile_store_find (test->store, "New") != NULL));
  assert_everybody_has (test, "A,B,C,Theirs,Ours,New");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store-races/both-add", test_both_add);
  STORE_TEST ("/store-races/both-add-unhurried", test_both_add_unhurried);
  STORE_TEST ("/store-races/both-begin", test_both_begin);
  STORE_TEST ("/store-races/same-name", test_same_name);
  STORE_TEST ("/store-races/both-edit-one", test_both_edit_one);
  STORE_TEST ("/store-races/every-change", test_every_change);
  STORE_TEST ("/store-races/removed-by-other", test_removed_by_other);
  STORE_TEST ("/store-races/written-is-done", test_written_is_done);
  STORE_TEST ("/store-races/lock-is-waited-for", test_lock_is_waited_for);
  STORE_TEST ("/store-races/lock-is-not-waited-for-long", test_lock_is_not_waited_for_long);
  STORE_TEST ("/store-races/managed-comes-while-writing", test_managed_comes_while_writing);
  STORE_TEST ("/store-races/tells-what-is-new", test_tells_what_is_new);

  return g_test_run ();
}
