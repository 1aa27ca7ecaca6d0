/* Commands as they stand on the wire.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "events/tsm-command.h"

#define T0 (G_GINT64_CONSTANT (1772460310) * G_USEC_PER_SEC)

static void
assert_encodes (TsmCommandId  id,
                const char   *expected)
{
  TsmCommand command = {
    .id = id,
    .timestamp = T0,
    .requested_by = "ana",
    .alert_id = "mem-7731",
    .notes = "seen \"it\"",
    .component_type = "pattern",
    .component_name = "doji",
  };
  g_autofree char *text = tsm_command_encode (&command);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_manual (void)
{
  assert_encodes (TSM_COMMAND_FORCE_HEALTH_CHECK,
                  "{\"action\":\"FORCE_HEALTH_CHECK\",\"timestamp\":\"2026-03-02T14:05:10Z\",\"requested_by\":\"ana\"}");
  assert_encodes (TSM_COMMAND_RESTART_WORKERS,
                  "{\"action\":\"RESTART_WORKERS\",\"timestamp\":\"2026-03-02T14:05:10Z\",\"requested_by\":\"ana\"}");
}

static void
test_enable (void)
{
  assert_encodes (TSM_COMMAND_ENABLE_COMPONENT,
                  "{\"action\":\"ENABLE_COMPONENT\",\"timestamp\":\"2026-03-02T14:05:10Z\",\"requested_by\":\"ana\","
                  "\"type\":\"pattern\",\"name\":\"doji\"}");
}

static void
test_acknowledge (void)
{
  assert_encodes (TSM_COMMAND_ALERT_ACKNOWLEDGED,
                  "{\"action\":\"ALERT_ACKNOWLEDGED\",\"timestamp\":\"2026-03-02T14:05:10Z\",\"requested_by\":\"ana\","
                  "\"alert_id\":\"mem-7731\",\"acknowledged_by\":\"ana\",\"notes\":\"seen \\\"it\\\"\"}");
}

static void
test_resolve_has_no_requested_by (void)
{
  assert_encodes (TSM_COMMAND_ALERT_RESOLVED,
                  "{\"action\":\"ALERT_RESOLVED\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                  "\"alert_id\":\"mem-7731\",\"resolved_by\":\"ana\",\"notes\":\"seen \\\"it\\\"\"}");
}

static void
test_five_are_manual (void)
{
  guint n_manual = 0;

  for (guint i = 0; i < TSM_N_COMMANDS; i++)
    n_manual += tsm_command_get_info ((TsmCommandId) i)->is_manual;
  g_assert_cmpuint (n_manual, ==, 5);
}

static void
test_names (void)
{
  TsmCommandId id;

  for (guint i = 0; i < TSM_N_COMMANDS; i++)
    {
      g_assert_true (tsm_command_from_name (tsm_command_get_info ((TsmCommandId) i)->name, &id));
      g_assert_cmpuint (id, ==, i);
    }
  g_assert_true (tsm_command_from_name ("force-gc", &id));
  g_assert_cmpuint (id, ==, TSM_COMMAND_FORCE_GC);
  g_assert_false (tsm_command_from_name ("shutdown", &id));
}

static void
test_decode (void)
{
  TsmCommand command = { .id = TSM_COMMAND_ALERT_RESOLVED, .timestamp = T0, .requested_by = "ana", .alert_id = "a\n1" };
  g_autofree char *text = tsm_command_encode (&command);
  g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));
  g_autoptr (TsmCommand) decoded = tsm_command_decode (message);

  g_assert_nonnull (decoded);
  g_assert_cmpint (decoded->id, ==, TSM_COMMAND_ALERT_RESOLVED);
  g_assert_cmpint (decoded->timestamp, ==, T0);
  g_assert_cmpstr (decoded->requested_by, ==, "ana");
  g_assert_cmpstr (decoded->alert_id, ==, "a\n1");
  g_assert_cmpstr (decoded->notes, ==, "");
}

static void
test_decode_refuses (void)
{
  static const char *const texts[] = { "", "{", "[]", "\"FORCE_GC\"", "{\"action\":5}", "{\"action\":\"FLY\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) message = g_bytes_new (texts[i], strlen (texts[i]));

      g_assert_null (tsm_command_decode (message));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command/manual", test_manual);
  g_test_add_func ("/command/enable", test_enable);
  g_test_add_func ("/command/acknowledge", test_acknowledge);
  g_test_add_func ("/command/resolve-has-no-requested-by", test_resolve_has_no_requested_by);
  g_test_add_func ("/command/five-are-manual", test_five_are_manual);
  g_test_add_func ("/command/names", test_names);
  g_test_add_func ("/command/decode", test_decode);
  g_test_add_func ("/command/decode-refuses", test_decode_refuses);

  return g_test_run ();
}
