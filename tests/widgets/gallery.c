/* Shows every widget of the room in many states, to be looked at. Not installed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   gallery [--dark] [--contrast] [--rtl] [--width N] [--height N] [--shot FILE.png]
 */

#include <adwaita.h>
#include <math.h>

#include "widgets/tsm-flow-strip.h"
#include "widgets/tsm-gauge.h"
#include "widgets/tsm-meter-bar.h"
#include "widgets/tsm-ring.h"
#include "widgets/tsm-sparkline.h"

typedef struct
{
  gboolean dark;
  gboolean contrast;
  gboolean rtl;
  int width;
  int height;
  char *shot;
} Options;

static const double ends[] = { 50, 70, 85, 100 };
static const TsmTone tones[] = { TSM_TONE_GOOD, TSM_TONE_WARN, TSM_TONE_BAD, TSM_TONE_CRITICAL };

static GtkWidget *
add_card (GtkWidget  *column,
          const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "gallery");
  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (card), label);
  gtk_box_append (GTK_BOX (column), card);
  return card;
}

static GtkWidget *
add_row (GtkWidget *card)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  gtk_box_append (GTK_BOX (card), row);
  return row;
}

typedef struct
{
  TsmGaugeShape shape;
  const char *label;
  double value;
  const char *text;
  const char *unit;
  const char *caption;
  TsmTone tone;
  double low;
  double high;
  guint n_bands;
  gboolean stale;
  int size;
} GaugeRow;

static const GaugeRow large[] = {
  { TSM_GAUGE_ARC, "CPU", 37.4, "37.4", "%", "stable · 38 % in 1 h", TSM_TONE_GOOD, 22, 58, 4, FALSE, 0 },
  { TSM_GAUGE_ARC, "Memory", 68.9, "68.9", "%", "▲ rising · 74 % in 1 h", TSM_TONE_WARN, 61, 70, 4, FALSE, 0 },
  { TSM_GAUGE_ARC, "Heap", 100, "100.0", "%", "a caption far too long for its arc", TSM_TONE_CRITICAL, 88, 100, 4, FALSE, 0 },
  { TSM_GAUGE_ARC, "CPU", 37.4, "37.4", "%", "4 min 12 s old", TSM_TONE_GOOD, 22, 58, 4, TRUE, 0 },
  { TSM_GAUGE_ARC, "Memory", NAN, NULL, "%", "not sent", TSM_TONE_GOOD, NAN, NAN, 4, FALSE, 0 },
  { TSM_GAUGE_ARC, "Tiny", 3, "3.0", "%", "stable · 38 % in 1 h", TSM_TONE_GOOD, 1, NAN, 4, FALSE, 120 },
};

static const GaugeRow small[] = {
  { TSM_GAUGE_HALF, "Patterns / s", 11.8, "11.8", NULL, NULL, TSM_TONE_NEUTRAL, NAN, NAN, 0, FALSE, 0 },
  { TSM_GAUGE_HALF, "Indicators / s", 46.3, "46.3", NULL, NULL, TSM_TONE_NEUTRAL, NAN, NAN, 0, FALSE, 0 },
  { TSM_GAUGE_HALF, "Cache hits", 94, "94", "%", NULL, TSM_TONE_GOOD, 81, 97, 0, FALSE, 0 },
  { TSM_GAUGE_HALF, "Cache hits", 61, "61", "%", "falling", TSM_TONE_WARN, NAN, NAN, 4, FALSE, 0 },
  { TSM_GAUGE_HALF, "Messages", 75, "12,408", "/s", NULL, TSM_TONE_NEUTRAL, NAN, NAN, 0, FALSE, 0 },
  { TSM_GAUGE_HALF, "Cache hits", 61, "61", "%", NULL, TSM_TONE_WARN, NAN, NAN, 0, TRUE, 0 },
  { TSM_GAUGE_HALF, "Cache hits", NAN, NULL, "%", NULL, TSM_TONE_WARN, NAN, NAN, 0, FALSE, 0 },
};

static const GaugeRow wall[] = {
  { TSM_GAUGE_ARC, "CPU", 78.2, "78.2", "%", "▲ rising · 91 % in 1 h", TSM_TONE_BAD, 40, 82, 4, FALSE, 340 },
};

