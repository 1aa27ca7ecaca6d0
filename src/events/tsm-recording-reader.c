/* TsmRecordingReader: reads a recording line by line, whatever its size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "events/tsm-recording-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_SIZE  (64 * 1024)
#define MAX_HEADER  (64 * 1024) /* bytes; a file without any newline is not read to its end to find that out */
#define KEPT_BUFFER (1024 * 1024)

struct _TsmRecordingReader
{
  int         fd;
  char       *name;
  GByteArray *buffer;  /* what was read and not yet given out begins at `start` */
  gsize       start;
  gsize       scanned; /* bytes from `start` on that hold no newline */
  gboolean    at_end;  /* of the file; the buffer may still hold its last line */
  guint64     line;
  TsmJson     json;
};

typedef enum
{
  LINE_WHOLE,
  LINE_CUT,      /* the file ends in the middle of it */
  LINE_TOO_LONG,
  LINE_NONE,     /* the end of the file */
  LINE_FAILED,
} LineStatus;

static gboolean
set_system_error (TsmRecordingReader  *self,
                  int                  saved_errno,
                  GError             **error)
{
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (saved_errno), _("Cannot read “%s”: %s"), self->name,
               g_strerror (saved_errno));
  return FALSE;
}

/* Reads some more, or finds the end. */
static gboolean
fill (TsmRecordingReader  *self,
      GError             **error)
{
  guint old;
  gssize n;

  if (self->start > 0)
    g_byte_array_remove_range (self->buffer, 0, (guint) self->start);
  self->start = 0;

  old = self->buffer->len;
  g_byte_array_set_size (self->buffer, old + CHUNK_SIZE);
  do
    n = read (self->fd, self->buffer->data + old, CHUNK_SIZE);
  while (n < 0 && errno == EINTR);

  g_byte_array_set_size (self->buffer, old + (guint) MAX (n, 0));
  self->at_end = n == 0;
  return n >= 0 ? TRUE : set_system_error (self, errno, error);
}

static const char *
find_newline (TsmRecordingReader *self)
{
  gsize left = self->buffer->len - self->start;
  const char *begin = (const char *) self->buffer->data + self->start;
  const char *newline = left > self->scanned ? memchr (begin + self->scanned, '\n', left - self->scanned) : NULL;

  self->scanned = newline != NULL ? (gsize) (newline - begin) : left;
  return newline;
}

static void
take (TsmRecordingReader *self,
      gsize               size)
{
  self->start += size;
  self->scanned = 0;
}

/* Passes over the rest of a line that is too long, without keeping any of it. */
static LineStatus
skip_line (TsmRecordingReader  *self,
           GError             **error)
{
  while (find_newline (self) == NULL)
    {
      take (self, self->scanned);
      if (self->at_end)
        return LINE_TOO_LONG;
      if (!fill (self, error))
        return LINE_FAILED;
    }

  take (self, self->scanned + 1);
  return LINE_TOO_LONG;
}

/* A line of a megabyte is no reason to hold the room for it until the end. */
static void
trim (TsmRecordingReader *self)
{
  GByteArray *smaller;

  if (self->buffer->len - self->start > CHUNK_SIZE || self->start < KEPT_BUFFER)
    return;

  smaller = g_byte_array_sized_new (2 * CHUNK_SIZE);
  g_byte_array_append (smaller, self->buffer->data + self->start, (guint) (self->buffer->len - self->start));
  g_byte_array_unref (self->buffer);
  self->buffer = smaller;
  self->start = 0;
}

/* The line lies in the buffer, and is good until the next call. */
static LineStatus
read_line (TsmRecordingReader  *self,
           gsize                max_length,
           const char         **line,
           gsize               *length,
           GError             **error)
{
  const char *newline;

  trim (self);
  self->line++;
  while ((newline = find_newline (self)) == NULL && self->scanned <= max_length && !self->at_end)
    {
      if (!fill (self, error))
        return LINE_FAILED;
    }

  if (self->scanned > max_length)
    return skip_line (self, error);
  if (newline == NULL && self->scanned == 0)
    return LINE_NONE;

  *line = (const char *) self->buffer->data + self->start;
  *length = self->scanned;
  take (self, *length + (newline != NULL));
  return newline != NULL ? LINE_WHOLE : LINE_CUT;
}

