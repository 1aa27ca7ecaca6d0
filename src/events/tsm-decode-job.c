/* The job pipeline's events: which run, which phase, how far.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-decode.h"

#include <stddef.h>
#include <string.h>

/* In this order: the longer ending first. `symbol_processing_complete` ends one symbol, not the run. */
static const struct
{
  const char  *ending;
  TsmJobStage  stage;
} endings[] = {
  { "_progress_update", TSM_JOB_PROGRESS },
  { "_progress", TSM_JOB_PROGRESS },
  { "_started", TSM_JOB_STARTED },
  { "_completed", TSM_JOB_COMPLETED },
  { "_complete", TSM_JOB_PROGRESS },
};

static const struct
{
  const char *name;
  gsize       offset;
  double      maximum;
} numbers[] = {
  { "total_symbols", offsetof (TsmJobData, total), G_MAXDOUBLE },
  { "completed", offsetof (TsmJobData, completed), G_MAXDOUBLE },
  { "failed", offsetof (TsmJobData, failed), G_MAXDOUBLE },
  { "processed", offsetof (TsmJobData, processed), G_MAXDOUBLE },
  { "remaining", offsetof (TsmJobData, remaining), G_MAXDOUBLE },
  { "percentage", offsetof (TsmJobData, percentage), 100 },
  { "avg_processing_time_ms", offsetof (TsmJobData, avg_processing_ms), G_MAXDOUBLE },
  { "duration_seconds", offsetof (TsmJobData, duration_seconds), G_MAXDOUBLE },
  { "success_rate", offsetof (TsmJobData, success_rate), 100 },
};

/* @name: lower case, e.g. `data_import_completed` */
const char *
tsm_job_name_parse (const char  *name,
                    gsize       *length,
                    TsmJobStage *stage)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (name, endings[i].ending))
        {
          *length = strlen (name) - strlen (endings[i].ending);
          *stage = endings[i].stage;
          return *length > 0 ? name : NULL;
        }
    }

  return NULL;
}

void
tsm_decode_job (TsmReader *reader)
{
  TsmJobData *data = &reader->event->body.job;
  const TsmJsonToken *body = reader->body;
  gsize length = 0;
  const char *name = tsm_job_name_parse (reader->event->type_name, &length, &data->stage);

  data->run_id = tsm_reader_text (reader, body, "run_id", TSM_MAX_NAME);
  if (data->run_id == NULL)
    tsm_reader_note_missing (reader, body, "run_id");

  data->phase = tsm_reader_text (reader, body, "phase", TSM_MAX_NAME);
  if (data->phase == NULL)
    data->phase = g_strndup (name, length);

  data->current_symbol = tsm_reader_text (reader, body, "current_symbol", TSM_MAX_NAME);
  if (data->current_symbol == NULL)
    data->current_symbol = tsm_reader_text (reader, body, "symbol", TSM_MAX_NAME);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      double number = tsm_reader_number (reader, body, numbers[i].name, 0, numbers[i].maximum);

      G_STRUCT_MEMBER (double, data, numbers[i].offset) = number;
    }
  data->estimated_completion = tsm_reader_time (reader, body, "estimated_completion");
}
