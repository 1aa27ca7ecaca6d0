/* Tests of the loader of recordings: what it counts, the clock that it keeps, and that it can be stopped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include <glib/gstdio.h>

#include "support/tsm-test-loop.h"
#include "ui/tsm-recording-loader.h"

#define BEGIN_REAL G_GINT64_CONSTANT (1772460000000000) /* 2026-03-02T14:00:00Z */
#define N_MANY     5000

typedef struct
{
  char               *folder;
  char               *path;
  GString            *text;
  TsmRecordingLoader *loader;
  guint               n_done;
  guint               n_progress;
  char               *message;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("tsm-loader-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "monday.jsonl", NULL);
  fixture->text = g_string_new ("{\"format\":\"tickstock-monitor-recording\",\"version\":1}\n");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->loader);
  tsm_test_settle ();
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->message);
  g_string_free (fixture->text, TRUE);
}

/* A METRIC_UPDATE that came so many seconds after the first. */
static void
add_line (Fixture *fixture,
          guint    second)
{
  g_string_append_printf (fixture->text,
                          "{\"received\":\"2026-03-02T14:%02u:%02uZ\",\"offset_us\":%" G_GUINT64_FORMAT ",\"channel\":\"tickstock:monitoring\","
                          "\"payload\":\"{\\\"event_type\\\":\\\"METRIC_UPDATE\\\",\\\"source\\\":\\\"engine\\\","
                          "\\\"metrics\\\":{\\\"system\\\":{\\\"cpu_percent\\\":%u}}}\"}\n",
                          second / 60 % 60, second % 60, (guint64) second * G_USEC_PER_SEC, second % 100);
}

static void
progress_cb (Fixture *fixture)
{
  fixture->n_progress++;
}

static void
done_cb (Fixture    *fixture,
         const char *message)
{
  fixture->n_done++;
  fixture->message = g_strdup (message);
}

static void
start (Fixture *fixture)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);

  g_assert_true (g_file_set_contents (fixture->path, fixture->text->str, (gssize) fixture->text->len, NULL));
  fixture->loader = tsm_recording_loader_new (file);
  g_signal_connect_swapped (fixture->loader, "progress", G_CALLBACK (progress_cb), fixture);
  g_signal_connect_swapped (fixture->loader, "done", G_CALLBACK (done_cb), fixture);
  tsm_recording_loader_start (fixture->loader);
}

static void
load (Fixture *fixture)
{
  start (fixture);
  g_assert_true (tsm_test_wait_until (fixture->n_done == 1));
  g_assert_false (tsm_recording_loader_is_loading (fixture->loader));
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  add_line (fixture, 0);
  g_string_append (fixture->text, "garbage\n");
  add_line (fixture, 90);
  load (fixture);
  g_assert_cmpuint (tsm_recording_loader_get_n (fixture->loader), ==, 2);
  g_assert_cmpuint (tsm_recording_loader_get_n_bad (fixture->loader), ==, 1);
  g_assert_cmpint (tsm_recording_loader_get_begin (fixture->loader), ==, BEGIN_REAL);
  g_assert_cmpint (tsm_recording_loader_get_end (fixture->loader), ==, BEGIN_REAL + 90 * G_USEC_PER_SEC);
  g_assert_null (fixture->message);
}

/* What is shown is of the end of the recording, not of today. */
static void
test_clock_stands_at_the_end (Fixture       *fixture,
                              gconstpointer  data)
{
  TsmMonitor *monitor;
  TsmSource *source;

  add_line (fixture, 0);
  add_line (fixture, 42);
  load (fixture);
  monitor = tsm_recording_loader_get_monitor (fixture->loader);
  source = tsm_monitor_get_lead_source (monitor);
  g_assert_nonnull (source);
  g_assert_cmpint (tsm_monitor_now_real (monitor), ==, BEGIN_REAL + 42 * G_USEC_PER_SEC);
  g_assert_cmpint (tsm_monitor_now (monitor) - tsm_source_get_last_event (source), ==, 0);
  g_assert_cmpint (tsm_source_get_liveness (source), ==, TSM_LIVENESS_ACTIVE);
}

