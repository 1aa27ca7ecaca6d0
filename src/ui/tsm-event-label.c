/* The one place that decides how foreign text may wrap.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-label.h"

#include "ui/tsm-event-text.h"

static guint
find_longest_word (const char *line)
{
  guint longest = 0;
  guint length = 0;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      length = g_unichar_isspace (g_utf8_get_char (p)) ? 0 : length + 1;
      longest = MAX (longest, length);
    }

  return longest;
}

static void
forbid_hyphens (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

/**
 * tsm_event_label_new:
 * @text: (nullable): what it says
 * @css_class: (nullable): a style class
 *
 * Returns: (transfer floating): a label that starts at the left
 */
GtkWidget *
tsm_event_label_new (const char *text,
                     const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  tsm_event_label_set (GTK_LABEL (label), text, TSM_EVENT_LABEL_WORD);

  return label;
}

/**
 * tsm_event_label_set:
 * @label: a label
 * @text: (nullable): what it says: any bytes
 * @max_word: the longest word that may be broken into lines, in characters
 */
void
tsm_event_label_set (GtkLabel   *label,
                     const char *text,
                     guint       max_word)
{
  g_autofree char *line = NULL;
  gboolean wraps;

  g_return_if_fail (GTK_IS_LABEL (label));

  line = tsm_event_text_dup_line (text, TSM_EVENT_TEXT_LABEL);
  if (g_strcmp0 (gtk_label_get_text (label), line) == 0)
    return;

  wraps = find_longest_word (line) <= max_word;
  gtk_label_set_wrap (label, wraps);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (label, wraps ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  if (gtk_label_get_attributes (label) == NULL)
    forbid_hyphens (label);
  gtk_label_set_text (label, line);
}
