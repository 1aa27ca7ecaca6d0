/* An event never changes, so everything is filled once, when it is set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-detail.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-event-label.h"
#include "ui/tsm-event-text.h"
#include "ui/tsm-event-tree.h"
#include "ui/tsm-format.h"

#define MAX_FINDINGS 50 /* shown */
#define PLAIN_TAG "plain" /* of raw text: without hyphens */
#define FEW_FINDINGS 2  /* which need no scrolling */

struct _TsmEventDetail
{
  AdwBin             parent_instance;

  GtkStack           *stack;
  GtkWidget          *back;
  GtkLabel           *type;
  GtkLabel           *time;
  GtkLabel           *origin;
  GtkLabel           *summary;
  GtkWidget          *findings_section;
  GtkLabel           *findings_heading;
  GtkScrolledWindow  *findings_scrolled;
  GtkBox             *findings;
  GtkButton          *copy;
  GtkStack           *content;
  GtkStackPage       *tree_page;
  GtkListView        *tree;
  GtkTextView        *raw;

  TsmEvent           *event;
};

G_DEFINE_FINAL_TYPE (TsmEventDetail, tsm_event_detail, ADW_TYPE_BIN)

static GtkWidget *
new_note (const char *text,
          const char *css_class)
{
  GtkWidget *label = tsm_event_label_new (text, css_class);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);

  return label;
}

static char *
dup_place (const TsmFinding *finding)
{
  const char *code = tsm_finding_code_get_name (finding->code);

  if (finding->path != NULL && *finding->path != '\0')
    return g_strdup_printf ("%s · %s", code, finding->path);
  if (finding->offset >= 0)
    /* Translators: the name of a fault and the position in the message, counted in bytes */
    return g_strdup_printf (_("%s · byte %lu"), code, (gulong) finding->offset);

  return g_strdup (code);
}

static GtkWidget *
create_finding (const TsmFinding *finding)
{
  static const char *const classes[] = {
    [TSM_FINDING_REPAIR] = "event-repaired",
    [TSM_FINDING_LOSS] = "event-repaired",
    [TSM_FINDING_REJECT] = "event-rejected",
  };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *place = dup_place (finding);
  GtkWidget *label = new_note (place, classes[tsm_finding_code_get_class (finding->code)]);

  gtk_widget_add_css_class (label, "pane-code");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), new_note (finding->message, "pane-note"));

  return row;
}

static void
show_findings (TsmEventDetail *self)
{
  guint n = tsm_event_get_n_findings (self->event);
  g_autofree char *heading = g_strdup_printf (ngettext ("%u Finding", "%u Findings", n), n);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->findings))) != NULL)
    gtk_box_remove (self->findings, child);
  gtk_widget_set_visible (self->findings_section, n > 0);
  gtk_label_set_text (self->findings_heading, heading);
  /* A scrollbar at hand asks for a height that a few findings do not fill. */
  gtk_scrolled_window_set_policy (self->findings_scrolled, GTK_POLICY_NEVER,
                                  n > FEW_FINDINGS ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  for (guint i = 0; i < MIN (n, MAX_FINDINGS); i++)
    gtk_box_append (self->findings, create_finding (tsm_event_get_finding (self->event, i)));
}

static void
show_head (TsmEventDetail *self)
{
  const char *type = tsm_event_get_type_name (self->event);
  const char *source = tsm_event_get_source (self->event);
  g_autofree char *time = tsm_format_clock_ms (tsm_event_get_received (self->event));
  g_autofree char *size = g_format_size_full (tsm_event_get_size (self->event), G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *summary = tsm_event_dup_summary (self->event);
  g_autofree char *origin = g_strdup_printf ("%s · %s · %s", *source != '\0' ? source : _("Unnamed source"),
                                             tsm_event_get_channel (self->event), size);

  tsm_event_label_set (self->type, type != NULL ? type : _("Unknown event"), 0);
  gtk_label_set_text (self->time, time);
  tsm_event_label_set (self->origin, origin, TSM_EVENT_LABEL_WORD);
  tsm_event_label_set (self->summary, summary, TSM_EVENT_LABEL_WORD);
  /* The findings say why it was rejected. */
  gtk_widget_set_visible (GTK_WIDGET (self->summary), tsm_event_get_acceptance (self->event) != TSM_ACCEPTED_NO);
}

static void
show_raw (TsmEventDetail *self,
          const char     *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->raw);
  GtkTextIter start;

  gtk_text_buffer_set_text (buffer, "", 0);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &start, text, -1, PLAIN_TAG, NULL);
}

