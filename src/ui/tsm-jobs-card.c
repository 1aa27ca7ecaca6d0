/* TsmJobsCard: the latest runs of the job pipeline, each with its progress.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-cards.h"
#include "ui/tsm-format.h"
#include "widgets/tsm-meter-bar.h"

#define MAX_SHOWN     3
/* A running job that has said nothing for so long is shown as silent. */
#define SILENT_US     (2 * 60 * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *state;
  GtkWidget *bar;
  GtkWidget *line;
} JobRow;

struct _TsmJobsCard
{
  TsmCard parent_instance;
  JobRow  rows[MAX_SHOWN];
};

G_DEFINE_FINAL_TYPE (TsmJobsCard, tsm_jobs_card, TSM_TYPE_CARD)

static void
append_part (GString *text,
             char    *part)
{
  if (part != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  g_free (part);
}

static char *
describe_counts (TsmJob *job)
{
  GString *text = g_string_new (NULL);
  double total = tsm_job_get_total (job);
  double done = tsm_job_get_completed (job);
  double failed = tsm_job_get_failed (job);
  double each = tsm_job_get_avg_processing_ms (job);

  if (!isnan (done) && !isnan (total))
    append_part (text, g_strdup_printf (_("%'.0f of %'.0f done"), done, total));
  else if (!isnan (done))
    append_part (text, g_strdup_printf (_("%'.0f done"), done));
  if (!isnan (failed) && failed > 0)
    append_part (text, g_strdup_printf (_("%'.0f failed"), failed));
  if (!isnan (each) && each > 0)
    append_part (text, g_strdup_printf (_("%.0f ms each"), each));
  return g_string_free (text, FALSE);
}

static char *
describe_end (TsmJob        *job,
              const TsmView *view)
{
  gint64 end = tsm_job_get_estimated_completion (job);
  gint64 ended = tsm_job_get_ended_at (job);
  double duration = tsm_job_get_duration (job);
  g_autofree char *clock = NULL;
  g_autofree char *length = NULL;

  if (tsm_job_get_state (job) == TSM_JOB_STATE_COMPLETED)
    {
      clock = ended != TSM_TIME_NONE ? tsm_format_clock (ended) : g_strdup ("");
      if (isnan (duration))
        return g_steal_pointer (&clock);
      length = tsm_format_age ((gint64) (CLAMP (duration, 0, 1e9) * G_USEC_PER_SEC));
      return g_strdup_printf (_("%s, took %s"), clock, length);
    }

  if (view->now - tsm_job_get_last_event (job) > SILENT_US)
    {
      length = tsm_format_ago (view->now - tsm_job_get_last_event (job));
      return g_strdup_printf (_("last heard %s"), length);
    }
  if (end == TSM_TIME_NONE || end < view->now_real)
    return NULL;

  clock = tsm_format_clock (end);
  length = tsm_format_age (end - view->now_real);
  return g_strdup_printf (_("about %s left, until %s"), length, clock);
}

static void
show_job (JobRow        *row,
          TsmJob        *job,
          const TsmView *view)
{
  gboolean running = tsm_job_get_state (job) == TSM_JOB_STATE_RUNNING;
  gboolean silent = running && view->now - tsm_job_get_last_event (job) > SILENT_US;
  double percentage = tsm_job_get_percentage (job);
  g_autofree char *title = tsm_job_dup_title (job);
  g_autofree char *percent = isnan (percentage) ? NULL : g_strdup_printf (_("%.0f %%"), percentage);
  g_autofree char *state = NULL;
  GString *line = g_string_new (NULL);
  const char *symbol = tsm_job_get_current_symbol (job);

  if (running)
    state = g_strdup_printf ("%s%s%s", symbol != NULL ? symbol : "", symbol != NULL && percent != NULL ? " · " : "",
                             percent != NULL ? percent : "");
  else
    state = g_strdup (_("✓ completed"));

  append_part (line, describe_counts (job));
  append_part (line, describe_end (job, view));

  tsm_label_set (row->title, title);
  tsm_label_set (row->state, state);
  tsm_label_set (row->line, line->str);
  gtk_widget_set_visible (row->line, line->len > 0);
  gtk_widget_set_visible (row->bar, running);
  tsm_meter_bar_set_value (TSM_METER_BAR (row->bar), percentage, percent);
  tsm_meter_bar_set_stale (TSM_METER_BAR (row->bar), silent || !view->connected);
  g_string_free (line, TRUE);
}

static void
tsm_jobs_card_update (TsmCard       *card,
                      const TsmView *view)
{
  TsmJobsCard *self = TSM_JOBS_CARD (card);
  GListModel *jobs = G_LIST_MODEL (tsm_monitor_get_jobs (view->monitor));
  guint n = g_list_model_get_n_items (jobs);
  guint shown = 0;
  guint running = 0;
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TsmJob) job = g_list_model_get_item (jobs, i);

      if (view->filter != NULL && g_strcmp0 (view->filter, tsm_job_get_source (job)) != 0)
        continue;
      running += tsm_job_get_state (job) == TSM_JOB_STATE_RUNNING;
      if (shown < MAX_SHOWN)
        show_job (&self->rows[shown++], job, view);
    }

  for (guint i = 0; i < MAX_SHOWN; i++)
    gtk_widget_set_visible (self->rows[i].box, i < shown);
  subtitle = g_strdup_printf (ngettext ("%u running", "%u running", running), running);
  tsm_card_set_subtitle (card, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self), shown > 0);
}

static GtkWidget *
make_label (const char *style_class,
            float       xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, style_class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
init_row (TsmJobsCard *self,
          JobRow      *row)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  row->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  row->title = make_label ("group-title", 0);
  row->state = make_label ("dim-label", 1);
  row->line = make_label ("dim-label", 0);
  row->bar = tsm_meter_bar_new (GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
  tsm_meter_bar_set_tone (TSM_METER_BAR (row->bar), TSM_TONE_NEUTRAL);
  gtk_label_set_wrap (GTK_LABEL (row->line), TRUE);
  gtk_label_set_lines (GTK_LABEL (row->line), 2);
  gtk_widget_set_hexpand (row->state, TRUE);

  gtk_box_append (GTK_BOX (head), row->title);
  gtk_box_append (GTK_BOX (head), row->state);
  gtk_box_append (GTK_BOX (row->box), head);
  gtk_box_append (GTK_BOX (row->box), row->bar);
  gtk_box_append (GTK_BOX (row->box), row->line);
  tsm_card_append (TSM_CARD (self), row->box);
}

static void
tsm_jobs_card_class_init (TsmJobsCardClass *klass)
{
  TSM_CARD_CLASS (klass)->update = tsm_jobs_card_update;
}

static void
tsm_jobs_card_init (TsmJobsCard *self)
{
  tsm_card_set_title (TSM_CARD (self), _("Jobs"));
  for (guint i = 0; i < MAX_SHOWN; i++)
    init_row (self, &self->rows[i]);
}