static GtkWidget *
new_gauge (const GaugeRow *row)
{
  GtkWidget *gauge = tsm_gauge_new (row->shape);

  tsm_gauge_set_label (TSM_GAUGE (gauge), row->label);
  tsm_gauge_set_bands (TSM_GAUGE (gauge), row->n_bands, ends, tones);
  tsm_gauge_set_value (TSM_GAUGE (gauge), row->value, row->text, row->unit);
  tsm_gauge_set_caption (TSM_GAUGE (gauge), row->caption);
  tsm_gauge_set_tone (TSM_GAUGE (gauge), row->tone);
  tsm_gauge_set_marks (TSM_GAUGE (gauge), row->low, row->high);
  tsm_gauge_set_stale (TSM_GAUGE (gauge), row->stale);
  if (row->size > 0)
    {
      gtk_widget_set_size_request (gauge, row->size, row->size > 150 ? (int) (row->size * 0.9) : -1);
      gtk_widget_set_valign (gauge, GTK_ALIGN_START);
    }
  if (row->size > 0 && row->size < 150)
    {
      GtkWidget *frame = adw_clamp_new ();

      adw_clamp_set_maximum_size (ADW_CLAMP (frame), row->size);
      gtk_widget_set_size_request (frame, row->size, -1);
      adw_clamp_set_child (ADW_CLAMP (frame), gauge);
      return frame;
    }
  return gauge;
}

static void
add_gauges (GtkWidget      *card,
            const GaugeRow *rows,
            guint           n_rows)
{
  GtkWidget *row = add_row (card);

  for (guint i = 0; i < n_rows; i++)
    gtk_box_append (GTK_BOX (row), new_gauge (&rows[i]));
}

static void
add_rings (GtkWidget *card)
{
  static const struct { double value; const char *word; TsmTone tone; gboolean stale; } rows[] = {
    { 93, "excellent", TSM_TONE_GOOD, FALSE }, { 71, "degraded", TSM_TONE_WARN, FALSE },
    { 100, "excellent", TSM_TONE_GOOD, FALSE }, { 12, "critical", TSM_TONE_CRITICAL, FALSE },
    { 93, "excellent", TSM_TONE_GOOD, TRUE }, { NAN, "no data", TSM_TONE_GOOD, FALSE },
  };
  GtkWidget *row = add_row (card);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *ring = tsm_ring_new ();

      tsm_ring_set_value (TSM_RING (ring), rows[i].value, rows[i].word, rows[i].tone);
      tsm_ring_set_stale (TSM_RING (ring), rows[i].stale);
      gtk_box_append (GTK_BOX (row), ring);
    }
}

static void
add_bars (GtkWidget *card)
{
  static const struct { double value; TsmTone tone; gboolean stale; } rows[] = {
    { 95, TSM_TONE_GOOD, FALSE }, { 84, TSM_TONE_FAIR, FALSE }, { 71, TSM_TONE_WARN, FALSE }, { 42, TSM_TONE_BAD, FALSE },
    { 1, TSM_TONE_CRITICAL, FALSE }, { 48, TSM_TONE_NEUTRAL, FALSE }, { 60, TSM_TONE_GOOD, TRUE }, { NAN, TSM_TONE_GOOD, FALSE },
  };
  GtkWidget *row = add_row (card);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *bar = tsm_meter_bar_new (GTK_ACCESSIBLE_ROLE_METER);

      tsm_meter_bar_set_value (TSM_METER_BAR (bar), rows[i].value, NULL);
      tsm_meter_bar_set_tone (TSM_METER_BAR (bar), rows[i].tone);
      tsm_meter_bar_set_stale (TSM_METER_BAR (bar), rows[i].stale);
      gtk_box_append (GTK_BOX (row), bar);
    }
}

static void
add_sparklines (GtkWidget *card)
{
  GtkWidget *row = add_row (card);

  for (guint kind = 0; kind < 5; kind++)
    {
      GtkWidget *spark = tsm_sparkline_new ();
      TsmSparkPoint points[600];
      guint n_points = kind == 2 ? 450 : kind == 4 ? 600 : 90;
      gint64 step = 600 / (kind == 2 || kind == 4 ? 600 : 90) * G_USEC_PER_SEC;
      GRand *random = g_rand_new_with_seed (kind + 7);
      double level = 40;

      for (guint i = 0; i < n_points; i++)
        {
          level += g_rand_double_range (random, -4, 4.2);
          points[i] = (TsmSparkPoint) { i * step, (float) level };
          if (kind == 1 && i > 30 && i < 45)
            points[i].value = NAN;
        }
      tsm_sparkline_set_points (TSM_SPARKLINE (spark), points, n_points, 0, (kind == 2 || kind == 4 ? 600 : 90) * step, 60 * G_USEC_PER_SEC);
      tsm_sparkline_set_tone (TSM_SPARKLINE (spark), kind == 1 ? TSM_TONE_WARN : TSM_TONE_NEUTRAL);
      tsm_sparkline_set_stale (TSM_SPARKLINE (spark), kind == 3);
      gtk_widget_set_size_request (spark, 190, 36);
      gtk_box_append (GTK_BOX (row), spark);
      g_rand_free (random);
    }
}

