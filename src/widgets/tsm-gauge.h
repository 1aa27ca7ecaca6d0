/* TsmGauge: an arc gauge with bands, a value in the middle, and marks for the recent extremes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 270° in the large form, 180° in the half form. Static face and moving part are separate nodes. Role meter; its accessible
 * value, minimum, maximum and value text follow the properties.
 */

#pragma once

#include "widgets/tsm-palette.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_GAUGE_ARC,  /* 270° */
  TSM_GAUGE_HALF, /* 180° */
} TsmGaugeShape;

#define TSM_TYPE_GAUGE_SHAPE (tsm_gauge_shape_get_type ())
GType tsm_gauge_shape_get_type (void);

#define TSM_TYPE_GAUGE (tsm_gauge_get_type ())
G_DECLARE_FINAL_TYPE (TsmGauge, tsm_gauge, TSM, GAUGE, GtkWidget)

/* Properties (all compare before they notify; all but shape may change at any time):
 *   shape (TsmGaugeShape, construct-only), label (str: under the arc), minimum, maximum (double),
 *   value (double; NaN: no data, drawn as an empty arc with "–"), value-text (str: "37.4"), unit-text (str: "%"),
 *   caption (str: small line under the value, "38 % in 1 h · stable"), tone (TsmTone of the value arc),
 *   low-mark, high-mark (double; NaN: none), stale (bool: hatched and grey). */
GtkWidget *tsm_gauge_new            (TsmGaugeShape  shape);
void       tsm_gauge_set_label      (TsmGauge      *self,
                                     const char    *label);
void       tsm_gauge_set_range      (TsmGauge      *self,
                                     double         minimum,
                                     double         maximum);
/* Up to 4 bands: ends ascending in the value's unit, the last one is the maximum. n = 0 for none. */
void       tsm_gauge_set_bands      (TsmGauge      *self,
                                     guint          n_bands,
                                     const double  *ends,
                                     const TsmTone *tones);
/* The arc eases to it over at most 250 ms where animations are on. */
void       tsm_gauge_set_value      (TsmGauge      *self,
                                     double         value,
                                     const char    *value_text,
                                     const char    *unit_text);
void       tsm_gauge_set_caption    (TsmGauge      *self,
                                     const char    *caption);
void       tsm_gauge_set_tone       (TsmGauge      *self,
                                     TsmTone        tone);
void       tsm_gauge_set_marks      (TsmGauge      *self,
                                     double         low,
                                     double         high);
void       tsm_gauge_set_stale      (TsmGauge      *self,
                                     gboolean       stale);
double     tsm_gauge_get_value      (TsmGauge      *self);

G_END_DECLS
