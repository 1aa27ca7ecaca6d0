/* Recordings: what was written is read back byte for byte, and what is no recording does no harm.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "events/tsm-recording-reader.h"
#include "events/tsm-recording-writer.h"

#define SEED       20260302
#define START      G_GINT64_CONSTANT (1772460310120934) /* µs: 2026-03-02T14:05:10.120934Z */
#define HEADER     "{\"format\":\"tickstock-monitor-recording\",\"version\":1}\n"
#define RECORD     "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload\":\"x\"}\n"
#define N_MUTATED  3000

#define BYTES(literal) literal, sizeof literal - 1

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("tsm-recording-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->directory, "test.jsonl", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->path);
  g_free (fixture->directory);
}

static void
put (Fixture    *fixture,
     const char *bytes,
     gssize      size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, bytes, size, &error);
  g_assert_no_error (error);
}

static TsmRecordingReader *
open_it (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  TsmRecordingReader *reader = tsm_recording_reader_new (fixture->path, &error);

  g_assert_no_error (error);
  return reader;
}

static void
assert_record (TsmRecordingReader *reader,
               const char         *payload)
{
  g_auto (TsmRecord) record = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean found = tsm_recording_reader_next (reader, &record, &error);

  g_assert_no_error (error);
  g_assert_true (found);
  g_assert_cmpmem (g_bytes_get_data (record.payload, NULL), g_bytes_get_size (record.payload), payload, strlen (payload));
}

static void
assert_bad (TsmRecordingReader *reader,
            guint64             line)
{
  g_auto (TsmRecord) record = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (tsm_recording_reader_next (reader, &record, &error));
  g_assert_error (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE);
  g_assert_cmpuint (tsm_recording_reader_get_line (reader), ==, line);
  g_assert_null (record.payload);
}

static void
assert_end (TsmRecordingReader *reader)
{
  g_auto (TsmRecord) record = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (tsm_recording_reader_next (reader, &record, &error));
  g_assert_no_error (error);
}

static GBytes *
make_random_bytes (GRand  *rand,
                   gint32  max_size)
{
  gint32 size = g_rand_int_range (rand, 0, max_size);
  guint8 *bytes = g_malloc ((gsize) size + 1);
  gint32 first = g_rand_boolean (rand) ? 0 : 0x20; /* half of them text, more or less */

  for (gint32 i = 0; i < size; i++)
    bytes[i] = (guint8) g_rand_int_range (rand, first, first == 0 ? 256 : 0x7f);
  return g_bytes_new_take (bytes, (gsize) size);
}

static void
write_record (TsmRecordingWriter *writer,
              gint64              after,
              const char         *channel,
              const char         *pattern,
              GBytes             *payload)
{
  g_autoptr (GError) error = NULL;

  tsm_recording_writer_write (writer, START + after, 5000 + after, channel, pattern, payload, &error);
  g_assert_no_error (error);
}

static TsmRecordingWriter *
create (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  TsmRecordingWriter *writer = tsm_recording_writer_new (fixture->path, FALSE, &error);

  g_assert_no_error (error);
  return writer;
}

static void
finish (TsmRecordingWriter *writer)
{
  g_autoptr (GError) error = NULL;

  tsm_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
}

static void
test_random_bytes (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (TsmRecordingWriter) writer = create (fixture);
  g_autoptr (TsmRecordingReader) reader = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < 2000; i++)
    {
      g_ptr_array_add (payloads, make_random_bytes (rand, i % 100 == 0 ? 300000 : 300));
      write_record (writer, i, "c", NULL, payloads->pdata[i]);
    }
  finish (writer);

  reader = open_it (fixture);
  for (guint i = 0; i < payloads->len; i++)
    {
      g_auto (TsmRecord) record = { 0 };

      g_assert_true (tsm_recording_reader_next (reader, &record, NULL));
      g_assert_true (g_bytes_equal (record.payload, payloads->pdata[i]));
      g_assert_cmpint (record.offset, ==, i);
    }
  assert_end (reader);
}