typedef struct
{
  TsmStepState state;
  const char *text;
} StepRow;

static const char *const names[] = { "Redis", "Channel", "Publisher", "Events", "Decode" };

static const StepRow flows[][5] = {
  { { TSM_STEP_PASS, "0.4 ms" }, { TSM_STEP_PASS, "acknowledged" }, { TSM_STEP_PASS, "1 client, 0.5/s" },
    { TSM_STEP_PASS, "0.5/s, last 2 s ago" }, { TSM_STEP_PASS, "1,204 of 1,204" } },
  { { TSM_STEP_PASS, "0.4 ms" }, { TSM_STEP_FAIL, "47 events on “tickstock.monitoring”" }, { TSM_STEP_PASS, "1 client, 4.9/s" },
    { TSM_STEP_UNKNOWN, "none for 4 min 12 s" }, { TSM_STEP_UNKNOWN, "nothing to decode" } },
  { { TSM_STEP_PASS, "0.4 ms" }, { TSM_STEP_PASS, "acknowledged" }, { TSM_STEP_BUSY, "looking" },
    { TSM_STEP_WARN, "late by 14 s" }, { TSM_STEP_UNKNOWN, NULL } },
};

static void
add_strips (GtkWidget *column,
            int        width)
{
  for (guint i = 0; i < G_N_ELEMENTS (flows); i++)
    {
      GtkWidget *strip = tsm_flow_strip_new ();

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          tsm_flow_strip_add_step (TSM_FLOW_STRIP (strip), names[j]);
          tsm_flow_strip_set_step (TSM_FLOW_STRIP (strip), j, flows[i][j].state, flows[i][j].text, NULL);
        }
      if (width > 0)
        {
          GtkWidget *clamp = adw_clamp_new ();

          adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width);
          adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), width);
          gtk_widget_set_halign (clamp, GTK_ALIGN_START);
          gtk_widget_set_size_request (clamp, width, -1);
          adw_clamp_set_child (ADW_CLAMP (clamp), strip);
          strip = clamp;
        }
      gtk_box_append (GTK_BOX (column), strip);
    }
}

static gboolean
shoot_cb (gpointer user_data)
{
  GtkWidget *window = user_data;
  const char *file = g_object_get_data (G_OBJECT (window), "shot");
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (content)), node, NULL);
  gdk_texture_save_to_png (texture, file);
  gtk_window_destroy (GTK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

static void
activate_cb (AdwApplication *application,
             Options        *options)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkCssProvider *css = gtk_css_provider_new ();
  GtkWidget *card;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      options->dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_css_provider_load_from_data (css, ".gallery { padding: 14px 16px; } .page { padding: 16px; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css), 600);
  g_object_unref (css);
  /* Without a desktop's settings GTK falls back to a font that no GNOME user sees. */
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11", NULL);
  if (options->rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (options->contrast)
    gtk_widget_add_css_class (window, "high-contrast");

  gtk_widget_add_css_class (column, "page");
  add_strips (column, 0);
  add_strips (column, 360);
  card = add_card (column, "System");
  add_gauges (card, large, G_N_ELEMENTS (large));
  card = add_card (column, "Processing");
  add_gauges (card, small, G_N_ELEMENTS (small));
  card = add_card (column, "Health");
  add_rings (card);
  add_bars (card);
  card = add_card (column, "Courses");
  add_sparklines (card);
  card = add_card (column, "Wall");
  add_gauges (card, wall, G_N_ELEMENTS (wall));

  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), column);
  gtk_window_set_default_size (GTK_WINDOW (window), options->width, options->height);
  gtk_window_present (GTK_WINDOW (window));
  if (options->shot != NULL)
    {
      g_object_set_data (G_OBJECT (window), "shot", options->shot);
      g_timeout_add (800, shoot_cb, window);
    }
}

int
main (int    argc,
      char **argv)
{
  Options options = { .width = 1240, .height = 800 };
  const GOptionEntry entries[] = {
    { "dark", 0, 0, G_OPTION_ARG_NONE, &options.dark, "Dark style", NULL },
    { "contrast", 0, 0, G_OPTION_ARG_NONE, &options.contrast, "High contrast", NULL },
    { "rtl", 0, 0, G_OPTION_ARG_NONE, &options.rtl, "Right to left", NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &options.width, "Width of the window", "PIXELS" },
    { "height", 0, 0, G_OPTION_ARG_INT, &options.height, "Height of the window", "PIXELS" },
    { "shot", 0, 0, G_OPTION_ARG_FILENAME, &options.shot, "Save a picture and quit", "FILE" },
    { NULL },
  };
  g_autoptr (AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_application_add_main_option_entries (G_APPLICATION (application), entries);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &options);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
