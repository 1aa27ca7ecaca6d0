/* TsmRowFilter: what the filters of the lists have in common: a text and a source. What else a row has to be, its subclass says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSM_TYPE_ROW_FILTER (tsm_row_filter_get_type ())
G_DECLARE_DERIVABLE_TYPE (TsmRowFilter, tsm_row_filter, TSM, ROW_FILTER, GtkFilter)

struct _TsmRowFilterClass
{
  GtkFilterClass parent_class;
};

/* Each setter tells the filter's watchers only where something changed. */
void     tsm_row_filter_set_text     (TsmRowFilter *self,
                                      const char   *text);
void     tsm_row_filter_set_source   (TsmRowFilter *self,
                                      const char   *source); /* (nullable): any */

/* For subclasses. */
gboolean tsm_row_filter_has_text     (TsmRowFilter *self);
gboolean tsm_row_filter_has_source   (TsmRowFilter *self);
gboolean tsm_row_filter_is_in        (TsmRowFilter *self,
                                      const char   *text);
gboolean tsm_row_filter_takes_source (TsmRowFilter *self,
                                      const char   *source);

G_END_DECLS
