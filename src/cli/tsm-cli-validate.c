/* tickstock-monitorctl validate: the decoder's verdict on events in files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cli/tsm-cli.h"
#include "cli/tsm-event-text.h"
#include "cli/tsm-splitter.h"
#include "cli/tsm-text.h"
#include "events/tsm-decoder.h"

#define MAX_DOCUMENT (16 * 1024 * 1024) /* bytes: what is longer is read line by line */
#define MAX_LINE     (16 * 1024 * 1024) /* bytes kept of a line; it is rejected anyway */
#define CHUNK        (64 * 1024)

typedef struct
{
  TsmCli     *cli;
  TsmDecoder *decoder;
  gboolean    json;
  gboolean    colour;
  gboolean    broken_pipe;
  const char *file;
  guint64     n_events; /* of all files */
  guint64     n_by_acceptance[3];
} Validate;

static char *
make_json (Validate *self,
           TsmEvent *event,
           guint64   line,
           guint64   size)
{
  g_autofree char *file = g_filename_display_name (self->file);
  TsmJsonWriter writer;

  tsm_json_writer_init (&writer);
  tsm_json_writer_begin_object (&writer, NULL);
  tsm_json_writer_string (&writer, "file", file);
  tsm_json_writer_number (&writer, "line", line);
  tsm_event_text_write_members (&writer, event, size);
  tsm_json_writer_end_object (&writer);

  return tsm_json_harden (tsm_json_writer_finish (&writer));
}

static char *
make_text (Validate *self,
           TsmEvent *event,
           guint64   line)
{
  GString *out = g_string_new (NULL);

  tsm_text_append_escaped (out, self->file);
  g_string_append_printf (out, ":%" G_GUINT64_FORMAT ": ", line);
  tsm_event_text_append_verdict (out, event, self->colour);
  tsm_event_text_append_findings (out, event, self->colour);

  return g_string_free (out, FALSE);
}

/* @size is that of the event, of which no more than MAX_LINE bytes are at @text. */
static void
judge (Validate   *self,
       const char *text,
       gsize       length,
       guint64     line,
       guint64     size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (TsmEvent) event = tsm_decoder_decode (self->decoder, bytes, "", g_get_real_time (), g_get_monotonic_time ());
  g_autofree char *verdict = self->json ? make_json (self, event, line, size) : make_text (self, event, line);

  self->n_events++;
  self->n_by_acceptance[tsm_event_get_acceptance (event)]++;
  if (!self->broken_pipe && !tsm_cli_write_line (self->cli, verdict))
    self->broken_pipe = TRUE;
}

/* Returns: bytes read, 0 at the end, -1 with errno set. */
static gssize
read_some (int     fd,
           char   *buffer,
           gsize   size)
{
  gssize n;

  do
    n = read (fd, buffer, size);
  while (n < 0 && errno == EINTR);

  return n;
}

static void
judge_document (Validate   *self,
                GByteArray *document)
{
  g_autoptr (GArray) spans = tsm_split_events ((const char *) document->data, document->len);

  for (guint i = 0; i < spans->len && !self->broken_pipe; i++)
    {
      const TsmSpan *span = &g_array_index (spans, TsmSpan, i);

      judge (self, (const char *) document->data + span->start, span->length, span->line, span->length);
    }
}

typedef struct
{
  Validate   *validate;
  GByteArray *line;
  guint64     size;   /* of the line, also of what is not kept */
  guint64     number;
} LineReader;

static void
end_line (LineReader *self)
{
  self->number++;
  for (guint i = 0; i < self->line->len; i++)
    {
      if (!g_ascii_isspace (self->line->data[i]))
        {
          judge (self->validate, (const char *) self->line->data, self->line->len, self->number, self->size);
          break;
        }
    }

  g_byte_array_set_size (self->line, 0);
  self->size = 0;
}

static void
feed_lines (LineReader   *self,
            const guint8 *data,
            gsize         length)
{
  while (length > 0)
    {
      const guint8 *newline = memchr (data, '\n', length);
      gsize n = newline != NULL ? (gsize) (newline - data) : length;

      g_byte_array_append (self->line, data, MIN (n, MAX_LINE - self->line->len));
      self->size += n;
      if (newline != NULL)
        end_line (self);
      n += newline != NULL;
      data += n;
      length -= n;
    }
}

