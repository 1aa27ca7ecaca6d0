/* Tests of text from the wire made fit to be shown, and of the commands found in an alert's advice.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ui/tsm-alert-advice.h"
#include "ui/tsm-event-text.h"

static void
test_line (void)
{
  static const struct { const char *text; gsize max; const char *line; } rows[] = {
    { NULL, 10, "" },
    { "", 10, "" },
    { "abc", 3, "abc" },
    { "abcd", 3, "abc…" },
    { "äöü", 3, "äöü" },
    { "äöüß", 3, "äöü…" },
    { "a\nb\tc\rd\x7f", 10, "a b c d " },
    { "a\xe2\x80\xa8" "b", 10, "a b" },
    { "a\xff\xfe" "b", 10, "a\xef\xbf\xbd\xef\xbf\xbd" "b" },
    { "cut \xe2\x82", 10, "cut \xef\xbf\xbd\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = tsm_event_text_dup_line (rows[i].text, rows[i].max);

      g_assert_cmpstr (line, ==, rows[i].line);
    }
}

static void
test_line_of_a_megabyte (void)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');
  g_autofree char *line = tsm_event_text_dup_line (text, TSM_EVENT_TEXT_CELL);

  g_assert_cmpuint (g_utf8_strlen (line, -1), ==, TSM_EVENT_TEXT_CELL + 1);
}

static void
assert_raw (const char *bytes,
            gsize       size,
            gsize       max,
            const char *expected)
{
  g_autofree char *raw = tsm_event_text_dup_raw (bytes, size, max);

  g_assert_true (g_utf8_validate (raw, -1, NULL));
  g_assert_cmpstr (raw, ==, expected);
}

static void
test_raw_text (void)
{
  assert_raw (NULL, 0, 100, "");
  assert_raw ("{\"a\":\n\t1}", 9, 100, "{\"a\":\n\t1}");
  assert_raw ("a\x1b[31m\x7f", 7, 100, "a␛[31m␡");
  assert_raw ("abcdef", 6, 4, "abcd\n… cut: 2 bytes more");
}

/* A cut inside a character is not taken for bytes that are no text. */
static void
test_raw_text_cut_in_a_character (void)
{
  assert_raw ("abä", 4, 3, "ab\n… cut: 2 bytes more");
}

static void
test_raw_bytes (void)
{
  assert_raw ("\xff\x00" "A", 3, 100, "000000  ff 00 41                 ..A\n");
  assert_raw ("\xff" "12345678", 9, 8, "000000  ff 31 32 33 34 35 36 37  .1234567\n\n… cut: 1 byte more");
}

/* A lone long line is broken: one paragraph is laid out in one go. */
static void
test_raw_breaks_long_lines (void)
{
  g_autofree char *text = g_strnfill (TSM_EVENT_TEXT_LINE * 2 + 1, 'x');
  g_autofree char *raw = tsm_event_text_dup_raw (text, strlen (text), TSM_EVENT_TEXT_RAW);
  g_auto(GStrv) lines = g_strsplit (raw, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpuint (strlen (lines[0]), ==, TSM_EVENT_TEXT_LINE);
}

static void
test_title (void)
{
  g_autofree char *title = tsm_event_text_dup_title ("current_value");
  g_autofree char *empty = tsm_event_text_dup_title ("");

  g_assert_cmpstr (title, ==, "Current value");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_contains (void)
{
  static const struct { const char *text; const char *typed; gboolean found; } rows[] = {
    { "Worker memory", "MEMORY", TRUE }, { "Worker memory", "  worker ", TRUE }, { "Worker", "workers", FALSE },
    { "Größe", "GRÖSSE", TRUE },         { "Größe", "ö", TRUE },                 { NULL, "x", FALSE },
    { "x", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = tsm_event_text_fold (rows[i].typed);

      g_assert_cmpint (tsm_event_text_contains (rows[i].text, folded), ==, rows[i].found);
    }
}

#define NO_COMMAND TSM_N_COMMANDS

static void
test_advice (void)
{
  static const struct { const char *advice; TsmCommandId command; } rows[] = {
    { "Restart the workers", TSM_COMMAND_RESTART_WORKERS },
    { "restart_workers", TSM_COMMAND_RESTART_WORKERS },
    { "The workers want restarting.", TSM_COMMAND_RESTART_WORKERS },
    { "Clear the pattern cache", TSM_COMMAND_CLEAR_CACHE },
    { "FLUSH CACHES", TSM_COMMAND_CLEAR_CACHE },
    { "Reload patterns", TSM_COMMAND_RELOAD_PATTERNS },
    { "Run a health check", TSM_COMMAND_FORCE_HEALTH_CHECK },
    { "force-gc", TSM_COMMAND_FORCE_GC },
    { "Trigger garbage collection", TSM_COMMAND_FORCE_GC },
    { "Lower the batch size", NO_COMMAND },
    { "Restart", NO_COMMAND },
    { "", NO_COMMAND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TsmCommandId command = NO_COMMAND;

      g_assert_cmpint (tsm_alert_advice_find_command (rows[i].advice, &command), ==, rows[i].command != NO_COMMAND);
      g_assert_cmpint (command, ==, rows[i].command);
    }
}

/* What the engine warns of is not offered. */
static void
test_advice_against (void)
{
  static const char *const rows[] = {
    "Do not restart the workers", "Don't restart workers", "Don’t clear the cache", "Dont restart workers", "Never force gc",
    "Avoid clearing the cache", "Cannot restart the workers", "Restarting the workers won't help",
    "Go on without clearing the cache",
  };
  TsmCommandId command;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (tsm_alert_advice_find_command (rows[i], &command))
      g_error ("offered for: %s", rows[i]);
}

static void
test_advice_of_a_megabyte (void)
{
  g_autofree char *text = g_strnfill (1024 * 1024, ' ');
  TsmCommandId command;

  g_assert_false (tsm_alert_advice_find_command (text, &command));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/event-text/line", test_line);
  g_test_add_func ("/ui/event-text/line-of-a-megabyte", test_line_of_a_megabyte);
  g_test_add_func ("/ui/event-text/raw-text", test_raw_text);
  g_test_add_func ("/ui/event-text/raw-text-cut-in-a-character", test_raw_text_cut_in_a_character);
  g_test_add_func ("/ui/event-text/raw-bytes", test_raw_bytes);
  g_test_add_func ("/ui/event-text/raw-breaks-long-lines", test_raw_breaks_long_lines);
  g_test_add_func ("/ui/event-text/title", test_title);
  g_test_add_func ("/ui/event-text/contains", test_contains);
  g_test_add_func ("/ui/alert-advice/command", test_advice);
  g_test_add_func ("/ui/alert-advice/against", test_advice_against);
  g_test_add_func ("/ui/alert-advice/of-a-megabyte", test_advice_of_a_megabyte);
  return g_test_run ();
}