static void
test_nothing_can_be_sent (Fixture       *fixture,
                          gconstpointer  data)
{
  add_line (fixture, 0);
  load (fixture);
  g_assert_nonnull (tsm_monitor_get_refusal (tsm_recording_loader_get_monitor (fixture->loader)));
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  load (fixture);
  g_assert_cmpuint (tsm_recording_loader_get_n (fixture->loader), ==, 0);
  g_assert_null (fixture->message);
}

static void
test_no_recording (Fixture       *fixture,
                   gconstpointer  data)
{
  g_string_assign (fixture->text, "{\"event_type\":\"METRIC_UPDATE\"}\n");
  load (fixture);
  g_assert_nonnull (fixture->message);
  g_assert_cmpuint (tsm_recording_loader_get_n (fixture->loader), ==, 0);
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/monday.jsonl");

  fixture->loader = tsm_recording_loader_new (file);
  g_signal_connect_swapped (fixture->loader, "done", G_CALLBACK (done_cb), fixture);
  tsm_recording_loader_start (fixture->loader);
  g_assert_true (tsm_test_wait_until (fixture->n_done == 1));
  g_assert_nonnull (strstr (fixture->message, "monday.jsonl"));
}

static void
add_many (Fixture *fixture)
{
  for (guint i = 0; i < N_MANY; i++)
    add_line (fixture, i);
}

static void
test_many_batches (Fixture       *fixture,
                   gconstpointer  data)
{
  add_many (fixture);
  load (fixture);
  g_assert_cmpuint (tsm_recording_loader_get_n (fixture->loader), ==, N_MANY);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  add_many (fixture);
  start (fixture);
  g_assert_true (tsm_test_wait_until (tsm_recording_loader_get_n (fixture->loader) > 0));
  tsm_recording_loader_cancel (fixture->loader);
  g_assert_cmpuint (fixture->n_done, ==, 1);
  g_assert_nonnull (fixture->message);
  g_assert_false (tsm_recording_loader_is_loading (fixture->loader));
  tsm_test_settle ();
  g_assert_cmpuint (tsm_recording_loader_get_n (fixture->loader), <, N_MANY);
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

static void
test_dropped_while_it_reads (Fixture       *fixture,
                             gconstpointer  data)
{
  gpointer loader;

  add_many (fixture);
  start (fixture);
  g_signal_handlers_disconnect_by_data (fixture->loader, fixture);
  tsm_recording_loader_cancel (fixture->loader);
  loader = g_steal_pointer (&fixture->loader);
  g_object_add_weak_pointer (loader, &loader);
  g_object_unref (loader);
  g_assert_true (tsm_test_wait_until (loader == NULL));
}

static gboolean
beat_cb (gpointer user_data)
{
  gint64 *beats = user_data; /* the last beat, and the longest time between two */
  gint64 now = g_get_monotonic_time ();

  beats[1] = MAX (beats[1], now - beats[0]);
  beats[0] = now;
  return G_SOURCE_CONTINUE;
}

/* A slice has 4 ms; the rest is what a busy machine and a flush take. */
static void
test_main_loop_goes_on (Fixture       *fixture,
                        gconstpointer  data)
{
  gint64 beats[2] = { 0, };
  guint id;

  add_many (fixture);
  start (fixture);
  beats[0] = g_get_monotonic_time ();
  id = g_timeout_add (1, beat_cb, beats);
  g_assert_true (tsm_test_wait_until (fixture->n_done == 1));
  g_source_remove (id);
  g_test_message ("longest: %" G_GINT64_FORMAT " µs", beats[1]);
  g_assert_cmpint (beats[1], <, 200 * 1000);
}

#define ADD(path, function) g_test_add ("/recording-loader/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("counts", test_counts);
  ADD ("clock-stands-at-the-end", test_clock_stands_at_the_end);
  ADD ("nothing-can-be-sent", test_nothing_can_be_sent);
  ADD ("empty", test_empty);
  ADD ("no-recording", test_no_recording);
  ADD ("no-file", test_no_file);
  ADD ("many-batches", test_many_batches);
  ADD ("cancelled", test_cancelled);
  ADD ("dropped-while-it-reads", test_dropped_while_it_reads);
  ADD ("main-loop-goes-on", test_main_loop_goes_on);
  return g_test_run ();
}
