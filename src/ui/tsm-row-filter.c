/* Keeps the text folded, as it is looked for in every row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-row-filter.h"

#include "ui/tsm-event-text.h"

typedef struct
{
  char *text; /* folded; "" for any */
  char *source;
} TsmRowFilterPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TsmRowFilter, tsm_row_filter, GTK_TYPE_FILTER)

static TsmRowFilterPrivate *
get (TsmRowFilter *self)
{
  return tsm_row_filter_get_instance_private (self);
}

static void
tsm_row_filter_finalize (GObject *object)
{
  TsmRowFilterPrivate *priv = get (TSM_ROW_FILTER (object));

  g_free (priv->text);
  g_free (priv->source);

  G_OBJECT_CLASS (tsm_row_filter_parent_class)->finalize (object);
}

static void
tsm_row_filter_class_init (TsmRowFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_row_filter_finalize;
}

static void
tsm_row_filter_init (TsmRowFilter *self)
{
  get (self)->text = g_strdup ("");
}

/* @place: (inout): changed to @value (transfer full) */
static void
set (TsmRowFilter  *self,
     char         **place,
     char          *value)
{
  if (g_strcmp0 (*place, value) == 0)
    {
      g_free (value);
      return;
    }

  g_free (*place);
  *place = value;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_row_filter_set_text:
 * @self: a filter
 * @text: looked for in any case; "" for any
 */
void
tsm_row_filter_set_text (TsmRowFilter *self,
                         const char   *text)
{
  g_return_if_fail (TSM_IS_ROW_FILTER (self));

  set (self, &get (self)->text, tsm_event_text_fold (text));
}

/**
 * tsm_row_filter_set_source:
 * @self: a filter
 * @source: (nullable): the only source that passes, "" for the unnamed one; %NULL for any
 */
void
tsm_row_filter_set_source (TsmRowFilter *self,
                           const char   *source)
{
  g_return_if_fail (TSM_IS_ROW_FILTER (self));

  set (self, &get (self)->source, g_strdup (source));
}

/* Whether a text is asked for. */
gboolean
tsm_row_filter_has_text (TsmRowFilter *self)
{
  return *get (self)->text != '\0';
}

/* Whether a source is asked for. */
gboolean
tsm_row_filter_has_source (TsmRowFilter *self)
{
  return get (self)->source != NULL;
}

/**
 * tsm_row_filter_is_in:
 * @self: a filter that a text is asked of
 * @text: (nullable): something of a row
 *
 * Returns: whether the text that is asked for is in @text
 */
gboolean
tsm_row_filter_is_in (TsmRowFilter *self,
                      const char   *text)
{
  return tsm_event_text_contains (text, get (self)->text);
}

/**
 * tsm_row_filter_takes_source:
 * @self: a filter
 * @source: (nullable): that of a row
 *
 * Returns: whether rows of @source may pass
 */
gboolean
tsm_row_filter_takes_source (TsmRowFilter *self,
                             const char   *source)
{
  const char *wanted = get (self)->source;

  return wanted == NULL || g_strcmp0 (wanted, source) == 0;
}
