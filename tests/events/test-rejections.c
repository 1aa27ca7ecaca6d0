/* Messages that cannot be used: each is named, placed, and kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "event-test.h"

#define TIME "\"timestamp\":\"2026-03-02T14:05:10Z\""

static const TsmFinding *
assert_rejected (TsmEvent       *event,
                 TsmFindingCode  code,
                 gint64          offset)
{
  const TsmFinding *finding = assert_finding (event, code, "");

  g_assert_cmpint (finding->offset, ==, offset);
  return finding;
}

static void
test_empty (void)
{
  g_autoptr (TsmEvent) nothing = decode ("");
  g_autoptr (TsmEvent) blank = decode (" \r\n\t ");

  assert_rejected (nothing, TSM_FINDING_EMPTY, -1);
  assert_rejected (blank, TSM_FINDING_EMPTY, -1);
}

static void
test_too_large (void)
{
  gsize size = 5 * 1024 * 1024;
  g_autofree char *text = g_malloc (size);
  g_autoptr (TsmEvent) event = NULL;

  memset (text, ' ', size);
  event = decode_bytes (text, size);
  assert_rejected (event, TSM_FINDING_TOO_LARGE, -1);
  g_assert_cmpuint (tsm_event_get_size (event), ==, size);
  g_assert_cmpuint (g_bytes_get_size (tsm_event_get_raw (event)), ==, 64 * 1024);
  g_assert_null (tsm_event_dup_data (event));
}

static void
test_size_limit_is_inclusive (void)
{
  const char *text = "{\"event_type\":\"SYSTEM_STATUS\"," TIME ",\"status\":\"RUNNING\"}";
  g_autoptr (TsmDecoder) exact = tsm_decoder_new (strlen (text), 0);
  g_autoptr (TsmDecoder) small = tsm_decoder_new (strlen (text) - 1, 0);
  g_autoptr (GBytes) message = g_bytes_new_static (text, strlen (text));
  g_autoptr (TsmEvent) used = tsm_decoder_decode (exact, message, TEST_CHANNEL, 0, 0);
  g_autoptr (TsmEvent) rejected = tsm_decoder_decode (small, message, TEST_CHANNEL, 0, 0);

  assert_clean (used);
  assert_rejected (rejected, TSM_FINDING_TOO_LARGE, -1);
}

static TsmEvent *
decode_brackets (gsize count,
                 guint max_depth)
{
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (G_MAXSIZE, max_depth);
  g_autofree char *text = g_malloc (count);
  g_autoptr (GBytes) message = NULL;

  memset (text, '[', count);
  message = g_bytes_new (text, count);
  return tsm_decoder_decode (decoder, message, TEST_CHANNEL, 0, 0);
}

static void
test_too_deep (void)
{
  g_autoptr (TsmEvent) event = decode_brackets (2 * 1024 * 1024, 0);

  assert_rejected (event, TSM_FINDING_TOO_DEEP, TSM_DECODER_MAX_DEPTH_DEFAULT);
  g_assert_null (tsm_event_dup_data (event));
}

static void
test_depth_has_a_ceiling (void)
{
  g_autoptr (TsmEvent) event = decode_brackets (2 * 1024 * 1024, G_MAXUINT);

  assert_finding (event, TSM_FINDING_TOO_DEEP, "");
}

static void
test_depth_limit_is_inclusive (void)
{
  g_autofree char *brackets = g_strnfill (62, '[');
  g_autofree char *closing = g_strnfill (62, ']');
  g_autofree char *text = g_strdup_printf ("{\"event_type\":\"METRIC_UPDATE\"," TIME ",\"metrics\":{\"x\":%s%s}}",
                                           brackets, closing);
  g_autoptr (TsmEvent) event = decode (text);

  assert_clean (event);
}

static void
test_formats (void)
{
  static const struct
  {
    const char     *bytes;
    gsize           size;
    TsmFindingCode  code;
    const char     *name;
  } rows[] = {
    { "\x1f\x8b\x08\x00\x00", 5, TSM_FINDING_COMPRESSED, "gzip" },
    { "x\x01\x00", 3, TSM_FINDING_COMPRESSED, "zlib" },
    { "x\x5e\x00", 3, TSM_FINDING_COMPRESSED, "zlib" },
    { "x\x9c\x00", 3, TSM_FINDING_COMPRESSED, "zlib" },
    { "x\xda\x00", 3, TSM_FINDING_COMPRESSED, "zlib" },
    { "\x28\xb5\x2f\xfd\x04", 5, TSM_FINDING_COMPRESSED, "zstd" },
    { "\x80\x02}q\x00", 5, TSM_FINDING_BINARY, "pickle" },
    { "\x80\x05\x95\x10\x00", 5, TSM_FINDING_BINARY, "pickle" },
    { "\x84\xaa" "event_type", 12, TSM_FINDING_BINARY, "MessagePack" },
    { "\x80\x01", 2, TSM_FINDING_BINARY, "MessagePack" },
    { "\xde\x00\x10", 3, TSM_FINDING_BINARY, "MessagePack" },
    { "\xdf\x00\x00", 3, TSM_FINDING_BINARY, "MessagePack" },
    { "{\0\"\0e\0", 6, TSM_FINDING_BINARY, "UTF-16" },
    { "{\"a\":\0}", 7, TSM_FINDING_BINARY, "no known kind" },
    { "\x01\x02\x03\x04\x05\x06", 6, TSM_FINDING_BINARY, "no known kind" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TsmEvent) event = decode_bytes (rows[i].bytes, rows[i].size);
      const TsmFinding *finding = assert_rejected (event, rows[i].code, -1);

      g_assert_nonnull (strstr (finding->message, rows[i].name));
    }
}

static void
test_invalid_utf8 (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"SYSTEM_STATUS\",\"status\":\"caf\xe9\"}");

  assert_rejected (event, TSM_FINDING_INVALID_UTF8, 43);
}

static void
test_invalid_utf8_after_mark (void)
{
  g_autoptr (TsmEvent) event = decode ("\xef\xbb\xbf{\"\xff\"}");

  g_assert_cmpint (tsm_event_get_acceptance (event), ==, TSM_ACCEPTED_NO);
  g_assert_cmpint (tsm_event_get_finding (event, 1)->code, ==, TSM_FINDING_INVALID_UTF8);
  g_assert_cmpint (tsm_event_get_finding (event, 1)->offset, ==, 5);
}

/* What is not JSON, with the offset of the first byte that cannot stand there. Many parsers let some of these pass. */
static void
test_invalid_json (void)
{
  static const struct
  {
    const char *text;
    gint64      offset;
  } rows[] = {
    { "{", 1 }, { "{\"a\"", 4 }, { "{\"a\":", 5 }, { "{\"a\":1", 6 }, { "{\"a\":1,", 7 }, { "{\"a\":1,}", 7 },
    { "{\"a\" 1}", 5 }, { "{\"a\":1 \"b\":2}", 7 }, { "{a:1}", 1 }, { "{\"a\":'b'}", 5 }, { "{,}", 1 },
    { "{\"a\":[1 2]}", 8 }, { "{\"a\":[1,]}", 8 }, { "{\"a\":[,1]}", 6 }, { "{\"a\":]}", 5 }, { "{\"a\":[}}", 6 },
    { "/* c */{}", 0 }, { "{}//", 2 }, { "{} x", 3 }, { "{}{}", 2 }, { "{}}", 2 }, { "{}\xc2\xa0", 2 },
    { "{\"a\":01}", 6 }, { "{\"a\":+1}", 5 }, { "{\"a\":.5}", 5 }, { "{\"a\":1.}", 7 }, { "{\"a\":1e}", 7 },
    { "{\"a\":-}", 6 }, { "{\"a\":0x1f}", 6 }, { "{\"a\":1_000}", 6 }, { "{\"a\":--1}", 6 },
    { "{\"a\":True}", 5 }, { "{\"a\":None}", 5 }, { "{\"a\":nul}", 5 }, { "{\"a\":nulll}", 5 }, { "{\"a\":nan}", 5 },
    { "{\"a\":-inf}", 6 }, { "{\"a\":undefined}", 5 }, { "{\"a\":\"b}", 8 }, { "{\"a\":\"\n\"}", 6 },
    { "{\"a\":\"\\x41\"}", 6 }, { "{\"a\":\"b\\u12g4\"}", 7 }, { "{\"a\":\"\\", 6 }, { "{\"a\":\"\\u\"}", 6 },
    { "hello", 0 }, { "<html>", 0 }, { "\"abc", 4 }, { ")", 0 }, { "}", 0 }, { "event_type=METRIC_UPDATE", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TsmEvent) event = decode (rows[i].text);

      g_test_message ("%s", rows[i].text);
      assert_rejected (event, TSM_FINDING_INVALID_JSON, rows[i].offset);
      g_assert_null (tsm_event_dup_data (event));
    }
}

