/* Tests of the Flow page on ladders that the judge made of built facts: what it says, what stands open, and that nothing moves
 * or is cut off.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-gap-ledger.h"
#include "ui/tsm-evidence-list.h"
#include "ui/tsm-flow-ladder.h"
#include "ui/tsm-flow-page.h"
#include "ui/tsm-flow-verdict.h"
#include "ui/tsm-gaps-card.h"
#include "ui/tsm-received-card.h"
#include "ui/tsm-rung-row.h"

#define SECONDS(s) ((gint64) ((s) * G_USEC_PER_SEC))

typedef struct
{
  TsmDiagnosisFacts *facts;
  TsmGapLedger      *gaps;
  TsmFlowPage       *page;
  GtkWidget         *window;
  gboolean           is_checking;
} Fixture;

static void
show (Fixture *fixture)
{
  g_autoptr (TsmLadder) ladder = tsm_judge (fixture->facts);
  TsmFlowView view = { ladder, fixture->facts, G_LIST_MODEL (fixture->gaps), fixture->is_checking,
                       FIXTURE_REAL - SECONDS (12), FIXTURE_REAL };

  tsm_flow_page_show (fixture->page, &view);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->facts = fixture_facts_new ();
  fixture->gaps = tsm_gap_ledger_new ();
  fixture->page = g_object_new (TSM_TYPE_FLOW_PAGE, NULL);
  fixture->window = widget_test_show (GTK_WIDGET (fixture->page), 1200, 800);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  tsm_test_settle ();
  g_object_unref (fixture->gaps);
  tsm_diagnosis_facts_free (fixture->facts);
}

/* The engine publishes on a channel that is nearly ours. */
static void
publish_elsewhere (Fixture *fixture)
{
  fixture_never_heard (fixture->facts, 20);
  fixture->facts->examination->finished = FIXTURE_NOW;
  fixture_near_miss (fixture->facts, "tickstock.monitoring");
}

static GtkWidget *
find (Fixture *fixture,
      GType    type)
{
  return widget_test_find (GTK_WIDGET (fixture->page), type);
}

static TsmFlowLadder *
get_ladder (Fixture *fixture)
{
  return TSM_FLOW_LADDER (find (fixture, TSM_TYPE_FLOW_LADDER));
}

static gboolean
is_open (Fixture   *fixture,
         TsmRungId  id)
{
  return tsm_flow_ladder_is_open (get_ladder (fixture), id);
}

static guint
count_open (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < TSM_N_RUNGS; i++)
    n += is_open (fixture, i);
  return n;
}