static gboolean
read_header (TsmRecordingReader  *self,
             GError             **error)
{
  const char *line = "";
  gsize length = 0;

  if (read_line (self, MAX_HEADER, &line, &length, error) == LINE_FAILED)
    return FALSE;

  return tsm_recording_check_header (&self->json, line, length, error);
}

/**
 * tsm_recording_reader_new:
 * @path: a file
 * @error: %TSM_RECORDING_ERROR_NOT_A_RECORDING, %TSM_RECORDING_ERROR_VERSION or a %G_FILE_ERROR
 *
 * Opens a recording and looks at its first line.
 *
 * Returns: (transfer full) (nullable): a reader before the first record
 */
TsmRecordingReader *
tsm_recording_reader_new (const char  *path,
                          GError     **error)
{
  g_autoptr (TsmRecordingReader) self = NULL;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open (path, O_RDONLY | O_CLOEXEC);
  self = g_new0 (TsmRecordingReader, 1);
  self->fd = fd;
  self->name = g_filename_display_name (path);
  self->buffer = g_byte_array_sized_new (2 * CHUNK_SIZE);
  if (fd < 0)
    {
      set_system_error (self, errno, error);
      return NULL;
    }

  return read_header (self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
is_blank (const char *line,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (strchr (" \t\r", line[i]) == NULL || line[i] == '\0')
        return FALSE;
    }

  return TRUE;
}

static gboolean
decode_line (TsmRecordingReader  *self,
             LineStatus           status,
             const char          *line,
             gsize                length,
             TsmRecord           *record,
             GError             **error)
{
  gboolean is_good;

  if (status == LINE_TOO_LONG)
    {
      g_set_error (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE, _("it is longer than %d MiB"),
                   TSM_RECORDING_MAX_LINE / (1024 * 1024));
      return FALSE;
    }

  /* one that lacks nothing but its newline is as good as any */
  is_good = tsm_record_decode (record, &self->json, line, length, status == LINE_CUT ? NULL : error);
  tsm_json_trim (&self->json);
  if (!is_good && status == LINE_CUT)
    g_set_error_literal (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE,
                         _("the recording is cut off here, as when its writer was ended"));

  return is_good;
}

/**
 * tsm_recording_reader_next:
 * @record: (out caller-allocates): the next record, to be freed with tsm_record_clear()
 * @error: %TSM_RECORDING_ERROR_BAD_LINE, after which the next call goes on behind that line; or a %G_FILE_ERROR, after
 *   which none does
 *
 * Reads the next record. It may wait for the disk.
 *
 * Returns: whether there is one; without one and without an error, the recording has ended
 */
gboolean
tsm_recording_reader_next (TsmRecordingReader  *self,
                           TsmRecord           *record,
                           GError             **error)
{
  const char *line = "";
  gsize length = 0;
  LineStatus status;

  do
    status = read_line (self, TSM_RECORDING_MAX_LINE, &line, &length, error);
  while ((status == LINE_WHOLE || status == LINE_CUT) && is_blank (line, length));

  if (status == LINE_NONE || status == LINE_FAILED)
    return FALSE;

  return decode_line (self, status, line, length, record, error);
}

guint64
tsm_recording_reader_get_line (TsmRecordingReader *self)
{
  return self->line;
}

/**
 * tsm_recording_reader_free:
 * @self: (nullable) (transfer full)
 */
void
tsm_recording_reader_free (TsmRecordingReader *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->name);
  g_byte_array_unref (self->buffer);
  tsm_json_clear (&self->json);
  g_free (self);
}
