/* An authority of the test's own, and certificates by it, right and wrong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/tsm-test-certificates.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#define TOOL "certtool"

#define VALID   "activation_date = \"2020-01-01 00:00:00 UTC\"\nexpiration_date = \"2098-01-01 00:00:00 UTC\"\n"
#define PAST    "activation_date = \"2019-01-01 00:00:00 UTC\"\nexpiration_date = \"2020-01-01 00:00:00 UTC\"\n"
#define FUTURE  "activation_date = \"2099-01-01 00:00:00 UTC\"\nexpiration_date = \"2100-01-01 00:00:00 UTC\"\n"
#define SERVER  "tls_www_server\nsigning_key\n"
#define LOCAL   "cn = \"localhost\"\ndns_name = \"localhost\"\nip_address = \"127.0.0.1\"\nip_address = \"::1\"\n"

static const struct
{
  const char *name;
  const char *template;
  gboolean    self_signed;
} kinds[] = {
  [TSM_TEST_CERTIFICATE_GOOD] = { "good", LOCAL SERVER VALID },
  [TSM_TEST_CERTIFICATE_OTHER] = { "other", LOCAL SERVER VALID },
  [TSM_TEST_CERTIFICATE_SELF_SIGNED] = { "self-signed", LOCAL SERVER VALID, TRUE },
  [TSM_TEST_CERTIFICATE_EXPIRED] = { "expired", LOCAL SERVER PAST },
  [TSM_TEST_CERTIFICATE_NOT_YET] = { "not-yet", LOCAL SERVER FUTURE },
  [TSM_TEST_CERTIFICATE_WRONG_NAME] = { "wrong-name", "cn = \"redis.example\"\ndns_name = \"redis.example\"\n" SERVER VALID },
  [TSM_TEST_CERTIFICATE_CLIENT] = { "client", "cn = \"monitor\"\ntls_www_client\nsigning_key\n" VALID },
  [TSM_TEST_CERTIFICATE_STRANGER] = { "stranger", "cn = \"stranger\"\ntls_www_client\nsigning_key\n" VALID, TRUE },
};

struct _TsmTestCertificates
{
  char *directory;
  char *ca;
  char *ca_key;
  char *paths[G_N_ELEMENTS (kinds)];
  char *keys[G_N_ELEMENTS (kinds)];
};

gboolean
tsm_test_certificates_are_available (void)
{
  g_autofree char *path = g_find_program_in_path (TOOL);

  return path != NULL;
}

static void
run (const char * const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &words, &status,
                &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s failed: %s", argv[0], words);
}

static char *
make_path (TsmTestCertificates *self,
           const char          *name,
           const char          *ending)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);

  return g_build_filename (self->directory, file, NULL);
}

/* @signer: (nullable): NULL for one that signs itself */
static void
make (TsmTestCertificates  *self,
      const char           *name,
      const char           *template,
      const char           *signer,
      char                **path,
      char                **key)
{
  g_autofree char *template_path = make_path (self, name, ".template");
  g_autoptr (GError) error = NULL;

  *path = make_path (self, name, ".pem");
  *key = make_path (self, name, ".key");
  g_file_set_contents (template_path, template, -1, &error);
  g_assert_no_error (error);

  run ((const char *[]) { TOOL, "--generate-privkey", "--key-type", "ecdsa", "--outfile", *key, NULL });
  if (signer != NULL)
    run ((const char *[]) { TOOL, "--generate-certificate", "--load-privkey", *key, "--load-ca-certificate", self->ca,
                            "--load-ca-privkey", self->ca_key, "--template", template_path, "--outfile", *path, NULL });
  else
    run ((const char *[]) { TOOL, "--generate-self-signed", "--load-privkey", *key, "--template", template_path,
                            "--outfile", *path, NULL });
}

TsmTestCertificates *
tsm_test_certificates_new (void)
{
  TsmTestCertificates *self = g_new0 (TsmTestCertificates, 1);
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("tsm-certificates-XXXXXX", &error);
  g_assert_no_error (error);
  make (self, "ca", "cn = \"Test Authority\"\nca\ncert_signing_key\n" VALID, NULL, &self->ca, &self->ca_key);
  return self;
}

static GPtrArray *left_behind;

static void
remove_directory (gpointer data,
                  gpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (data, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (data, name, NULL);

      g_remove (path);
    }
  g_rmdir (data);
}

static void
remove_all (void)
{
  g_ptr_array_foreach (left_behind, remove_directory, NULL);
  g_clear_pointer (&left_behind, g_ptr_array_unref);
}

/* A handshake that was given up goes on in its thread for a moment, and may read the files yet. */
static void
remove_at_exit (const char *directory)
{
  if (left_behind == NULL)
    {
      left_behind = g_ptr_array_new_with_free_func (g_free);
      atexit (remove_all);
    }
  g_ptr_array_add (left_behind, g_strdup (directory));
}

void
tsm_test_certificates_free (TsmTestCertificates *self)
{
  remove_at_exit (self->directory);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_free (self->paths[i]);
      g_free (self->keys[i]);
    }
  g_free (self->ca);
  g_free (self->ca_key);
  g_free (self->directory);
  g_free (self);
}

const char *
tsm_test_certificates_get_directory (TsmTestCertificates *self)
{
  return self->directory;
}

const char *
tsm_test_certificates_get_ca (TsmTestCertificates *self)
{
  return self->ca;
}

const char *
tsm_test_certificates_get (TsmTestCertificates *self,
                           TsmTestCertificate   which)
{
  if (self->paths[which] == NULL)
    make (self, kinds[which].name, kinds[which].template, kinds[which].self_signed ? NULL : self->ca, &self->paths[which],
          &self->keys[which]);

  return self->paths[which];
}

const char *
tsm_test_certificates_get_key (TsmTestCertificates *self,
                               TsmTestCertificate   which)
{
  tsm_test_certificates_get (self, which);
  return self->keys[which];
}