static GtkWidget *
get_row (Fixture   *fixture,
         TsmRungId  id)
{
  GtkWidget *row = find (fixture, TSM_TYPE_RUNG_ROW);

  while (tsm_rung_row_get_id (TSM_RUNG_ROW (row)) != id)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static GtkWidget *
get_head_button (Fixture   *fixture,
                 TsmRungId  id)
{
  return gtk_widget_get_first_child (get_row (fixture, id));
}

/* As the user does. */
static void
click_row (Fixture   *fixture,
           TsmRungId  id)
{
  g_signal_emit_by_name (get_head_button (fixture, id), "clicked");
}

static void
assert_labels (GtkWidget  *root,
               const char *style_class,
               const char *expected)
{
  g_autofree char *texts = ui_dup_labels (root, style_class);

  g_assert_cmpstr (texts, ==, expected);
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_is_visible (root))
    return NULL;
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
test_healthy (Fixture       *fixture,
              gconstpointer  data)
{
  show (fixture);
  assert_labels (find (fixture, TSM_TYPE_FLOW_VERDICT), "verdict-summary", "Everything flows; the last event came 1 s ago.");
  assert_labels (find (fixture, TSM_TYPE_FLOW_VERDICT), "verdict-state", "OK · Checked 12 s ago");
  assert_labels (GTK_WIDGET (fixture->page), "rung-state", "OK|OK|Not used|OK|OK|OK|OK|OK|OK|OK|OK|OK");
  g_assert_cmpuint (count_open (fixture), ==, 0);
  g_assert_null (find_button (GTK_WIDGET (fixture->page), "Switch Channel"));
}

static void
test_broken_rung (Fixture       *fixture,
                  gconstpointer  data)
{
  publish_elsewhere (fixture);
  show (fixture);
  assert_labels (find (fixture, TSM_TYPE_FLOW_VERDICT), "verdict-state", "Broken at Channel · Checked 12 s ago");
  g_assert_true (is_open (fixture, TSM_RUNG_CHANNEL));
  g_assert_cmpuint (count_open (fixture), ==, 1);
  g_assert_true (gtk_widget_has_css_class (get_row (fixture, TSM_RUNG_CHANNEL), "fail"));
  g_assert_nonnull (find_button (get_row (fixture, TSM_RUNG_CHANNEL), "Switch Channel"));
  g_assert_nonnull (find_button (find (fixture, TSM_TYPE_FLOW_VERDICT), "Switch Channel"));
}

static void
test_checking_says_so (Fixture       *fixture,
                       gconstpointer  data)
{
  fixture->is_checking = TRUE;
  show (fixture);
  assert_labels (find (fixture, TSM_TYPE_FLOW_VERDICT), "verdict-state", "OK · Checked 12 s ago, checking again…");
}

static void
test_never_checked (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (TsmLadder) ladder = tsm_judge (fixture->facts);
  TsmFlowView view = { .ladder = ladder, .now_real = FIXTURE_REAL };

  tsm_flow_page_show (fixture->page, &view);
  assert_labels (find (fixture, TSM_TYPE_FLOW_VERDICT), "verdict-state", "OK · Not checked in depth yet");
}

static void
test_what_the_user_closes_stays_closed (Fixture       *fixture,
                                        gconstpointer  data)
{
  publish_elsewhere (fixture);
  show (fixture);
  click_row (fixture, TSM_RUNG_CHANNEL);
  click_row (fixture, TSM_RUNG_BROKER);
  show (fixture);
  g_assert_false (is_open (fixture, TSM_RUNG_CHANNEL));
  g_assert_true (is_open (fixture, TSM_RUNG_BROKER));
}

static void
test_another_rung_takes_over (Fixture       *fixture,
                              gconstpointer  data)
{
  publish_elsewhere (fixture);
  show (fixture);
  fixture_break_path (fixture->facts, TSM_RUNG_CONNECT, TSM_LINK_ERROR_REFUSED, "Connection refused");
  show (fixture);
  g_assert_true (is_open (fixture, TSM_RUNG_CONNECT));
  g_assert_false (is_open (fixture, TSM_RUNG_CHANNEL));
}

static void
test_a_warning_opens_nothing (Fixture       *fixture,
                              gconstpointer  data)
{
  fixture->facts->control_receivers = 0;
  show (fixture);
  g_assert_true (gtk_widget_has_css_class (get_row (fixture, TSM_RUNG_CONTROL), "warn"));
  g_assert_cmpuint (count_open (fixture), ==, 0);
}

static void
test_show_rung (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *focus;

  show (fixture);
  tsm_flow_page_show_rung (fixture->page, TSM_RUNG_DECODE);
  g_assert_true (is_open (fixture, TSM_RUNG_DECODE));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (focus == get_head_button (fixture, TSM_RUNG_DECODE));
}

static void
test_broken_rung_is_scrolled_to (Fixture       *fixture,
                                 gconstpointer  data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find (fixture, GTK_TYPE_SCROLLED_WINDOW)));

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 420);
  g_assert_true (tsm_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->page)) == 500));
  publish_elsewhere (fixture);
  show (fixture);
  g_assert_true (tsm_test_wait_until (gtk_adjustment_get_value (adjustment) > 100));

  gtk_adjustment_set_value (adjustment, 0);
  show (fixture);
  widget_test_frames (GTK_WIDGET (fixture->page), 3);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
}

