/* The payload that goes with an event's type: set up, and freed again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-event-private.h"

void
tsm_event_clear_body (TsmEvent *self)
{
  switch (self->type)
    {
    case TSM_EVENT_METRIC_UPDATE:
      tsm_metric_data_clear (&self->body.metrics);
      break;

    case TSM_EVENT_ALERT_TRIGGERED:
    case TSM_EVENT_ALERT_RESOLVED:
    case TSM_EVENT_ERROR:
      tsm_alert_data_clear (&self->body.alert);
      break;

    case TSM_EVENT_HEALTH_CHECK:
      tsm_health_data_clear (&self->body.health);
      break;

    case TSM_EVENT_SYSTEM_STATUS:
      tsm_status_data_clear (&self->body.status);
      break;

    case TSM_EVENT_JOB:
      tsm_job_data_clear (&self->body.job);
      break;

    case TSM_EVENT_UNKNOWN:
    case TSM_N_EVENT_TYPES:
    default:
      break;
    }
}

void
tsm_event_set_type (TsmEvent     *self,
                    TsmEventType  type)
{
  tsm_event_clear_body (self);
  self->type = type;

  switch (type)
    {
    case TSM_EVENT_METRIC_UPDATE:
      tsm_metric_data_init (&self->body.metrics);
      break;

    case TSM_EVENT_ALERT_TRIGGERED:
    case TSM_EVENT_ALERT_RESOLVED:
    case TSM_EVENT_ERROR:
      tsm_alert_data_init (&self->body.alert);
      break;

    case TSM_EVENT_HEALTH_CHECK:
      tsm_health_data_init (&self->body.health);
      break;

    case TSM_EVENT_SYSTEM_STATUS:
      tsm_status_data_init (&self->body.status);
      break;

    case TSM_EVENT_JOB:
      tsm_job_data_init (&self->body.job);
      break;

    case TSM_EVENT_UNKNOWN:
    case TSM_N_EVENT_TYPES:
    default:
      break;
    }
}
