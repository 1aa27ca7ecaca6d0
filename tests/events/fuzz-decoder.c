/* Feeds the decoder any bytes and looks at everything that comes out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Built twice: with -Dfuzz=true and clang as a libFuzzer target, and in every build as a test that replays a corpus and
 * mutations of it, the same each time.
 *
 *   fuzz-events-decoder tests/data/corpus tests/data/samples      (libFuzzer)
 *   test-events-replay                                            (the test)
 */

#include <string.h>

#include "events/tsm-decoder.h"

#define N_MUTATIONS 4000
#define SEED        20260302

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         size);

static void
check_text (const char *text)
{
  if (text != NULL)
    g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
check_texts (char **texts)
{
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    check_text (texts[i]);
}

static void
check_health (const TsmHealthData *health)
{
  check_text (health->status);
  check_texts (health->recommendations);
  g_assert_cmpuint (health->components->len, <=, 200);
  for (guint i = 0; i < health->components->len; i++)
    {
      const TsmComponentHealth *component = &g_array_index (health->components, TsmComponentHealth, i);

      g_assert_nonnull (component->name);
      check_text (component->name);
      check_text (component->status);
      check_text (component->details);
    }
}

static void
check_details (GArray *details)
{
  for (guint i = 0; details != NULL && i < details->len; i++)
    {
      check_text (g_array_index (details, TsmDetail, i).name);
      check_text (g_array_index (details, TsmDetail, i).value);
    }
}

static void
check_payload (TsmEvent *event)
{
  const TsmMetricData *metrics = tsm_event_get_metrics (event);
  const TsmHealthData *health = tsm_event_get_health (event);
  const TsmAlertData *alert = tsm_event_get_alert (event);
  const TsmStatusData *status = tsm_event_get_status (event);
  const TsmJobData *job = tsm_event_get_job (event);

  if (metrics != NULL)
    {
      check_texts (metrics->timeframes);
      for (guint i = 0; metrics->custom != NULL && i < metrics->custom->len; i++)
        check_text (g_array_index (metrics->custom, TsmCustomMetric, i).path);
    }
  if (health != NULL)
    check_health (health);
  if (alert != NULL)
    {
      check_text (alert->id);
      check_text (alert->message);
      check_details (alert->details);
      check_texts (alert->suggested_actions);
    }
  if (status != NULL)
    check_details (status->details);
  if (job != NULL)
    check_text (job->phase);
}

/* What the contract promises of an accepted event. */
static void
check_accepted (TsmEvent *event)
{
  g_assert_nonnull (tsm_event_get_type_name (event));
  g_assert_nonnull (tsm_event_get_dialect_name (event));

  switch (tsm_event_get_event_type (event))
    {
    case TSM_EVENT_ALERT_TRIGGERED:
      g_assert_nonnull (tsm_event_get_alert (event)->id);
      g_assert_nonnull (tsm_event_get_alert (event)->message);
      break;

    case TSM_EVENT_ALERT_RESOLVED:
      g_assert_nonnull (tsm_event_get_alert (event)->id);
      break;

    case TSM_EVENT_ERROR:
      g_assert_nonnull (tsm_event_get_alert (event)->message);
      break;

    case TSM_EVENT_SYSTEM_STATUS:
      g_assert_nonnull (tsm_event_get_status (event)->status);
      break;

    case TSM_EVENT_JOB:
      g_assert_nonnull (tsm_event_get_job (event)->phase);
      break;

    case TSM_EVENT_METRIC_UPDATE:
    case TSM_EVENT_HEALTH_CHECK:
      break;

    case TSM_EVENT_UNKNOWN:
    case TSM_N_EVENT_TYPES:
    default:
      g_assert_not_reached ();
    }
}

static void
check_event (TsmEvent *event)
{
  TsmAcceptance acceptance = TSM_ACCEPTED_YES;
  g_autofree char *summary = tsm_event_dup_summary (event);
  g_autoptr (JsonNode) data = tsm_event_dup_data (event);

  g_assert_nonnull (summary);
  check_text (summary);
  check_text (tsm_event_get_type_name (event));
  check_text (tsm_event_get_source (event));
  for (guint i = 0; i < tsm_event_get_n_findings (event); i++)
    {
      const TsmFinding *finding = tsm_event_get_finding (event, i);
      gboolean rejects = tsm_finding_code_get_class (finding->code) == TSM_FINDING_REJECT;

      check_text (finding->path);
      check_text (finding->message);
      g_assert_cmpint (finding->offset, <=, (gint64) tsm_event_get_size (event));
      acceptance = MAX (acceptance, rejects ? TSM_ACCEPTED_NO : TSM_ACCEPTED_REPAIRED);
    }

  g_assert_cmpint (tsm_event_get_acceptance (event), ==, acceptance);
  check_payload (event);
  if (acceptance != TSM_ACCEPTED_NO)
    {
      g_assert_nonnull (data);
      check_accepted (event);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         size)
{
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (0, 0);
  g_autoptr (GBytes) message = g_bytes_new (bytes, size);
  g_autoptr (TsmEvent) event = tsm_decoder_decode (decoder, message, "c", 0, 0);

  check_event (event);
  return 0;
}

#ifndef TSM_LIBFUZZER

static void
load_folder (const char *name,
             GPtrArray  *messages)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  const char *file;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *full = g_build_filename (path, file, NULL);
      char *bytes;
      gsize size;

      g_file_get_contents (full, &bytes, &size, &error);
      g_assert_no_error (error);
      g_ptr_array_add (messages, g_bytes_new_take (bytes, size));
    }
}