static void
test_evidence (Fixture       *fixture,
               gconstpointer  data)
{
  show (fixture);
  click_row (fixture, TSM_RUNG_BROKER);
  assert_labels (get_row (fixture, TSM_RUNG_BROKER), "evidence-command", "PUBLISH");
  assert_labels (get_row (fixture, TSM_RUNG_BROKER), "evidence-text", "a probe came back in 0.4 ms");
  assert_labels (get_row (fixture, TSM_RUNG_BROKER), "rung-note", "Does a message come through the server to us?|Took 0.4 ms");
}

/* A ladder has a hundred lines of it, of which the numbers change every second. */
static void
test_evidence_of_a_closed_row_is_not_laid_out (Fixture       *fixture,
                                               gconstpointer  data)
{
  GtkWidget *list;

  show (fixture);
  list = widget_test_find (get_row (fixture, TSM_RUNG_BROKER), TSM_TYPE_EVIDENCE_LIST);
  g_assert_null (gtk_widget_get_first_child (list));
  click_row (fixture, TSM_RUNG_BROKER);
  g_assert_nonnull (gtk_widget_get_first_child (list));
}

/* A command stands once above all that it answered. */
static void
test_evidence_groups_by_command (Fixture       *fixture,
                                 gconstpointer  data)
{
  fixture->facts->server.mode = g_strdup ("standalone");
  show (fixture);
  click_row (fixture, TSM_RUNG_SERVER);
  assert_labels (get_row (fixture, TSM_RUNG_SERVER), "evidence-command", "INFO server|INFO replication");
}

static void
test_markup_is_text (Fixture       *fixture,
                     gconstpointer  data)
{
  fixture_never_heard (fixture->facts, 20);
  fixture->facts->examination->finished = FIXTURE_NOW;
  fixture_near_miss (fixture->facts, "<b>tickstock</b>&monitoring");
  show (fixture);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (ui_find_label (
                              find (fixture, TSM_TYPE_FLOW_VERDICT),
                              "The events are published on “<b>tickstock</b>&monitoring”, 12 per second, and not on "
                              "“tickstock:monitoring”."))), "<b>"));
}

static void
count_cb (guint *n)
{
  *n += 1;
}

static void
watch_labels (GtkWidget *root,
              guint     *n)
{
  if (GTK_IS_LABEL (root))
    g_signal_connect_swapped (root, "notify::label", G_CALLBACK (count_cb), n);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    watch_labels (child, n);
}

static void
test_same_ladder_changes_nothing (Fixture       *fixture,
                                  gconstpointer  data)
{
  guint n = 0;

  publish_elsewhere (fixture);
  show (fixture);
  watch_labels (GTK_WIDGET (fixture->page), &n);
  show (fixture);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_accessible (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *button;

  show (fixture);
  button = get_head_button (fixture, TSM_RUNG_BROKER);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Broker: OK, 0.4 ms. A message to ourselves comes through the server.");
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  click_row (fixture, TSM_RUNG_BROKER);
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
}

static void
test_received (Fixture       *fixture,
               gconstpointer  data)
{
  show (fixture);
  assert_labels (find (fixture, TSM_TYPE_RECEIVED_CARD), "card-subtitle", "100 messages");
  assert_labels (find (fixture, TSM_TYPE_RECEIVED_CARD), "figure-name", "METRIC_UPDATE");
  fixture_reject_all (fixture->facts, TSM_FINDING_COMPRESSED);
  show (fixture);
  assert_labels (find (fixture, TSM_TYPE_RECEIVED_CARD), "figure-name", "METRIC_UPDATE|Rejected|compressed");
}

static void
test_gaps (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *card = find (fixture, TSM_TYPE_GAPS_CARD);

  show (fixture);
  g_assert_nonnull (ui_find_label (card, "None: nothing was missed since the connection was made."));
  tsm_gap_ledger_keep_open (fixture->gaps, TSM_GAP_DISCONNECTED, FIXTURE_NOW - SECONDS (60), FIXTURE_NOW - SECONDS (60),
                            FIXTURE_REAL - SECONDS (60), 0.5);
  tsm_gap_ledger_keep_open (fixture->gaps, TSM_GAP_DISCONNECTED, FIXTURE_NOW - SECONDS (60), FIXTURE_NOW - SECONDS (20),
                            FIXTURE_REAL - SECONDS (20), 0.5);
  tsm_gap_ledger_close (fixture->gaps, TSM_GAP_DISCONNECTED, FIXTURE_NOW - SECONDS (20), FIXTURE_REAL - SECONDS (20));
  show (fixture);
  assert_labels (card, "gap-cause", "Disconnected");
  assert_labels (card, "figure-value", "≈ 20 events");
  g_assert_null (ui_find_label (card, "None: nothing was missed since the connection was made."));
}

/* Every label in sight has the room that its lines take. */
static void
assert_nothing_is_cut (GtkWidget *root)
{
  int height;

  if (!gtk_widget_get_mapped (root))
    return;
  if (GTK_IS_LABEL (root))
    {
      pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (root)), NULL, &height);
      if (gtk_widget_get_height (root) < height)
        g_test_message ("cut: %s", gtk_label_get_text (GTK_LABEL (root)));
      g_assert_cmpint (gtk_widget_get_height (root), >=, height);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_nothing_is_cut (child);
}