static void
test_python (void)
{
  static const char *const texts[] = { "{'event_type': 'METRIC_UPDATE'}", "b'{\"event_type\": \"METRIC_UPDATE\"}'" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TsmEvent) event = decode (texts[i]);
      const TsmFinding *finding = assert_finding (event, TSM_FINDING_INVALID_JSON, "");

      g_assert_nonnull (strstr (finding->message, "json.dumps"));
    }
}

/* Encoded twice, and broken inside: the offset is one in the message as it arrived, escapes and all. */
static void
test_invalid_inside_of_string (void)
{
  g_autoptr (TsmEvent) event = decode (" \"{\\\"a\\\":\\\"\\u00e9\\\",nope}\"");
  const TsmFinding *finding = tsm_event_get_finding (event, 1);

  g_assert_cmpuint (tsm_event_get_n_findings (event), ==, 2);
  g_assert_cmpint (tsm_event_get_finding (event, 0)->code, ==, TSM_FINDING_ENCODED_TWICE);
  g_assert_cmpint (finding->code, ==, TSM_FINDING_INVALID_JSON);
  g_assert_cmpint (finding->offset, ==, 20);
}

static void
test_not_an_object (void)
{
  static const char *const texts[] = { "[]", "[{\"event_type\":\"SYSTEM_STATUS\"}]", "42", "-0.5e3", "null", "true",
                                       "NaN", "\"hello\"", "\"\"", "\"[]\"", "\"\\\"{}\\\"\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TsmEvent) event = decode (texts[i]);

      g_test_message ("%s", texts[i]);
      assert_rejected (event, TSM_FINDING_NOT_AN_OBJECT, -1);
    }
}