static void
show_content (TsmEventDetail *self)
{
  g_autoptr (JsonNode) data = tsm_event_dup_data (self->event);
  GBytes *raw = tsm_event_get_raw (self->event);
  gsize size = 0;
  const char *bytes = raw != NULL ? g_bytes_get_data (raw, &size) : NULL;
  g_autofree char *text = tsm_event_text_dup_raw (bytes, size, TSM_EVENT_TEXT_RAW);
  g_autoptr (GtkNoSelection) model = NULL;

  if (data != NULL)
    model = gtk_no_selection_new (G_LIST_MODEL (tsm_event_tree_new (data)));
  gtk_list_view_set_model (self->tree, GTK_SELECTION_MODEL (model));
  show_raw (self, text);

  gtk_stack_page_set_visible (self->tree_page, data != NULL);
  if (data == NULL)
    gtk_stack_set_visible_child_name (self->content, "raw");
  gtk_button_set_label (self->copy, data != NULL ? _("Copy JSON") : _("Copy Raw"));
}

static char *
dup_copy (TsmEventDetail *self)
{
  g_autoptr (JsonNode) data = tsm_event_dup_data (self->event);
  GBytes *raw = tsm_event_get_raw (self->event);
  gsize size = 0;
  const char *bytes;

  if (data != NULL)
    return json_to_string (data, TRUE);
  bytes = raw != NULL ? g_bytes_get_data (raw, &size) : NULL;

  return tsm_event_text_dup_raw (bytes, size, TSM_EVENT_TEXT_RAW);
}

static void
copy_cb (TsmEventDetail *self)
{
  g_autofree char *text = dup_copy (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied to the clipboard"));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *value = tsm_event_label_new (NULL, "numeric");

  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 24);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_set_hexpand (value, TRUE);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), value);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), row);
  gtk_list_item_set_child (list_item, expander);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item));
  GtkWidget *name = gtk_widget_get_first_child (gtk_tree_expander_get_child (expander));
  GtkWidget *value = gtk_widget_get_next_sibling (name);
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  g_autoptr (TsmEventNode) node = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (expander, row);
  gtk_label_set_text (GTK_LABEL (name), tsm_event_node_get_name (node));
  tsm_event_label_set (GTK_LABEL (value), tsm_event_node_get_value (node), TSM_EVENT_LABEL_WORD_MANY);
  if (tsm_event_node_is_container (node))
    gtk_widget_add_css_class (value, "dim-label");
  else
    gtk_widget_remove_css_class (value, "dim-label");
}

static void
tsm_event_detail_dispose (GObject *object)
{
  TsmEventDetail *self = TSM_EVENT_DETAIL (object);

  g_clear_object (&self->event);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin would unparent what the template has let go */
  gtk_widget_dispose_template (GTK_WIDGET (self), TSM_TYPE_EVENT_DETAIL);

  G_OBJECT_CLASS (tsm_event_detail_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, back);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, type);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, time);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, origin);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, summary);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, findings_section);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, findings_heading);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, findings_scrolled);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, findings);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, copy);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, content);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, tree_page);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, tree);
  gtk_widget_class_bind_template_child (widget_class, TsmEventDetail, raw);
}

static void
tsm_event_detail_class_init (TsmEventDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_event_detail_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/tickstock/Monitor/ui/tsm-event-detail.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
tsm_event_detail_init (TsmEventDetail *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  gtk_list_view_set_factory (self->tree, factory);
  gtk_text_buffer_create_tag (gtk_text_view_get_buffer (self->raw), PLAIN_TAG, "insert-hyphens", FALSE, NULL);
}

/**
 * tsm_event_detail_set_event:
 * @self: the detail
 * @event: (nullable): what to show; NULL shows a hint
 */
void
tsm_event_detail_set_event (TsmEventDetail *self,
                            TsmEvent       *event)
{
  g_return_if_fail (TSM_IS_EVENT_DETAIL (self));

  if (!g_set_object (&self->event, event))
    return;
  gtk_stack_set_visible_child_name (self->stack, event != NULL ? "event" : "none");
  if (event == NULL)
    return;
  show_head (self);
  show_findings (self);
  show_content (self);
}

/**
 * tsm_event_detail_get_event:
 * @self: the detail
 *
 * Returns: (transfer none) (nullable): the event that is shown
 */
TsmEvent *
tsm_event_detail_get_event (TsmEventDetail *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_DETAIL (self), NULL);

  return self->event;
}

/**
 * tsm_event_detail_set_folded:
 * @self: the detail
 * @folded: whether it covers the list, so that it needs a button to go back
 */
void
tsm_event_detail_set_folded (TsmEventDetail *self,
                              gboolean        folded)
{
  g_return_if_fail (TSM_IS_EVENT_DETAIL (self));

  gtk_widget_set_visible (self->back, folded);
}
