/* The sections of an alert's detail that are lists: name and value, suggestions with a command's button, the timeline.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/tsm-alert.h"

G_BEGIN_DECLS

/* Each fills @box anew, heading included, or empties and hides it where there is nothing. */
void       tsm_alert_sections_fill_details   (GtkBox             *box,
                                              const GArray       *details);  /* (nullable) of TsmDetail */
void       tsm_alert_sections_fill_suggested (GtkBox             *box,
                                              const char * const *texts);    /* (nullable) */
void       tsm_alert_sections_fill_responses (GtkBox             *box,
                                              const char * const *texts);    /* (nullable) */
GtkWidget *tsm_alert_sections_create_entry   (gpointer            entry,     /* for gtk_list_box_bind_model() */
                                              gpointer            user_data);

G_END_DECLS