/* Too long to be one document: @document is its beginning. */
static gssize
judge_lines (Validate   *self,
             int         fd,
             GByteArray *document)
{
  g_autoptr (GByteArray) line = g_byte_array_new ();
  LineReader reader = { self, line, 0, 0 };
  char buffer[CHUNK];
  gssize n;

  feed_lines (&reader, document->data, document->len);
  while (!self->broken_pipe && (n = read_some (fd, buffer, sizeof buffer)) != 0)
    {
      if (n < 0)
        return n;
      feed_lines (&reader, (const guint8 *) buffer, n);
    }
  if (line->len > 0)
    end_line (&reader);

  return 0;
}

static gssize
judge_input (Validate *self,
             int       fd)
{
  g_autoptr (GByteArray) document = g_byte_array_new ();
  char buffer[CHUNK];
  gssize n;

  while ((n = read_some (fd, buffer, sizeof buffer)) > 0)
    {
      g_byte_array_append (document, (const guint8 *) buffer, n);
      if (document->len > MAX_DOCUMENT)
        return judge_lines (self, fd, document);
    }
  if (n == 0)
    judge_document (self, document);

  return n;
}

/* Returns: whether it could be read. */
static gboolean
judge_file (Validate   *self,
            const char *path)
{
  gboolean is_stdin = g_str_equal (path, "-");
  int fd = is_stdin ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  int saved_errno = errno;

  self->file = path;
  if (fd >= 0 && judge_input (self, fd) < 0)
    saved_errno = errno;
  else if (fd >= 0)
    saved_errno = 0;
  if (fd >= 0 && !is_stdin)
    close (fd);

  if (saved_errno != 0)
    tsm_cli_say (_("Cannot read “%s”: %s"), path, g_strerror (saved_errno));
  return saved_errno == 0;
}

static TsmCliStatus
judge_files (Validate           *self,
             const char * const *paths)
{
  gboolean all_read = TRUE;

  for (guint i = 0; paths[i] != NULL && !self->broken_pipe; i++)
    all_read &= judge_file (self, paths[i]);

  if (self->broken_pipe)
    return self->cli->status;
  if (!self->json)
    {
      g_autofree char *summary =
        g_strdup_printf (_("events: %lu; accepted: %lu, repaired: %lu, rejected: %lu"), (gulong) self->n_events,
                         (gulong) self->n_by_acceptance[TSM_ACCEPTED_YES], (gulong) self->n_by_acceptance[TSM_ACCEPTED_REPAIRED],
                         (gulong) self->n_by_acceptance[TSM_ACCEPTED_NO]);

      tsm_cli_write_line (self->cli, summary);
    }

  if (!all_read)
    return TSM_CLI_ERROR;
  return self->n_by_acceptance[TSM_ACCEPTED_NO] > 0 ? TSM_CLI_FAULT : TSM_CLI_FINE;
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  static const char * const standard_input[] = { "-", NULL };
  Validate self = { .cli = cli };
  g_autoptr (TsmDecoder) decoder = NULL;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_("One JSON object per event"), NULL },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 0, G_MAXUINT))
    return cli->status;

  self.decoder = decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  self.colour = !self.json && tsm_text_has_colour (STDOUT_FILENO);
  return judge_files (&self, argv[1] != NULL ? (const char * const *) argv + 1 : standard_input);
}

const TsmCliCommand tsm_cli_validate = {
  .name = "validate",
  .arguments = N_("[FILE…]"),
  .summary = N_("Check events in files, without a server"),
  .description = N_("Reads one event, an array of events, or JSON Lines, from files or (“-”, or no file) from standard input, and says\n"
                    "of each event whether the monitor accepts, repairs or rejects it, and why. With --json each line is an object with\n"
                    "the members file, line, type, dialect, source, timestamp, accepted, findings and data, and raw and size for what\n"
                    "was rejected.\n"
                    "\n"
                    "Exit status: 0 when no event was rejected, 1 when one was, 2 when a file could not be read.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl validate event.json\n"
                    "  tickstock-monitorctl validate --json recorded.jsonl\n"
                    "  python3 make_event.py | tickstock-monitorctl validate -"),
  .run = run,
};
