/* The fields of a profile: what each may hold, and that what is refused changes nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis/tsm-profile.h"

#define PIN "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define PIN_KEPT "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF"

typedef struct
{
  TsmProfileField  field;
  const char      *text;
  const char      *kept; /* NULL: it is refused */
} Case;

static const Case cases[] = {
  { TSM_PROFILE_NAME, " Production ", "Production" },
  { TSM_PROFILE_NAME, "a\nb", NULL },
  { TSM_PROFILE_NAME, "\xff", NULL },
  { TSM_PROFILE_NAME, "Müßiggang · 株式", "Müßiggang · 株式" },
  { TSM_PROFILE_COLOUR, "red", "red" },
  { TSM_PROFILE_COLOUR, "mauve", NULL },
  { TSM_PROFILE_URL, "rediss://h:1", "rediss://h:1" },
  { TSM_PROFILE_URL, "redis://me:secret@h", "redis://me@h:6379" },
  { TSM_PROFILE_URL, "ftp://h", NULL },
  { TSM_PROFILE_CHANNELS, "a, b*  c", "a b* c" },
  { TSM_PROFILE_CHANNELS, " ,", NULL },
  { TSM_PROFILE_CHANNELS, "", NULL },
  { TSM_PROFILE_CONTROL_CHANNEL, "orders", "orders" },
  { TSM_PROFILE_READ_ONLY, "true", "true" },
  { TSM_PROFILE_READ_ONLY, "yes", NULL },
  { TSM_PROFILE_TLS_CA_FILE, "/etc/ssl/ca.pem", "/etc/ssl/ca.pem" },
  { TSM_PROFILE_TLS_CA_FILE, "ca.pem", NULL },
  { TSM_PROFILE_TLS_SERVER_NAME, "redis.example", "redis.example" },
  { TSM_PROFILE_TLS_SERVER_NAME, "redis.example/x", NULL },
  { TSM_PROFILE_TLS_PIN, PIN, PIN_KEPT },
  { TSM_PROFILE_TLS_PIN, "SHA256:" PIN_KEPT, PIN_KEPT },
  { TSM_PROFILE_TLS_PIN, "sha256 Fingerprint=" PIN_KEPT, PIN_KEPT },
  { TSM_PROFILE_TLS_PIN, "", "" },
  { TSM_PROFILE_TLS_PIN, "0123", NULL },
  { TSM_PROFILE_TLS_PIN, PIN "0", NULL },
  { TSM_PROFILE_TLS_PIN, "x" PIN, NULL },
  { TSM_PROFILE_CONNECT_TIMEOUT, "100", "100" },
  { TSM_PROFILE_CONNECT_TIMEOUT, "99", NULL },
  { TSM_PROFILE_CONNECT_TIMEOUT, "120001", NULL },
  { TSM_PROFILE_CONNECT_TIMEOUT, "5 s", NULL },
  { TSM_PROFILE_KEEP_ALIVE, "-1", NULL },
};

static void
test_field (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (TsmProfile) profile = tsm_profile_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = tsm_profile_dup_text (profile, expected->field);
  gboolean ok = tsm_profile_set_text (profile, expected->field, expected->text, &error);
  g_autofree char *after = tsm_profile_dup_text (profile, expected->field);

  if (expected->kept != NULL)
    {
      g_assert_no_error (error);
      g_assert_true (ok);
      g_assert_cmpstr (after, ==, expected->kept);
    }
  else
    {
      g_assert_false (ok);
      g_assert_nonnull (error);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_long_name (void)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();
  g_autofree char *name = g_strnfill (81, 'n');

  g_assert_false (tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL));
}

static void
test_keys_lead_back (void)
{
  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    {
      TsmProfileField field;

      g_assert_true (tsm_profile_field_from_key (tsm_profile_field_get_key (i), &field));
      g_assert_cmpuint (field, ==, i);
    }
  g_assert_false (tsm_profile_field_from_key ("password", &(TsmProfileField) { 0 }));
}

