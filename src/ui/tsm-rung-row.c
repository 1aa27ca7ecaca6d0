/* TsmRungRow: the head is a button that opens and closes what is below it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-rung-row.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-event-label.h"
#include "ui/tsm-evidence-list.h"
#include "ui/tsm-flow-remedy.h"
#include "ui/tsm-rung-head.h"

struct _TsmRungRow
{
  GtkWidget  parent_instance;
  TsmRungId  id;
  GtkWidget *button;
  GtkWidget *head;
  GtkWidget *revealer;
  GtkWidget *well;
  GtkWidget *evidence;
  GtkWidget *remedy_box;
  GtkWidget *remedy;
  GtkWidget *act;
  GtkWidget *duration;
  GPtrArray *known;  /* (nullable): the evidence; it is laid out while the row is open */
  char      *spoken; /* name of the button, for who cannot see it */
  int        state;  /* -1 before the first rung is shown */
};

enum
{
  SIGNAL_TOGGLED,
  SIGNAL_REMEDY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const state_classes[] = {
  [TSM_RUNG_PASS] = "pass",
  [TSM_RUNG_WARN] = "warn",
  [TSM_RUNG_FAIL] = "fail",
  [TSM_RUNG_UNKNOWN] = "unknown",
  [TSM_RUNG_SKIPPED] = "skipped",
};

G_DEFINE_FINAL_TYPE (TsmRungRow, tsm_rung_row, GTK_TYPE_WIDGET)

static void
clicked_cb (TsmRungRow *self)
{
  tsm_rung_row_set_open (self, !tsm_rung_row_get_open (self));
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

/* What is closed is not there for assistive technology either. */
static void
revealed_cb (TsmRungRow *self)
{
  GtkRevealer *revealer = GTK_REVEALER (self->revealer);

  if (!gtk_revealer_get_reveal_child (revealer) && !gtk_revealer_get_child_revealed (revealer))
    gtk_widget_set_visible (self->revealer, FALSE);
}

static void
remedy_cb (TsmRungRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMEDY], 0);
}

/* All of it, a line each. */
static char *
dup_evidence (TsmRungRow *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; self->known != NULL && i < self->known->len; i++)
    {
      g_autofree char *line = tsm_evidence_dup_line (g_ptr_array_index (self->known, i));

      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (text, FALSE);
}

static void
copy_cb (TsmRungRow *self)
{
  g_autofree char *text = dup_evidence (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied to the clipboard"));
}

static void
show_state (TsmRungRow    *self,
            const TsmRung *rung)
{
  g_autofree char *spoken = NULL;

  if (self->state != (int) rung->state)
    {
      if (self->state >= 0)
        gtk_widget_remove_css_class (GTK_WIDGET (self), state_classes[self->state]);
      gtk_widget_add_css_class (GTK_WIDGET (self), state_classes[rung->state]);
      self->state = rung->state;
    }

  /* TRANSLATORS: a rung, its state, what is known about it: "Broker: OK, 0.4 ms. A message to ourselves comes through." */
  spoken = g_strdup_printf (_("%s: %s, %s. %s"), tsm_rung_id_get_title (rung->id), tsm_rung_state_get_label (rung->state),
                            rung->summary != NULL ? rung->summary : "", rung->cause != NULL ? rung->cause : "");
  if (g_strcmp0 (spoken, self->spoken) == 0)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_free (self->spoken);
  self->spoken = g_steal_pointer (&spoken);
}

static void
show_evidence (TsmRungRow    *self,
               const TsmRung *rung)
{
  g_autoptr (GPtrArray) earlier = g_steal_pointer (&self->known);

  self->known = rung->evidence != NULL ? g_ptr_array_ref (rung->evidence) : NULL;
  gtk_widget_set_visible (self->well, self->known != NULL && self->known->len > 0);
  if (tsm_rung_row_get_open (self))
    tsm_evidence_list_show (TSM_EVIDENCE_LIST (self->evidence), self->known);
}

static void
show_remedy (TsmRungRow    *self,
             const TsmRung *rung)
{
  const char *label = tsm_remedy_button_get_label (tsm_flow_remedy_get_button (rung));

  gtk_widget_set_visible (self->remedy_box, rung->remedy != NULL);
  if (rung->remedy != NULL)
    {
      tsm_event_label_set (GTK_LABEL (self->remedy), rung->remedy, TSM_EVENT_LABEL_WORD);
      /* Not before it has a text: GTK 4.8 would go by the height of none. */
      gtk_label_set_selectable (GTK_LABEL (self->remedy), TRUE);
    }
  gtk_widget_set_visible (self->act, label != NULL);
  if (label != NULL && g_strcmp0 (label, gtk_button_get_label (GTK_BUTTON (self->act))) != 0)
    gtk_button_set_label (GTK_BUTTON (self->act), label);
}

static void
show_duration (TsmRungRow    *self,
               const TsmRung *rung)
{
  /* TRANSLATORS: how long a step took */
  g_autofree char *text = rung->duration >= 0 ? g_strdup_printf (_("Took %.1f ms"), rung->duration / 1000.0) : NULL;

  gtk_widget_set_visible (self->duration, text != NULL);
  tsm_label_set (self->duration, text);
}

/* Not what the row does when it is asked to take the focus: Tab asks that too, and would never leave it backwards. */
gboolean
tsm_rung_row_take_focus (TsmRungRow *self)
{
  g_return_val_if_fail (TSM_IS_RUNG_ROW (self), FALSE);

  return gtk_widget_grab_focus (self->button);
}

static void
tsm_rung_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tsm_rung_row_parent_class)->dispose (object);
}