static const struct
{
  const char *bytes;
  gsize       size;
  gboolean    as_text;
} payloads[] = {
  { BYTES (""), TRUE },
  { BYTES ("{\"a\": \"\\u0000 \\ud800\"}"), TRUE },
  { BYTES ("\"\\\"\\\\\n\r\t\b\f/\x01\x1f\x7f"), TRUE },
  { BYTES ("\xc2\x80\xc2\x9b\xe2\x80\xae\xef\xbf\xbd\xf0\x9f\x93\x88"), TRUE },
  { BYTES ("a\0b"), FALSE },
  { BYTES ("\0"), FALSE },
  { BYTES ("\xff\xfe"), FALSE },
  { BYTES ("\xed\xa0\x80"), FALSE }, /* half of a pair */
  { BYTES ("\xc0\x80"), FALSE },     /* NUL in disguise */
  { BYTES ("x\xc3"), FALSE },
};

static void
test_payloads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (GBytes) payload = g_bytes_new_static (payloads[i].bytes, payloads[i].size);
      TsmRecord record = { START, 7, (char *) "c", NULL, payload };
      g_auto (TsmRecord) back = { 0 };
      g_auto (TsmJson) json = { 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *line = tsm_record_encode (&record, &error);

      g_assert_no_error (error);
      g_test_message ("%s", line);
      g_assert_true ((strstr (line, "\"payload\":") != NULL) == payloads[i].as_text);
      for (const char *at = line; *at != '\0'; at++)
        g_assert_true ((guchar) *at >= 0x20 && *at != 0x7f && !((guchar) at[0] == 0xc2 && (guchar) at[1] < 0xa0));

      tsm_record_decode (&back, &json, line, strlen (line), &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (back.payload, payload));
    }
}

/* As an empty message comes from a server: bytes that have no place in memory. */
static void
test_empty_payload (void)
{
  g_autoptr (GBytes) payload = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = tsm_record_encode (&(TsmRecord) { START, 0, (char *) "c", NULL, payload }, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (line, "\"payload\":\"\""));
}

static void
test_members (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (TsmRecordingWriter) writer = create (fixture);
  g_autoptr (TsmRecordingReader) reader = NULL;
  g_autoptr (GBytes) payload = g_bytes_new_static ("x", 1);
  g_auto (TsmRecord) one = { 0 };
  g_auto (TsmRecord) two = { 0 };

  write_record (writer, 0, "tickstock:monitoring", NULL, payload);
  write_record (writer, 123456, "odd\xff", "o*", payload);
  finish (writer);
  g_assert_cmpuint (tsm_recording_writer_get_n_records (writer), ==, 2);

  reader = open_it (fixture);
  g_assert_true (tsm_recording_reader_next (reader, &one, NULL));
  g_assert_cmpint (one.received, ==, START);
  g_assert_cmpint (one.offset, ==, 0);
  g_assert_cmpstr (one.channel, ==, "tickstock:monitoring");
  g_assert_null (one.pattern);
  g_assert_true (tsm_recording_reader_next (reader, &two, NULL));
  g_assert_cmpint (two.received, ==, START + 123456);
  g_assert_cmpint (two.offset, ==, 123456);
  g_assert_cmpstr (two.channel, ==, "odd\xff");
  g_assert_cmpstr (two.pattern, ==, "o*");
}

/* What a program that was killed leaves is whole but for the line it was at. */
static void
test_each_line_is_written_at_once (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autoptr (TsmRecordingWriter) writer = create (fixture);
  g_autoptr (TsmRecordingReader) reader = NULL;
  g_autoptr (GBytes) payload = g_bytes_new_static ("x", 1);

  write_record (writer, 0, "c", NULL, payload);
  reader = open_it (fixture);
  assert_record (reader, "x");
  assert_end (reader);
}

