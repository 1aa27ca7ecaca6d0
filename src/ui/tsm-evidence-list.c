/* TsmEvidenceList: lines that are made once and filled in place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-evidence-list.h"

#include "ui/tsm-event-label.h"

#define MIN_CHARS 16 /* of a line: fits the narrowest window */

/* A line: the command, which stands only once before several answers of it, and the answer. */
typedef struct
{
  GtkWidget *command;
  GtkWidget *text;
} Line;

struct _TsmEvidenceList
{
  GtkWidget  parent_instance;
  GArray    *lines; /* of Line; those that are not used are hidden */
};

G_DEFINE_FINAL_TYPE (TsmEvidenceList, tsm_evidence_list, GTK_TYPE_WIDGET)

static GtkWidget *
add_label (TsmEvidenceList *self,
           const char      *style_class)
{
  GtkWidget *label = tsm_event_label_new (NULL, style_class);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* Or GTK works out how narrow it can be with a line for each character, and again at every change. */
  gtk_label_set_width_chars (GTK_LABEL (label), MIN_CHARS);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static Line *
ensure_line (TsmEvidenceList *self,
             guint            index)
{
  if (index == self->lines->len)
    {
      Line line = { add_label (self, "evidence-command"), add_label (self, "evidence-text") };

      g_array_append_val (self->lines, line);
    }
  return &g_array_index (self->lines, Line, index);
}

static void
show_line (Line              *line,
           const TsmEvidence *evidence,
           const TsmEvidence *before)
{
  gboolean is_new = evidence->command != NULL && (before == NULL || g_strcmp0 (evidence->command, before->command) != 0);

  gtk_widget_set_visible (line->command, is_new);
  if (is_new)
    tsm_event_label_set (GTK_LABEL (line->command), evidence->command, TSM_EVENT_LABEL_WORD);
  tsm_event_label_set (GTK_LABEL (line->text), evidence->text, TSM_EVENT_LABEL_WORD);
  gtk_widget_set_visible (line->text, TRUE);
}

static void
tsm_evidence_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tsm_evidence_list_parent_class)->dispose (object);
}

static void
tsm_evidence_list_finalize (GObject *object)
{
  g_array_unref (TSM_EVIDENCE_LIST (object)->lines);

  G_OBJECT_CLASS (tsm_evidence_list_parent_class)->finalize (object);
}

static void
tsm_evidence_list_class_init (TsmEvidenceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_evidence_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_evidence_list_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "evidence");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsm_evidence_list_init (TsmEvidenceList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->lines = g_array_new (FALSE, TRUE, sizeof (Line));
}

/**
 * tsm_evidence_list_new:
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
tsm_evidence_list_new (void)
{
  return g_object_new (TSM_TYPE_EVIDENCE_LIST, NULL);
}

/**
 * tsm_evidence_list_show:
 * @self: a list
 * @evidence: (nullable) (element-type TsmEvidence): what it shows, the first %TSM_EVIDENCE_MAX_LINES of it
 */
void
tsm_evidence_list_show (TsmEvidenceList *self,
                        GPtrArray       *evidence)
{
  guint n = evidence != NULL ? MIN (evidence->len, TSM_EVIDENCE_MAX_LINES) : 0;

  g_return_if_fail (TSM_IS_EVIDENCE_LIST (self));

  for (guint i = 0; i < n; i++)
    show_line (ensure_line (self, i), g_ptr_array_index (evidence, i), i > 0 ? g_ptr_array_index (evidence, i - 1) : NULL);
  for (guint i = n; i < self->lines->len; i++)
    {
      Line *line = &g_array_index (self->lines, Line, i);

      gtk_widget_set_visible (line->command, FALSE);
      gtk_widget_set_visible (line->text, FALSE);
    }
}