static void
tsm_rung_row_finalize (GObject *object)
{
  TsmRungRow *self = TSM_RUNG_ROW (object);

  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_free (self->spoken);

  G_OBJECT_CLASS (tsm_rung_row_parent_class)->finalize (object);
}

static void
tsm_rung_row_class_init (TsmRungRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_rung_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_rung_row_finalize;
  signals[SIGNAL_TOGGLED] = g_signal_new ("toggled", TSM_TYPE_RUNG_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_REMEDY] = g_signal_new ("remedy", TSM_TYPE_RUNG_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rung");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

/* A grid: a box asks how narrow each line can be within its height, which a label finds out by trying. */
static GtkWidget *
create_well (TsmRungRow *self)
{
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  self->well = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->well), 6);
  self->evidence = tsm_evidence_list_new ();
  gtk_widget_set_hexpand (self->evidence, TRUE);
  gtk_widget_set_valign (self->evidence, GTK_ALIGN_CENTER); /* a single line stands beside the button */
  gtk_widget_set_valign (copy, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (copy, _("Copy Evidence"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy Evidence"), -1);
  gtk_widget_add_css_class (copy, "flat");
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_grid_attach (GTK_GRID (self->well), self->evidence, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (self->well), copy, 1, 0, 1, 1);
  gtk_widget_add_css_class (self->well, "evidence-well");
  return self->well;
}

static GtkWidget *
create_remedy (TsmRungRow *self)
{
  GtkWidget *heading = tsm_event_label_new (_("What to do"), "rung-heading");

  self->remedy_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->remedy = tsm_event_label_new (NULL, NULL);
  gtk_box_append (GTK_BOX (self->remedy_box), heading);
  gtk_box_append (GTK_BOX (self->remedy_box), self->remedy);
  return self->remedy_box;
}

static GtkWidget *
create_foot (TsmRungRow *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->act = gtk_button_new_with_label ("");
  g_signal_connect_swapped (self->act, "clicked", G_CALLBACK (remedy_cb), self);
  self->duration = tsm_event_label_new (NULL, "rung-note");
  gtk_widget_add_css_class (self->duration, "numeric");
  gtk_box_append (GTK_BOX (foot), self->act);
  gtk_box_append (GTK_BOX (foot), self->duration);
  return foot;
}

static GtkWidget *
create_body (TsmRungRow *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (body, "rung-body");
  gtk_box_append (GTK_BOX (body), tsm_event_label_new (tsm_rung_id_get_question (self->id), "rung-note"));
  gtk_box_append (GTK_BOX (body), create_well (self));
  gtk_box_append (GTK_BOX (body), create_remedy (self));
  gtk_box_append (GTK_BOX (body), create_foot (self));
  return body;
}

static void
tsm_rung_row_init (TsmRungRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->state = -1;
}

/**
 * tsm_rung_row_new:
 * @id: the rung that it is of
 * @columns: (array fixed-size=2) (nullable): see tsm_rung_head_new()
 *
 * Returns: (transfer floating): a row that is closed
 */
GtkWidget *
tsm_rung_row_new (TsmRungId      id,
                  GtkSizeGroup **columns)
{
  TsmRungRow *self = g_object_new (TSM_TYPE_RUNG_ROW, NULL);

  self->id = id;
  self->head = tsm_rung_head_new (id, columns);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), self->head);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "rung-button");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));

  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_duration (GTK_REVEALER (self->revealer), 150);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), create_body (self));
  gtk_widget_set_visible (self->revealer, FALSE);
  g_signal_connect_swapped (self->revealer, "notify::child-revealed", G_CALLBACK (revealed_cb), self);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

TsmRungId
tsm_rung_row_get_id (TsmRungRow *self)
{
  g_return_val_if_fail (TSM_IS_RUNG_ROW (self), TSM_RUNG_RESOLVE);

  return self->id;
}

/**
 * tsm_rung_row_show:
 * @self: a row
 * @rung: what it shows; of the row's own id
 *
 * Changes only what differs: what is selected, focused or open stays so.
 */
void
tsm_rung_row_show (TsmRungRow    *self,
                   const TsmRung *rung)
{
  g_return_if_fail (TSM_IS_RUNG_ROW (self) && rung != NULL && rung->id == self->id);

  show_state (self, rung);
  tsm_rung_head_show (TSM_RUNG_HEAD (self->head), rung);
  show_evidence (self, rung);
  show_remedy (self, rung);
  show_duration (self, rung);
}

gboolean
tsm_rung_row_get_open (TsmRungRow *self)
{
  g_return_val_if_fail (TSM_IS_RUNG_ROW (self), FALSE);

  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}

/**
 * tsm_rung_row_set_open:
 * @self: a row
 * @open: whether it shows its evidence and remedy
 *
 * Emits no signal.
 */
void
tsm_rung_row_set_open (TsmRungRow *self,
                       gboolean    open)
{
  g_return_if_fail (TSM_IS_RUNG_ROW (self));

  if (tsm_rung_row_get_open (self) == open)
    return;
  if (open)
    {
      tsm_evidence_list_show (TSM_EVIDENCE_LIST (self->evidence), self->known);
      gtk_widget_set_visible (self->revealer, TRUE);
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), open);
  revealed_cb (self);
  tsm_rung_head_set_open (TSM_RUNG_HEAD (self->head), open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}