static void
test_refuses_to_overwrite (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (TsmRecordingWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  put (fixture, "precious", -1);
  g_assert_null (tsm_recording_writer_new (fixture->path, FALSE, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_clear_error (&error);

  writer = tsm_recording_writer_new (fixture->path, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, HEADER);
}

static void
test_full_disk (void)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full");
      return;
    }

  g_assert_null (tsm_recording_writer_new ("/dev/full", TRUE, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
}

static void
test_no_such_directory (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tsm_recording_writer_new ("/no/such/directory/x.jsonl", FALSE, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* A message of control characters, each of which is six bytes as an escape. */
static void
test_long_escapes_become_base64 (void)
{
  gsize size = TSM_RECORDING_MAX_LINE / 4;
  char *bytes = g_malloc (size);
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  memset (bytes, '\x01', size);
  payload = g_bytes_new_take (bytes, size);
  line = tsm_record_encode (&(TsmRecord) { START, 0, (char *) "c", NULL, payload }, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (line, "payload_base64"));
}

static void
test_too_large_to_be_written (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (TsmRecordingWriter) writer = create (fixture);
  g_autoptr (TsmRecordingReader) reader = NULL;
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (TSM_RECORDING_MAX_LINE), TSM_RECORDING_MAX_LINE);
  g_autoptr (GBytes) small = g_bytes_new_static ("small", 5);
  g_autoptr (GError) error = NULL;

  g_assert_false (tsm_recording_writer_write (writer, START, 0, "c", NULL, large, &error));
  g_assert_error (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_TOO_LARGE);
  write_record (writer, 1, "c", NULL, small);

  reader = open_it (fixture);
  assert_record (reader, "small");
  assert_end (reader);
}

static void
test_cut_off (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (TsmRecordingReader) reader = NULL;

  put (fixture, HEADER RECORD "{\"received\":\"2026-03-02T14:0", -1);
  reader = open_it (fixture);
  assert_record (reader, "x");
  assert_bad (reader, 3);
  assert_end (reader);
}

static void
test_only_the_newline_is_missing (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (TsmRecordingReader) reader = NULL;

  put (fixture, HEADER RECORD, strlen (HEADER RECORD) - 1);
  reader = open_it (fixture);
  assert_record (reader, "x");
  assert_end (reader);
}

static void
test_blank_lines_and_carriage_returns (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr (TsmRecordingReader) reader = NULL;

  put (fixture, HEADER "\n \t\r\n" RECORD "\r\n\n", -1);
  reader = open_it (fixture);
  assert_record (reader, "x");
  g_assert_cmpuint (tsm_recording_reader_get_line (reader), ==, 4);
  assert_end (reader);
}

/* More than any line may have: passed over, and what follows is read. */
static void
test_huge_line (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (TsmRecordingReader) reader = NULL;
  g_autofree char *piece = g_strnfill (1024 * 1024, ' ');
  int fd = g_open (fixture->path, O_WRONLY | O_CREAT, 0600);

  g_assert_cmpint (write (fd, HEADER RECORD, strlen (HEADER RECORD)), >, 0);
  for (guint i = 0; i <= TSM_RECORDING_MAX_LINE / (1024 * 1024); i++)
    g_assert_cmpint (write (fd, piece, 1024 * 1024), ==, 1024 * 1024);
  g_assert_cmpint (write (fd, "\n" RECORD, strlen ("\n" RECORD)), >, 0);
  g_assert_cmpint (close (fd), ==, 0);

  reader = open_it (fixture);
  assert_record (reader, "x");
  assert_bad (reader, 3);
  assert_record (reader, "x");
  assert_end (reader);
}

static void
test_line_of_megabytes (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (TsmRecordingWriter) writer = create (fixture);
  g_autoptr (TsmRecordingReader) reader = NULL;
  g_autofree char *text = g_strnfill (5 * 1024 * 1024, 'y');
  g_autoptr (GBytes) large = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) small = g_bytes_new_static ("z", 1);

  write_record (writer, 0, "c", NULL, large);
  write_record (writer, 1, "c", NULL, small);
  reader = open_it (fixture);
  assert_record (reader, text);
  assert_record (reader, "z");
  assert_end (reader);
}

/* Each with one thing wrong. */
static const char * const bad_lines[] = {
  "rubbish",
  "{",
  "[]",
  "7",
  "{}",
  HEADER,
  "{\"offset_us\":0,\"channel\":\"c\",\"payload\":\"x\"}",
  "{\"received\":\"yesterday\",\"offset_us\":0,\"channel\":\"c\",\"payload\":\"x\"}",
  "{\"received\":7,\"offset_us\":0,\"channel\":\"c\",\"payload\":\"x\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"channel\":\"c\",\"payload\":\"x\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":-1,\"channel\":\"c\",\"payload\":\"x\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":1e300,\"channel\":\"c\",\"payload\":\"x\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":NaN,\"channel\":\"c\",\"payload\":\"x\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":\"0\",\"channel\":\"c\",\"payload\":\"x\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"payload\":\"x\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":null,\"payload\":\"x\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel_base64\":\"YQBi\",\"payload\":\"x\"}", /* a NUL in it */
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload\":{}}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload\":\"x\",\"payload_base64\":\"eA==\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload_base64\":\"eA\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload_base64\":\"e!A==\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload_base64\":7}",
  /* what the scanner would read as another character */
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload\":\"\\u0000\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload\":\"\\ud800\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload\":\"\\udc00\\ud800\"}",
  "{\"received\":\"2026-03-02T14:05:10Z\",\"offset_us\":0,\"channel\":\"c\",\"payload\":\"\xff\"}",
};

static void
test_bad_lines (Fixture       *fixture,
                gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_lines); i++)
    {
      g_autofree char *text = g_strconcat (HEADER RECORD, bad_lines[i], "\n", RECORD, NULL);
      g_autoptr (TsmRecordingReader) reader = NULL;

      g_test_message ("line %u of the table", (guint) i);
      put (fixture, text, -1);
      reader = open_it (fixture);
      assert_record (reader, "x");
      assert_bad (reader, 3);
      if (g_str_has_suffix (bad_lines[i], "\n"))
        continue;
      assert_record (reader, "x");
      assert_end (reader);
    }
}

/* As other programs write the same JSON. */
static void
test_other_writers (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (TsmRecordingReader) reader = NULL;

  put (fixture,
       "{\"version\": 1, \"made_by\": \"somebody\", \"format\": \"tickstock-monitor-recording\"}\n"
       "{\"payload\": \"\\ud83d\\udcc8 \\u00e9 \\\\u0000\", \"channel\": \"c\", \"offset_us\": 1.5, \"more\": [1, {}],"
       " \"received\": \"2026-03-02 15:05:10+01:00\"}\n", -1);
  reader = open_it (fixture);
  assert_record (reader, "\xf0\x9f\x93\x88 \xc3\xa9 \\u0000");
  assert_end (reader);
}

static const struct
{
  const char        *text;
  TsmRecordingError  code;
} no_recordings[] = {
  { "", TSM_RECORDING_ERROR_NOT_A_RECORDING },
  { "\n", TSM_RECORDING_ERROR_NOT_A_RECORDING },
  { "\x1f\x8b\x08", TSM_RECORDING_ERROR_NOT_A_RECORDING },
  { RECORD, TSM_RECORDING_ERROR_NOT_A_RECORDING },
  { "{\"format\":\"other\",\"version\":1}\n", TSM_RECORDING_ERROR_NOT_A_RECORDING },
  { "{\"format\":\"tickstock-monitor-recording\"}\n", TSM_RECORDING_ERROR_NOT_A_RECORDING },
  { "{\"format\":\"tickstock-monitor-recording\",\"version\":\"1\"}\n", TSM_RECORDING_ERROR_NOT_A_RECORDING },
  { "{\"format\":\"tickstock-monitor-recording\",\"version\":2}\n" RECORD, TSM_RECORDING_ERROR_VERSION },
  { "{\"format\":\"tickstock-monitor-recording\",\"version\":0}\n" RECORD, TSM_RECORDING_ERROR_VERSION },
};

static void
test_no_recording (Fixture       *fixture,
                   gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (no_recordings); i++)
    {
      g_autoptr (GError) error = NULL;

      put (fixture, no_recordings[i].text, -1);
      g_assert_null (tsm_recording_reader_new (fixture->path, &error));
      g_assert_error (error, TSM_RECORDING_ERROR, (gint) no_recordings[i].code);
    }
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tsm_recording_reader_new (fixture->path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  g_assert_null (tsm_recording_reader_new (fixture->directory, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
}

/* Reads to the end, whatever it is; a round that does not get there would never end. */
static void
read_all (Fixture *fixture)
{
  g_autoptr (TsmRecordingReader) reader = tsm_recording_reader_new (fixture->path, NULL);

  while (reader != NULL)
    {
      g_auto (TsmRecord) record = { 0 };
      g_autoptr (GError) error = NULL;

      if (tsm_recording_reader_next (reader, &record, &error))
        {
          g_autofree char *line = tsm_record_encode (&record, NULL);

          g_assert_nonnull (line);
          continue;
        }
      if (error == NULL)
        return;

      g_assert_error (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE);
    }
}

static void
test_random_files (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < N_MUTATED; i++)
    {
      g_autoptr (GString) text = g_string_new (HEADER RECORD RECORD);
      g_autoptr (GBytes) bytes = make_random_bytes (rand, 200);
      gsize size;
      const char *piece = g_bytes_get_data (bytes, &size);
      int fd;

      if (i % 3 == 0)
        g_string_insert_len (text, g_rand_int_range (rand, 0, (gint32) text->len), piece, (gssize) size);
      for (gint32 j = g_rand_int_range (rand, 0, 5); j > 0; j--)
        text->str[g_rand_int_range (rand, (gint32) strlen (HEADER), (gint32) text->len)] = (char) g_rand_int_range (rand, 0, 256);
      g_string_truncate (text, (gsize) g_rand_int_range (rand, 0, (gint32) text->len + 1));

      /* not g_file_set_contents(), which waits for the disk each time */
      fd = g_open (fixture->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
      g_assert_cmpint (write (fd, text->str, text->len), ==, (gssize) text->len);
      g_assert_cmpint (close (fd), ==, 0);
      read_all (fixture);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/recording/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("random-bytes", test_random_bytes);
  g_test_add_func ("/recording/payloads", test_payloads);
  g_test_add_func ("/recording/empty-payload", test_empty_payload);
  ADD ("members", test_members);
  ADD ("each-line-is-written-at-once", test_each_line_is_written_at_once);
  ADD ("refuses-to-overwrite", test_refuses_to_overwrite);
  g_test_add_func ("/recording/full-disk", test_full_disk);
  g_test_add_func ("/recording/no-such-directory", test_no_such_directory);
  g_test_add_func ("/recording/long-escapes-become-base64", test_long_escapes_become_base64);
  ADD ("too-large-to-be-written", test_too_large_to_be_written);
  ADD ("cut-off", test_cut_off);
  ADD ("only-the-newline-is-missing", test_only_the_newline_is_missing);
  ADD ("blank-lines-and-carriage-returns", test_blank_lines_and_carriage_returns);
  ADD ("huge-line", test_huge_line);
  ADD ("line-of-megabytes", test_line_of_megabytes);
  ADD ("bad-lines", test_bad_lines);
  ADD ("other-writers", test_other_writers);
  ADD ("no-recording", test_no_recording);
  ADD ("no-file", test_no_file);
  ADD ("random-files", test_random_files);

  return g_test_run ();
}
