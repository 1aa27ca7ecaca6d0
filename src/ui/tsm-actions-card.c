/* TsmActionsCard: the manual actions, and what became of each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-cards.h"

static const TsmCommandId commands[] = {
  TSM_COMMAND_FORCE_HEALTH_CHECK, TSM_COMMAND_CLEAR_CACHE, TSM_COMMAND_FORCE_GC, TSM_COMMAND_RELOAD_PATTERNS,
  TSM_COMMAND_RESTART_WORKERS,
};

static const TsmRowsPlan plans[] = {
  { 300, { { { 0, 1 } }, { { 1, 1 }, { 2, 1 } }, { { 3, 1 }, { 4, 1 } } } },
  { 0,   { { { 0, 1 } }, { { 1, 1 } }, { { 2, 1 } }, { { 3, 1 } }, { { 4, 1 } } } },
};

struct _TsmActionsCard
{
  TsmCard    parent_instance;
  GtkWidget *buttons[G_N_ELEMENTS (commands)];
  GtkWidget *fate;
};

G_DEFINE_FINAL_TYPE (TsmActionsCard, tsm_actions_card, TSM_TYPE_CARD)

static TsmAction *
find_latest (TsmMonitor *monitor)
{
  TsmAction *latest = NULL;

  for (guint i = 0; i < TSM_N_COMMANDS; i++)
    {
      TsmAction *action = tsm_monitor_get_last_action (monitor, i);

      if (action != NULL && (latest == NULL || tsm_action_get_sent_at_real (action) > tsm_action_get_sent_at_real (latest)))
        latest = action;
    }
  return latest;
}

static void
show_fate (TsmActionsCard *self,
           TsmAction      *action,
           const char     *refusal)
{
  g_autofree char *fate = NULL;
  g_autofree char *text = NULL;

  if (action == NULL)
    {
      /* Two lines from the start, so that the cards do not move when the first command is sent. */
      text = g_strdup_printf ("%s\n", refusal != NULL ? refusal : _("No command was sent yet"));
      tsm_label_set (self->fate, text);
      return;
    }

  fate = tsm_action_dup_text (action);
  text = g_strdup_printf ("%s\n%s", _(tsm_command_get_info (tsm_action_get_command (action))->label), fate);
  tsm_label_set (self->fate, text);
}

static void
show_receivers (TsmActionsCard *self,
                const TsmView  *view)
{
  gint64 n = tsm_monitor_get_control_receivers (view->monitor);
  g_autofree char *text = NULL;

  if (tsm_monitor_get_refusal (view->monitor) != NULL)
    text = g_strdup (_("read-only"));
  else if (!view->connected)
    text = g_strdup (_("not connected"));
  else if (n == 0)
    text = g_strdup (_("nobody is listening"));
  else if (n > 0)
    text = g_strdup_printf (ngettext ("%d engine listening", "%d engines listening", (gulong) n), (int) n);
  tsm_card_set_subtitle (TSM_CARD (self), text);
}

static void
tsm_actions_card_update (TsmCard       *card,
                         const TsmView *view)
{
  TsmActionsCard *self = TSM_ACTIONS_CARD (card);
  const char *refusal = tsm_monitor_get_refusal (view->monitor);
  gboolean can_send = tsm_connection_get_command_state (tsm_monitor_get_connection (view->monitor)) == TSM_LINK_READY;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      gtk_widget_set_sensitive (self->buttons[i], can_send && refusal == NULL);
      tsm_tooltip_set (self->buttons[i], refusal);
    }
  show_receivers (self, view);
  show_fate (self, refusal == NULL ? find_latest (view->monitor) : NULL, refusal);
}

static GtkWidget *
make_button (TsmCommandId id)
{
  const TsmCommandInfo *info = tsm_command_get_info (id);
  /* Translators: a button that asks before it acts */
  g_autofree char *label = info->consequence != NULL ? g_strdup_printf (_("%s…"), _(info->label)) : g_strdup (_(info->label));
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.send-command");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", info->name);
  return button;
}

static void
tsm_actions_card_class_init (TsmActionsCardClass *klass)
{
  TSM_CARD_CLASS (klass)->update = tsm_actions_card_update;
}

static void
tsm_actions_card_init (TsmActionsCard *self)
{
  GtkWidget *rows = tsm_rows_new (plans, 8);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      self->buttons[i] = make_button (commands[i]);
      tsm_rows_append (rows, self->buttons[i]);
    }
  gtk_widget_add_css_class (self->buttons[0], "suggested-action");
  gtk_widget_add_css_class (self->buttons[G_N_ELEMENTS (commands) - 1], "danger");

  self->fate = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->fate, "dim-label");
  gtk_widget_add_css_class (self->fate, "numeric");
  gtk_label_set_xalign (GTK_LABEL (self->fate), 0);
  gtk_label_set_wrap (GTK_LABEL (self->fate), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->fate), PANGO_WRAP_WORD_CHAR);

  tsm_card_set_title (TSM_CARD (self), _("Actions"));
  tsm_card_append (TSM_CARD (self), rows);
  tsm_card_append (TSM_CARD (self), self->fate);
}