static void
test_new_one_is_default (void)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();

  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    g_assert_true (tsm_profile_is_default (profile, i));
}

static void
test_text_goes_in_as_it_comes_out (void)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();

  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    {
      g_autofree char *text = tsm_profile_dup_text (profile, i);

      g_assert_true (tsm_profile_set_text (profile, i, text, NULL));
    }
}

static void
test_copy (void)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url ("rediss+sentinel://me:secret@a,b/s/1", NULL);
  g_autoptr (TsmProfile) copy = NULL;

  tsm_profile_set_text (profile, TSM_PROFILE_NAME, "Production", NULL);
  tsm_profile_set_text (profile, TSM_PROFILE_CHANNELS, "x", NULL);
  tsm_profile_set_text (profile, TSM_PROFILE_READ_ONLY, "true", NULL);
  tsm_profile_set_managed (profile, TRUE);
  copy = tsm_profile_copy (profile);

  g_assert_true (tsm_profile_equal (profile, copy));
  g_assert_cmpstr (tsm_profile_get_id (profile), ==, tsm_profile_get_id (copy));
  g_assert_cmpstr (tsm_profile_get_password (copy), ==, "secret");
  g_assert_cmpuint (tsm_profile_get_n_sentinels (copy), ==, 2);
  g_assert_true (tsm_profile_is_managed (copy));
  g_assert_cmpstr (tsm_profile_get_control_channel (copy), ==, "x:control");

  tsm_profile_set_password (copy, "other");
  g_assert_false (tsm_profile_equal (profile, copy));
}

static void
test_password_of_an_address (void)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url ("redis://:secret@h", NULL);

  tsm_profile_set_text (profile, TSM_PROFILE_URL, "redis://other", NULL);
  g_assert_cmpstr (tsm_profile_get_password (profile), ==, "secret");
  tsm_profile_set_text (profile, TSM_PROFILE_URL, "redis://:***@other", NULL);
  g_assert_cmpstr (tsm_profile_get_password (profile), ==, "secret");
  tsm_profile_set_text (profile, TSM_PROFILE_URL, "redis://:new@other", NULL);
  g_assert_cmpstr (tsm_profile_get_password (profile), ==, "new");
  tsm_profile_set_password (profile, "");
  g_assert_null (tsm_profile_get_password (profile));
}

static void
test_ids (void)
{
  g_autoptr (TsmProfile) one = tsm_profile_new ();
  g_autoptr (TsmProfile) other = tsm_profile_new ();

  g_assert_true (tsm_profile_is_legal_id (tsm_profile_get_id (one)));
  g_assert_cmpstr (tsm_profile_get_id (one), !=, tsm_profile_get_id (other));
  g_assert_false (tsm_profile_is_legal_id (""));
  g_assert_false (tsm_profile_is_legal_id ("a b"));
  g_assert_false (tsm_profile_is_legal_id ("../x/y"));
}

static void
test_requested_by (void)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();

  tsm_profile_set_text (profile, TSM_PROFILE_REQUESTED_BY, "Night desk", NULL);
  g_assert_cmpstr (tsm_profile_get_requested_by (profile), ==, "Night desk");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/redis/profile-field/%s/%u", tsm_profile_field_get_key (cases[i].field), i);

      g_test_add_data_func (path, &cases[i], test_field);
    }
  g_test_add_func ("/redis/profile-field/long-name", test_long_name);
  g_test_add_func ("/redis/profile-field/keys-lead-back", test_keys_lead_back);
  g_test_add_func ("/redis/profile-field/new-one-is-default", test_new_one_is_default);
  g_test_add_func ("/redis/profile-field/goes-in-as-it-comes-out", test_text_goes_in_as_it_comes_out);
  g_test_add_func ("/redis/profile-field/copy", test_copy);
  g_test_add_func ("/redis/profile-field/password-of-an-address", test_password_of_an_address);
  g_test_add_func ("/redis/profile-field/ids", test_ids);
  g_test_add_func ("/redis/profile-field/requested-by", test_requested_by);

  return g_test_run ();
}
