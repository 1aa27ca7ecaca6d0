/* Feeds the reader of recordings any bytes: a libFuzzer target, built with -Dfuzz=true and clang.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A first byte that is even puts a good header before the rest. What the reader makes of mutated good recordings is a test of
 * every build, in test-recording.c.
 */

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "events/tsm-recording-reader.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         size);

/* What was read can be written, and is the same when it is read again. */
static void
check_record (const TsmRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = tsm_record_encode (record, &error);
  g_auto (TsmRecord) again = { 0 };
  TsmJson json = { 0 };

  g_assert_no_error (error);
  g_assert_true (tsm_record_decode (&again, &json, line, strcspn (line, "\n"), &error));
  g_assert_no_error (error);
  g_assert_cmpint (record->received, ==, again.received);
  g_assert_cmpint (record->offset, ==, again.offset);
  g_assert_cmpstr (record->channel, ==, again.channel);
  g_assert_cmpstr (record->pattern, ==, again.pattern);
  g_assert_true (g_bytes_equal (record->payload, again.payload));
  tsm_json_clear (&json);
}

static void
read_all (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmRecordingReader) reader = tsm_recording_reader_new (path, &error);
  gboolean goes_on = reader != NULL;

  while (goes_on)
    {
      g_auto (TsmRecord) record = { 0 };

      if (tsm_recording_reader_next (reader, &record, &error))
        check_record (&record);
      else
        goes_on = g_error_matches (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE);
      g_clear_error (&error);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         size)
{
  g_autofree char *first = tsm_recording_dup_header ();
  g_autofree char *header = g_strconcat (first, "\n", NULL);
  int fd = memfd_create ("recording", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  gsize n = size > 0 && bytes[0] % 2 == 0 ? strlen (header) : 0;

  if (size > 0 && write (fd, header, n) == (gssize) n && write (fd, bytes + 1, size - 1) == (gssize) size - 1)
    read_all (path);
  close (fd);
  return 0;
}
