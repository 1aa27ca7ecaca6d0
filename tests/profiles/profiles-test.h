/* What the tests of profiles share: a folder of their own, files in it, and what a store has told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "profiles/tsm-profile-store.h"
#include "support/tsm-test-loop.h"

G_BEGIN_DECLS

typedef struct
{
  char            *folder;
  char            *path;    /* of the user's file */
  char            *system;  /* a folder of managed profiles' parents */
  TsmProfileStore *store;
  GString         *changes; /* "position-removed+added " */
  GPtrArray       *problems;
  guint            n_active_changed;
} StoreTest;

void        store_test_set_up     (StoreTest     *test,
                                   gconstpointer  data);
void        store_test_tear_down  (StoreTest     *test,
                                   gconstpointer  data);

/* A new store on the same files, loaded; the former is written first. */
void        store_test_reload     (StoreTest     *test);
TsmProfile *store_test_add        (StoreTest     *test,
                                   const char    *name,
                                   const char    *url);
TsmProfile *store_test_get        (StoreTest     *test,
                                   guint          index);
/* Names of the list in their order, separated by commas. */
void        store_test_assert_names (StoreTest   *test,
                                     const char  *names);
/* What was told since the last look. */
void        store_test_assert_changes (StoreTest  *test,
                                       const char *changes);
gboolean    store_test_has_problem (StoreTest    *test,
                                    const char   *words);

/* Paths are below the test's folder; folders are made. */
void        store_test_put        (StoreTest     *test,
                                   const char    *path,
                                   const char    *text);
void        store_test_remove     (StoreTest     *test,
                                   const char    *path);
char       *store_test_get_file   (StoreTest     *test,
                                   const char    *path); /* "" where there is none */
guint       store_test_get_mode   (StoreTest     *test,
                                   const char    *path);
/* Whether @text is in any file of the folder. */
gboolean    store_test_is_on_disk (StoreTest     *test,
                                   const char    *text);

#define STORE_TEST(path, func) g_test_add (path, StoreTest, NULL, store_test_set_up, func, store_test_tear_down)

G_END_DECLS
