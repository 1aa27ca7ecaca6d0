/* TsmReceivedCard: counts; what never came takes no space.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-received-card.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-figures.h"
#include "ui/tsm-format.h"

struct _TsmReceivedCard
{
  TsmCard    parent_instance;
  GtkWidget *none;
  GtkWidget *types;
  GtkWidget *causes_heading;
  GtkWidget *causes; /* the two outcomes, then the findings by code */
};

enum
{
  OUTCOME_REPAIRED,
  OUTCOME_REJECTED,
  N_OUTCOMES
};

G_DEFINE_FINAL_TYPE (TsmReceivedCard, tsm_received_card, TSM_TYPE_CARD)

static gboolean
set_count (GtkWidget *figures,
           guint      row,
           guint64    n)
{
  g_autofree char *text = n > 0 ? tsm_format_value ((double) n, TSM_UNIT_COUNT) : NULL;

  tsm_figures_set (TSM_FIGURES (figures), row, text);
  return n > 0;
}

static gboolean
show_types (TsmReceivedCard      *self,
            const TsmIntakeFacts *intake)
{
  gboolean any = FALSE;

  for (guint i = 0; i < TSM_N_EVENT_TYPES; i++)
    any = set_count (self->types, i, intake->by_type[i]) || any;
  return any;
}

static gboolean
show_causes (TsmReceivedCard      *self,
             const TsmIntakeFacts *intake)
{
  gboolean any = set_count (self->causes, OUTCOME_REPAIRED, intake->repaired);

  any = set_count (self->causes, OUTCOME_REJECTED, intake->rejected) || any;
  for (guint i = 0; i < TSM_N_FINDING_CODES; i++)
    any = set_count (self->causes, N_OUTCOMES + i, intake->by_code[i]) || any;
  return any;
}

static void
tsm_received_card_class_init (TsmReceivedCardClass *klass)
{
}

static void
add_rows (TsmReceivedCard *self)
{
  for (guint i = 0; i < TSM_N_EVENT_TYPES; i++)
    tsm_figures_add (TSM_FIGURES (self->types), i == TSM_EVENT_UNKNOWN ? _("Unknown type") : tsm_event_type_get_name (i));
  tsm_figures_add (TSM_FIGURES (self->causes), _("Repaired"));
  tsm_figures_add (TSM_FIGURES (self->causes), _("Rejected"));
  for (guint i = 0; i < TSM_N_FINDING_CODES; i++)
    tsm_figures_add (TSM_FIGURES (self->causes), tsm_finding_code_get_name (i));
}

static void
tsm_received_card_init (TsmReceivedCard *self)
{
  TsmCard *card = TSM_CARD (self);

  tsm_card_set_title (card, _("Received"));
  self->none = gtk_label_new (_("Nothing has arrived on this connection."));
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_label_set_wrap (GTK_LABEL (self->none), TRUE);
  gtk_widget_add_css_class (self->none, "flow-note");
  self->types = tsm_figures_new ();
  self->causes_heading = gtk_label_new (_("What was noticed"));
  gtk_label_set_xalign (GTK_LABEL (self->causes_heading), 0);
  gtk_widget_add_css_class (self->causes_heading, "group-title");
  self->causes = tsm_figures_new ();
  add_rows (self);
  tsm_card_append (card, self->none);
  tsm_card_append (card, self->types);
  tsm_card_append (card, self->causes_heading);
  tsm_card_append (card, self->causes);
  tsm_received_card_show (self, NULL);
}

/**
 * tsm_received_card_new:
 *
 * Returns: (transfer floating): a card that says that nothing has arrived
 */
GtkWidget *
tsm_received_card_new (void)
{
  return g_object_new (TSM_TYPE_RECEIVED_CARD, NULL);
}

/**
 * tsm_received_card_show:
 * @self: the card
 * @facts: (nullable): what it counts
 */
void
tsm_received_card_show (TsmReceivedCard         *self,
                        const TsmDiagnosisFacts *facts)
{
  static const TsmIntakeFacts nothing;
  const TsmIntakeFacts *intake = facts != NULL ? &facts->intake : &nothing;
  guint64 n = intake->decoded + intake->repaired + intake->rejected;
  g_autofree char *number = tsm_format_value ((double) n, TSM_UNIT_COUNT);
  g_autofree char *subtitle = NULL;
  gboolean has_causes;

  g_return_if_fail (TSM_IS_RECEIVED_CARD (self));

  subtitle = n > 0 ? g_strdup_printf (ngettext ("%s message", "%s messages", n), number) : NULL;
  tsm_card_set_subtitle (TSM_CARD (self), subtitle);
  gtk_widget_set_visible (self->none, n == 0);
  gtk_widget_set_visible (self->types, show_types (self, intake));
  has_causes = show_causes (self, intake);
  gtk_widget_set_visible (self->causes_heading, has_causes);
  gtk_widget_set_visible (self->causes, has_causes);
}
