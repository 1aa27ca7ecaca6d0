/* No copy of the password is left in memory when a connection has ended: what a core dump would show.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The password stands in this program only in disguise, and the server is told no more than its hash, so that any copy that is
 * found was made by the connection. The allocator must not overwrite what is freed: see meson.build.
 */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "redis-test.h"
#include "support/tsm-test-certificates.h"

#define DISGUISE 0x5a
#define HASH     "9da424582ce43b6c5891479a221a326cb96267b52b97c18551c0711665bcd403"

/* So many "x" stand before what is looked for: what is freed is used again from its beginning, which would hide the end of a
 * short one. */
#define FILLER 3000

/* Regions larger than this are reserved, not used; a sanitizer's shadow among them. Bytes. */
#define MAX_REGION ((gsize) 512 * 1024 * 1024)

static const guint8 disguised[] = {
  0x2d, 0x3b, 0x36, 0x34, 0x2f, 0x2e, 0x77, 0x32, 0x3b, 0x28, 0x38, 0x35, 0x2f, 0x28, 0x77, 0x6d, 0x6e, 0x6b, 0x6b
};

static void
reveal (char *text)
{
  for (gsize i = 0; i < sizeof disguised; i++)
    text[i] = (char) (disguised[i] ^ DISGUISE);
  text[sizeof disguised] = '\0';
}

static guint
count_in (const guint8 *bytes,
          gsize         size)
{
  guint n = 0;

  for (gsize start = 0; start + sizeof disguised <= size; start++)
    {
      gsize i = 0;

      while (i < sizeof disguised && bytes[start + i] == (disguised[i] ^ DISGUISE))
        i++;
      n += i == sizeof disguised ? 1 : 0;
    }

  return n;
}

/* By way of a file, as a region may go while it is read, with a thread that ends. The buffer is one of the places that are
 * looked at, so nothing may stay in it. */
static guint
count_in_region (int   memory,
                 gsize start,
                 gsize end)
{
  static guint8 buffer[64 * 1024];
  guint n = 0;

  while (start + sizeof disguised <= end)
    {
      gssize got = pread (memory, buffer, MIN (sizeof buffer, end - start), (off_t) start);

      if (got < (gssize) sizeof disguised)
        break;

      n += count_in (buffer, (gsize) got);
      explicit_bzero (buffer, sizeof buffer);
      start += (gsize) got - (sizeof disguised - 1); /* one may stand across two readings */
    }

  return n;
}

/* Copies of the password in all memory of this process that may be written. */
static guint
count_copies (void)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  guint n = 0;

  g_assert_cmpint (memory, >=, 0);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize start, end;
      char access[5];

      if (sscanf (lines[i], "%zx-%zx %4s", &start, &end, access) == 3 && g_str_has_prefix (access, "rw")
          && end - start <= MAX_REGION)
        n += count_in_region (memory, start, end);
    }

  close (memory);
  return n;
}

static TsmProfile *
new_profile (const char *url)
{
  TsmProfile *profile = tsm_profile_new_from_url (url, NULL);
  char password[FILLER + sizeof disguised + 1];

  memset (password, 'x', FILLER);
  reveal (password + FILLER);
  tsm_profile_set_password (profile, password);
  explicit_bzero (password, sizeof password);
  return profile;
}

static void
assert_leaves_nothing (TsmTestRedis *redis,
                       const char   *ca_file)
{
  TsmProfile *profile = new_profile (tsm_test_redis_get_tcp_url (redis));
  TsmConnection *connection;

  if (ca_file != NULL)
    tsm_profile_set_text (profile, TSM_PROFILE_TLS_CA_FILE, ca_file, NULL);
  connection = tsm_connection_new (profile);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  g_assert_cmpuint (count_copies (), ==, 1); /* the profile's */

  redis_test_close (connection);
  g_object_unref (profile);
  g_assert_cmpuint (count_copies (), ==, 0);
}

static void
test_plain (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);

  tsm_test_redis_do (redis, "ACL SETUSER default resetpass #" HASH);
  assert_leaves_nothing (redis, NULL);
}

static void
test_tls (void)
{
  g_autoptr (TsmTestCertificates) certificates = tsm_test_certificates_new ();
  const char *args[] = {
    "--tls-cert-file", tsm_test_certificates_get (certificates, TSM_TEST_CERTIFICATE_GOOD),
    "--tls-key-file", tsm_test_certificates_get_key (certificates, TSM_TEST_CERTIFICATE_GOOD),
    "--tls-ca-cert-file", tsm_test_certificates_get_ca (certificates), "--tls-auth-clients", "no", NULL,
  };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TLS, args);

  tsm_test_redis_do (redis, "ACL SETUSER default resetpass #" HASH);
  assert_leaves_nothing (redis, tsm_test_certificates_get_ca (certificates));
}

/* The count itself finds what is there. */
static void
test_count (void)
{
  char *copy = g_malloc (sizeof disguised + 1);

  g_assert_cmpuint (count_copies (), ==, 0);
  reveal (copy);
  g_assert_cmpuint (count_copies (), ==, 1);
  explicit_bzero (copy, sizeof disguised);
  g_free (copy);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/redis/secret/count", test_count);
  tsm_test_redis_add ("/redis/secret/plain", test_plain);
  tsm_test_redis_add ("/redis/secret/tls", test_tls);

  return g_test_run ();
}
