/* Feeds addresses and files of profiles with any bytes: a libFuzzer target, built with -Dfuzz=true and clang.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte says what the rest is. What the same functions make of mutated good texts is a test of every build, in
 * test-exchange.c and test-profile.c.
 */

#include <string.h>

#include "profiles/tsm-profile-exchange.h"
#include "tests/support/tsm-test-fuzz.h"

/* What was understood can be written down, and is then the same again; no form of it shows a password. */
static void
check_profile (TsmProfile *profile)
{
  g_autofree char *shown = tsm_profile_dup_display_url (profile);
  g_autofree char *bare = tsm_profile_dup_text (profile, TSM_PROFILE_URL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) again = tsm_profile_new_from_url (bare, &error);
  g_autofree char *twice = NULL;

  g_assert_no_error (error);
  twice = tsm_profile_dup_text (again, TSM_PROFILE_URL);
  g_assert_cmpstr (bare, ==, twice);
  g_assert_null (tsm_profile_get_password (again));
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_cmpuint (g_strv_length ((char **) tsm_profile_get_channels (profile)), >, 0);
}

static void
feed_address (const char *text,
              gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (text, &error);

  if (profile != NULL)
    check_profile (profile);
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
feed_field (const char *text,
            gsize       size)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();

  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    tsm_profile_set_text (profile, i, text, NULL);
  check_profile (profile);
}

static void
feed_import (const char *text,
             gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfileImport) import = tsm_profile_import_text (text, size, "fuzz", &error);
  g_autofree char *keyfile = NULL;
  g_autofree char *json = NULL;

  if (import == NULL)
    return;

  for (guint i = 0; i < import->problems->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (import->problems, i), -1, NULL));
  for (guint i = 0; i < import->profiles->len; i++)
    check_profile (g_ptr_array_index (import->profiles, i));

  keyfile = tsm_profile_export_keyfile (import->profiles, import->active);
  json = tsm_profile_export_json (import->profiles, import->active);
  g_assert_true (g_utf8_validate (keyfile, -1, NULL));
  g_assert_true (g_utf8_validate (json, -1, NULL));
}

TSM_TEST_FUZZ (feed_address, feed_field, feed_import)
