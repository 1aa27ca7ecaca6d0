/* Building and freeing the payload structs of tsm-event.h: used by the decoder, and by what simulates events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"

G_BEGIN_DECLS

/* `init` makes an empty payload (numbers NaN, times TSM_TIME_NONE, the rest NULL); `clear` frees what it holds. The
 * strings of a payload are owned by it: allocate them with g_strdup(). */
void tsm_metric_data_init  (TsmMetricData *data);
void tsm_metric_data_clear (TsmMetricData *data);
void tsm_health_data_init  (TsmHealthData *data);
void tsm_health_data_clear (TsmHealthData *data);
void tsm_alert_data_init   (TsmAlertData  *data);
void tsm_alert_data_clear  (TsmAlertData  *data);
void tsm_status_data_init  (TsmStatusData *data);
void tsm_status_data_clear (TsmStatusData *data);
void tsm_job_data_init     (TsmJobData    *data);
void tsm_job_data_clear    (TsmJobData    *data);

void tsm_metric_data_set           (TsmMetricData *data,
                                    TsmMetricId    id,
                                    double         value);
void tsm_metric_data_add_custom    (TsmMetricData *data,
                                    const char    *path,
                                    double         value);
void tsm_health_data_add_component (TsmHealthData *data,
                                    const char    *name,
                                    const char    *status,   /* (nullable) */
                                    double         score,    /* NaN where there is none */
                                    const char    *details); /* (nullable) */
void tsm_details_add               (GArray       **details,  /* (element-type TsmDetail), made where NULL */
                                    const char    *name,
                                    const char    *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmMetricData, tsm_metric_data_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmHealthData, tsm_health_data_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmAlertData, tsm_alert_data_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmStatusData, tsm_status_data_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmJobData, tsm_job_data_clear)

G_END_DECLS
