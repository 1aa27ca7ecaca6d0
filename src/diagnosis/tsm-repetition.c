/* TsmRepetition: notices that the same bytes come twice.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-repetition.h"

#include <string.h>

#define WITHIN_US G_USEC_PER_SEC         /* later, the same bytes are another event that says the same */
#define RECENT_US (60 * G_USEC_PER_SEC)
#define MAX_BYTES 4096                   /* of a message that are compared */

/* Eight bytes at a time: this is paid for every message. Not for who chooses the bytes to collide: then a repetition that is
 * none is counted, no more. */
static guint64
hash_bytes (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint64 hash = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ size;
  gsize end = MIN (size, MAX_BYTES);
  gsize i;

  for (i = 0; i < end; i += sizeof (guint64))
    {
      guint64 word = 0;

      memcpy (&word, data + i, MIN (sizeof word, end - i));
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
      hash ^= hash >> 32;
    }
  return hash;
}

/**
 * tsm_repetition_add:
 * @self: a ring
 * @bytes: a message
 * @time: monotonic µs
 *
 * Returns: whether the same bytes came within the second before
 */
gboolean
tsm_repetition_add (TsmRepetition *self,
                    GBytes        *bytes,
                    gint64         time)
{
  TsmRepetitionEntry entry = { hash_bytes (bytes), time, FALSE };
  guint n = MIN (self->n, TSM_REPETITION_SIZE);

  for (guint i = 0; i < n && !entry.is_repeated; i++)
    entry.is_repeated = self->entries[i].hash == entry.hash && time - self->entries[i].time <= WITHIN_US;

  self->entries[self->n++ % TSM_REPETITION_SIZE] = entry;
  self->n_repeated += entry.is_repeated;
  return entry.is_repeated;
}

/**
 * tsm_repetition_look:
 * @self: a ring
 * @now: monotonic µs
 * @n_recent: (out): messages of the last minute, 64 at the most
 * @n_repeated: (out): of them, repetitions
 */
void
tsm_repetition_look (const TsmRepetition *self,
                     gint64               now,
                     guint               *n_recent,
                     guint               *n_repeated)
{
  guint n = MIN (self->n, TSM_REPETITION_SIZE);

  *n_recent = 0;
  *n_repeated = 0;
  for (guint i = 0; i < n; i++)
    if (now - self->entries[i].time <= RECENT_US)
      {
        *n_recent += 1;
        *n_repeated += self->entries[i].is_repeated;
      }
}
