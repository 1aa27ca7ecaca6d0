/* A state is an icon and a word; the server's own words stand under the name of the step.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-trial-row.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"

#define SHORTEST 100 /* µs */

struct _TsmTrialRow
{
  AdwActionRow  parent_instance;

  GtkWidget    *stack;
  GtkWidget    *icon;
  GtkWidget    *spinner;
  GtkWidget    *word;
};

G_DEFINE_FINAL_TYPE (TsmTrialRow, tsm_trial_row, ADW_TYPE_ACTION_ROW)

static const struct
{
  const char *icon; /* NULL: a spinner */
  const char *style_class;
  const char *word;
} looks[] = {
  [TSM_TRIAL_PENDING] = { "content-loading-symbolic", "dim-label", N_("Waiting") },
  [TSM_TRIAL_RUNNING] = { NULL, "accent", N_("Running") },
  [TSM_TRIAL_PASS]    = { "object-select-symbolic", "success", N_("Passed") },
  [TSM_TRIAL_WARN]    = { "dialog-warning-symbolic", "warning", N_("Warning") },
  [TSM_TRIAL_FAIL]    = { "dialog-error-symbolic", "error", N_("Failed") },
  [TSM_TRIAL_SKIPPED] = { "list-remove-symbolic", "dim-label", N_("Not used") },
};

static char *
dup_word (const TsmTrialResult *result,
          gboolean              over)
{
  const char *word = _(looks[result->state].word);

  if (over && result->state == TSM_TRIAL_PENDING)
    return g_strdup (_("Not reached"));
  if (result->duration < 0 || result->state == TSM_TRIAL_SKIPPED)
    return g_strdup (word);

  if (result->duration < SHORTEST)
    /* TRANSLATORS: the state of a step that took next to no time */
    return g_strdup_printf (_("%s, < 0.1 ms"), word);

  /* TRANSLATORS: the state of a step, and how long it took */
  return g_strdup_printf (_("%s, %.1f ms"), word, result->duration / 1000.0);
}

/* The row takes no markup for its subtitle: what a server says is shown as it is. */
static void
show_words (TsmTrialRow          *self,
            const TsmTrialResult *result)
{
  GString *text = g_string_new (result->words);
  g_autofree char *valid = NULL;

  if (result->error != NULL && g_strcmp0 (result->words, result->error->message) != 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", result->error->message);
  valid = g_utf8_make_valid (text->str, -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), valid);
  g_string_free (text, TRUE);
}

void
tsm_trial_row_set (TsmTrialRow          *self,
                   const TsmTrialResult *result,
                   gboolean              over)
{
  g_autofree char *word = dup_word (result, over);

  g_return_if_fail (TSM_IS_TRIAL_ROW (self));

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      gtk_widget_remove_css_class (self->icon, looks[i].style_class);
      gtk_widget_remove_css_class (self->word, looks[i].style_class);
    }
  gtk_widget_add_css_class (self->icon, looks[result->state].style_class);
  gtk_widget_add_css_class (self->word, looks[result->state].style_class);
  if (looks[result->state].icon != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), looks[result->state].icon);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), looks[result->state].icon != NULL ? self->icon : self->spinner);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), looks[result->state].icon == NULL);
  tsm_label_set (self->word, word);
  show_words (self, result);
}

static void
tsm_trial_row_class_init (TsmTrialRowClass *klass)
{
}

static void
tsm_trial_row_init (TsmTrialRow *self)
{
  self->stack = gtk_stack_new ();
  self->icon = gtk_image_new ();
  self->spinner = gtk_spinner_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), self->icon);
  gtk_stack_add_child (GTK_STACK (self->stack), self->spinner);
  gtk_widget_set_valign (self->stack, GTK_ALIGN_CENTER);
  self->word = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->word, "numeric");
  gtk_widget_add_css_class (self->word, "caption");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->stack);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->word);
}

GtkWidget *
tsm_trial_row_new (TsmTrialStep step)
{
  TsmTrialRow *self = g_object_new (TSM_TYPE_TRIAL_ROW, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), tsm_trial_step_get_label (step));
  return GTK_WIDGET (self);
}
