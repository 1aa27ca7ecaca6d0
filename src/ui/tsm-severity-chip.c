/* The chip's colours are the style classes sev-* in pages.css; its mark and word come from tsm-format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-severity-chip.h"

#include "ui/tsm-format.h"

#define SEVERITY_NONE -1

struct _TsmSeverityChip
{
  AdwBin    parent_instance;

  GtkLabel *label;
  int       severity; /* a TsmSeverity, or SEVERITY_NONE until the first is set */
};

G_DEFINE_FINAL_TYPE (TsmSeverityChip, tsm_severity_chip, ADW_TYPE_BIN)

static void
tsm_severity_chip_class_init (TsmSeverityChipClass *klass)
{
}

static void
tsm_severity_chip_init (TsmSeverityChip *self)
{
  self->severity = SEVERITY_NONE;
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "severity-chip");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
}

/**
 * tsm_severity_chip_new:
 *
 * Makes a chip that is empty until tsm_severity_chip_set_severity() is called.
 *
 * Returns: (transfer floating): a new chip
 */
GtkWidget *
tsm_severity_chip_new (void)
{
  return g_object_new (TSM_TYPE_SEVERITY_CHIP, NULL);
}

/**
 * tsm_severity_chip_set_severity:
 * @self: a chip
 * @severity: what it shows
 *
 * Does nothing where @severity is already shown.
 */
void
tsm_severity_chip_set_severity (TsmSeverityChip *self,
                                TsmSeverity      severity)
{
  g_autofree char *text = NULL;

  g_return_if_fail (TSM_IS_SEVERITY_CHIP (self));
  g_return_if_fail ((guint) severity < TSM_N_SEVERITIES);

  if (self->severity == (int) severity)
    return;

  if (self->severity != SEVERITY_NONE)
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), tsm_severity_get_class (self->severity));
  self->severity = severity;
  gtk_widget_add_css_class (GTK_WIDGET (self->label), tsm_severity_get_class (severity));

  text = g_strdup_printf ("%s %s", tsm_severity_get_icon (severity), tsm_severity_get_label (severity));
  gtk_label_set_label (self->label, text);
  /* A screen reader would spell the mark out ("black up-pointing triangle"). */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, tsm_severity_get_label (severity),
                                  -1);
}