/* As the application does. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/ai/tickstock/Monitor/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
test_fits_any_width (Fixture       *fixture,
                     gconstpointer  data)
{
  static const int widths[] = { 360, 420, 480, 560, 700, 939, 940, 1300 };

  load_style ();
  publish_elsewhere (fixture);
  show (fixture);
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    tsm_flow_ladder_open (get_ladder (fixture), i);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_test_message ("width %d", widths[i]);
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), widths[i], 700);
      g_assert_true (tsm_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->page)) == widths[i]));
      widget_test_frames (GTK_WIDGET (fixture->page), 2);
      assert_nothing_is_cut (GTK_WIDGET (fixture->page));
    }
}

static GtkWidget *
find_styled (GtkWidget  *root,
             const char *style_class)
{
  if (gtk_widget_has_css_class (root, style_class))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_styled (child, style_class);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_in_one_line (Fixture *fixture)
{
  GtkWidget *rung = widget_test_find (GTK_WIDGET (fixture->page), TSM_TYPE_RUNG_ROW);
  GtkWidget *title = find_styled (rung, "rung-title");
  graphene_rect_t cause;

  g_assert_true (gtk_widget_compute_bounds (find_styled (rung, "rung-cause"), title, &cause));
  return cause.origin.y < gtk_widget_get_height (title);
}

/* In a line that is too short for it the cause would be cut after its second. */
static void
test_large_text_has_a_line_of_its_own (Fixture       *fixture,
                                       gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  show (fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 700);
  g_assert_true (tsm_test_wait_until (is_in_one_line (fixture)));
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  g_assert_true (tsm_test_wait_until (!is_in_one_line (fixture)));
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  g_assert_true (tsm_test_wait_until (is_in_one_line (fixture)));
}

#define ADD(path, function) g_test_add ("/flow-page/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("healthy", test_healthy);
  ADD ("broken-rung", test_broken_rung);
  ADD ("checking-says-so", test_checking_says_so);
  ADD ("never-checked", test_never_checked);
  ADD ("what-the-user-closes-stays-closed", test_what_the_user_closes_stays_closed);
  ADD ("another-rung-takes-over", test_another_rung_takes_over);
  ADD ("a-warning-opens-nothing", test_a_warning_opens_nothing);
  ADD ("show-rung", test_show_rung);
  ADD ("broken-rung-is-scrolled-to", test_broken_rung_is_scrolled_to);
  ADD ("evidence", test_evidence);
  ADD ("evidence-of-a-closed-row-is-not-laid-out", test_evidence_of_a_closed_row_is_not_laid_out);
  ADD ("evidence-groups-by-command", test_evidence_groups_by_command);
  ADD ("markup-is-text", test_markup_is_text);
  ADD ("same-ladder-changes-nothing", test_same_ladder_changes_nothing);
  ADD ("accessible", test_accessible);
  ADD ("received", test_received);
  ADD ("gaps", test_gaps);
  ADD ("fits-any-width", test_fits_any_width);
  ADD ("large-text-has-a-line-of-its-own", test_large_text_has_a_line_of_its_own);
  return g_test_run ();
}