static void
test_wrong_envelope (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"kind\":\"METRIC_UPDATE\",\"body\":{}}");
  const TsmFinding *finding = assert_rejected (event, TSM_FINDING_WRONG_ENVELOPE, -1);

  g_assert_nonnull (strstr (finding->message, "kind, body"));
  g_assert_null (tsm_event_get_type_name (event));
  g_assert_null (tsm_event_get_dialect_name (event));
}

static void
test_unknown_type (void)
{
  static const char *const values[] = { "\"MARKET_OPEN\"", "\"\"", "42", "\"_started\"", "\"BACKTEST_STARTED\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event_type\":%s," TIME ",\"source\":\"engine\"}", values[i]);
      g_autoptr (TsmEvent) event = decode (text);

      assert_finding (event, TSM_FINDING_UNKNOWN_TYPE, "event_type");
      g_assert_null (tsm_event_get_type_name (event));
      g_assert_cmpstr (tsm_event_get_source (event), ==, "engine");
      g_assert_cmpint (tsm_event_get_timestamp (event), !=, TSM_TIME_NONE);
    }
}

static void
test_missing_body (void)
{
  static const char *const texts[] = {
    "{\"event_type\":\"METRIC_UPDATE\"," TIME "}",
    "{\"event_type\":\"ALERT_TRIGGERED\"," TIME "}",
    "{\"event_type\":\"ALERT_TRIGGERED\"," TIME ",\"alert\":{\"level\":\"INFO\",\"message\":\"m\"}}",
    "{\"event_type\":\"ALERT_TRIGGERED\"," TIME ",\"alert\":{\"id\":\"\",\"level\":\"INFO\",\"message\":\"m\"}}",
    "{\"event_type\":\"ALERT_RESOLVED\"," TIME "}",
    "{\"event_type\":\"ALERT_RESOLVED\"," TIME ",\"alert_id\":null}",
    "{\"event_type\":\"HEALTH_CHECK\"," TIME "}",
    "{\"event_type\":\"SYSTEM_STATUS\"," TIME "}",
    "{\"event\":\"job_progress_update\"," TIME "}",
    "{\"event\":\"error\"," TIME ",\"payload\":null}",
    "{\"event\":\"data_import_started\"," TIME ",\"payload\":[]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TsmEvent) event = decode (texts[i]);

      g_test_message ("%s", texts[i]);
      assert_rejected (event, TSM_FINDING_MISSING_BODY, -1);
      g_assert_nonnull (tsm_event_get_type_name (event));
    }
}

static void
test_raw_is_kept (void)
{
  g_autoptr (TsmEvent) event = decode ("{broken");

  g_assert_cmpmem (g_bytes_get_data (tsm_event_get_raw (event), NULL), g_bytes_get_size (tsm_event_get_raw (event)),
                   "{broken", 7);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rejections/empty", test_empty);
  g_test_add_func ("/rejections/too-large", test_too_large);
  g_test_add_func ("/rejections/too-large/inclusive", test_size_limit_is_inclusive);
  g_test_add_func ("/rejections/too-deep", test_too_deep);
  g_test_add_func ("/rejections/too-deep/ceiling", test_depth_has_a_ceiling);
  g_test_add_func ("/rejections/too-deep/inclusive", test_depth_limit_is_inclusive);
  g_test_add_func ("/rejections/formats", test_formats);
  g_test_add_func ("/rejections/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/rejections/invalid-utf8/after-mark", test_invalid_utf8_after_mark);
  g_test_add_func ("/rejections/invalid-json", test_invalid_json);
  g_test_add_func ("/rejections/invalid-json/python", test_python);
  g_test_add_func ("/rejections/invalid-json/in-string", test_invalid_inside_of_string);
  g_test_add_func ("/rejections/not-an-object", test_not_an_object);
  g_test_add_func ("/rejections/wrong-envelope", test_wrong_envelope);
  g_test_add_func ("/rejections/unknown-type", test_unknown_type);
  g_test_add_func ("/rejections/missing-body", test_missing_body);
  g_test_add_func ("/rejections/raw-is-kept", test_raw_is_kept);

  return g_test_run ();
}
