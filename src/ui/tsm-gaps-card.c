/* TsmGapsCard: rows that are made once and filled in place, the newest gap first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-gaps-card.h"

#include <glib/gi18n-lib.h>

#include "diagnosis/tsm-gap-ledger.h"
#include "ui/tsm-format.h"

typedef struct
{
  GtkWidget *box;
  GtkWidget *cause;
  GtkWidget *when;
  GtkWidget *missing;
} Row;

struct _TsmGapsCard
{
  TsmCard    parent_instance;
  GtkWidget *none;
  Row        rows[TSM_GAPS_CARD_ROWS];
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (TsmGapsCard, tsm_gaps_card, TSM_TYPE_CARD)

static char *
dup_when (TsmGap *gap,
          gint64  now_real)
{
  gint64 begin = tsm_gap_get_start_real (gap);
  gint64 end = tsm_gap_get_end_real (gap);
  g_autofree char *from = tsm_format_clock (begin);
  g_autofree char *to = end != 0 ? tsm_format_clock (end) : NULL;
  g_autofree char *length = tsm_format_age ((end != 0 ? end : now_real) - begin);

  if (to == NULL)
    /* TRANSLATORS: a gap that goes on: since a time, and for how long: "since 14:01:02 · 4 min 12 s" */
    return g_strdup_printf (_("since %s · %s"), from, length);
  return g_strdup_printf ("%s – %s · %s", from, to, length);
}

static char *
dup_missing (gint64 missing)
{
  g_autofree char *number = tsm_format_value ((double) missing, TSM_UNIT_COUNT);

  if (missing < 0)
    return g_strdup (_("not known"));
  /* TRANSLATORS: about so many events are missing */
  return g_strdup_printf (ngettext ("≈ %s event", "≈ %s events", (gulong) missing), number);
}

static void
show_row (Row    *row,
          TsmGap *gap,
          gint64  now_real)
{
  g_autofree char *when = dup_when (gap, now_real);
  g_autofree char *missing = dup_missing (tsm_gap_get_missing (gap));

  tsm_label_set (row->cause, tsm_gap_cause_get_label (tsm_gap_get_cause (gap)));
  tsm_label_set (row->when, when);
  tsm_label_set (row->missing, missing);
}

static void
show_total (TsmGapsCard *self,
            GListModel  *gaps,
            guint        n)
{
  gint64 total = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TsmGap) gap = g_list_model_get_item (gaps, i);

      total += MAX (tsm_gap_get_missing (gap), 0);
    }
  text = total > 0 ? dup_missing (total) : NULL;
  tsm_card_set_subtitle (TSM_CARD (self), text);
}

static void
show_more (TsmGapsCard *self,
           guint        n)
{
  guint more = n > TSM_GAPS_CARD_ROWS ? n - TSM_GAPS_CARD_ROWS : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u earlier gap", "%u earlier gaps", more), more);

  gtk_widget_set_visible (self->more, more > 0);
  tsm_label_set (self->more, text);
}

static GtkWidget *
new_label (const char *style_class,
           float       xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style_class);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
create_row (TsmGapsCard *self,
            Row         *row)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  row->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  row->cause = new_label ("gap-cause", 0);
  row->when = new_label ("flow-note", 0);
  row->missing = new_label ("figure-value", 1);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), row->cause);
  gtk_box_append (GTK_BOX (texts), row->when);
  gtk_box_append (GTK_BOX (row->box), texts);
  gtk_box_append (GTK_BOX (row->box), row->missing);
  gtk_widget_set_visible (row->box, FALSE);
  tsm_card_append (TSM_CARD (self), row->box);
}

static void
tsm_gaps_card_class_init (TsmGapsCardClass *klass)
{
}

static void
tsm_gaps_card_init (TsmGapsCard *self)
{
  tsm_card_set_title (TSM_CARD (self), _("Gaps"));
  self->none = gtk_label_new (_("None: nothing was missed since the connection was made."));
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_label_set_wrap (GTK_LABEL (self->none), TRUE);
  gtk_widget_add_css_class (self->none, "flow-note");
  tsm_card_append (TSM_CARD (self), self->none);
  for (guint i = 0; i < TSM_GAPS_CARD_ROWS; i++)
    create_row (self, &self->rows[i]);
  self->more = new_label ("flow-note", 0);
  tsm_card_append (TSM_CARD (self), self->more);
  tsm_gaps_card_show (self, NULL, 0);
}

/**
 * tsm_gaps_card_new:
 *
 * Returns: (transfer floating): a card without a gap
 */
GtkWidget *
tsm_gaps_card_new (void)
{
  return g_object_new (TSM_TYPE_GAPS_CARD, NULL);
}

/**
 * tsm_gaps_card_show:
 * @self: the card
 * @gaps: (nullable) (element-type TsmGap): the oldest first
 * @now_real: µs since the epoch, for one that lasts
 */
void
tsm_gaps_card_show (TsmGapsCard *self,
                    GListModel  *gaps,
                    gint64       now_real)
{
  guint n = gaps != NULL ? g_list_model_get_n_items (gaps) : 0;

  g_return_if_fail (TSM_IS_GAPS_CARD (self));

  gtk_widget_set_visible (self->none, n == 0);
  for (guint i = 0; i < TSM_GAPS_CARD_ROWS; i++)
    {
      g_autoptr (TsmGap) gap = i < n ? g_list_model_get_item (gaps, n - 1 - i) : NULL;

      gtk_widget_set_visible (self->rows[i].box, gap != NULL);
      if (gap != NULL)
        show_row (&self->rows[i], gap, now_real);
    }
  show_total (self, gaps, n);
  show_more (self, n);
}