static int
compare_messages (gconstpointer a,
                  gconstpointer b)
{
  return g_bytes_compare (*(gconstpointer *) a, *(gconstpointer *) b);
}

/* Sorted, so that the mutations do not depend on the order of the folder. */
static GPtrArray *
load_corpus (void)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  load_folder ("corpus", messages);
  load_folder ("samples", messages);
  g_ptr_array_sort (messages, compare_messages);
  return messages;
}

static void
test_replay (void)
{
  g_autoptr (GPtrArray) messages = load_corpus ();

  g_assert_cmpuint (messages->len, >, 20);
  for (guint i = 0; i < messages->len; i++)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (messages->pdata[i], &size);

      LLVMFuzzerTestOneInput (bytes, size);
    }
}

static void
mutate (GByteArray *message,
        GPtrArray  *messages,
        GRand      *rand)
{
  static const char *const pieces[] = {
    "NaN", "1e999", "null", "{}", "[]", "\"\"", "\\u0000", "\\ud800", "\xef\xbb\xbf", "\xff", ",", ":", "\"", "\\", "{\"",
    "-1", "0.5", "\"payload\":{", "\"event\":", "\"7\"", "true", "[[[[[[[[",
  };
  guint at = message->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) message->len) : 0;
  guint wanted = (guint) g_rand_int_range (rand, 1, 40);
  guint length = MIN (wanted, message->len - at);
  const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];
  GBytes *other = messages->pdata[g_rand_int_range (rand, 0, (gint32) messages->len)];
  gsize other_size;
  const guint8 *other_bytes = g_bytes_get_data (other, &other_size);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0: /* a piece written over what stands there */
      if (length > 0)
        memcpy (message->data + at, piece, MIN (strlen (piece), message->len - at));
      break;

    case 1: /* a range cut out */
      if (length > 0)
        g_byte_array_remove_range (message, at, length);
      break;

    case 2: /* a bit flipped */
      if (length > 0)
        message->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      break;

    case 3: /* the end cut off */
      g_byte_array_set_size (message, at);
      break;

    default: /* the end taken from another message */
      g_byte_array_set_size (message, at);
      g_byte_array_append (message, other_bytes + MIN (at, other_size), (guint) (other_size - MIN (at, other_size)));
      break;
    }
}

static void
test_mutations (void)
{
  g_autoptr (GPtrArray) messages = load_corpus ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      GBytes *start = messages->pdata[i % messages->len];
      g_autoptr (GByteArray) message = g_byte_array_new ();
      gint32 n_changes = g_rand_int_range (rand, 1, 5);

      g_byte_array_append (message, g_bytes_get_data (start, NULL), (guint) g_bytes_get_size (start));
      for (gint32 j = 0; j < n_changes; j++)
        mutate (message, messages, rand);
      LLVMFuzzerTestOneInput (message->data, message->len);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/replay/corpus", test_replay);
  g_test_add_func ("/replay/mutations", test_mutations);

  return g_test_run ();
}

#endif
