/* Reads a password from standard input: from a terminal without echo, else the first line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/tsm-cli-password.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_LENGTH 1024 /* bytes */

static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

/* Its only purpose is that read() returns, so that the terminal can be put in order first. */
static void
interrupted (int number)
{
}

/* One byte at a time: what follows the line is not ours. Returns: the length, or -1 with errno set. */
static gssize
read_line (char  *buffer,
           gsize  size)
{
  gsize length = 0;
  gssize n;

  while (length < size && (n = read (STDIN_FILENO, buffer + length, 1)) != 0)
    {
      if (n < 0)
        return -1;
      if (buffer[length] == '\n')
        break;
      length++;
    }

  return (gssize) length;
}

static gssize
read_unseen (const char *prompt,
             char       *buffer,
             gsize       size)
{
  struct sigaction action = { .sa_handler = interrupted };
  struct sigaction before[G_N_ELEMENTS (numbers)];
  struct termios seen, unseen;
  gssize length;
  int saved_errno;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaction (numbers[i], &action, &before[i]);

  tcgetattr (STDIN_FILENO, &seen);
  unseen = seen;
  unseen.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
  fputs (prompt, stderr);
  length = read_line (buffer, size);
  saved_errno = errno;
  fputc ('\n', stderr);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &seen);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaction (numbers[i], &before[i], NULL);

  errno = saved_errno;
  return length;
}

/**
 * tsm_cli_read_password:
 * @prompt: what a terminal shows, already harmless there
 * @error: return location for a #GIOError
 *
 * Returns: (transfer full) (nullable): the password, to be freed with tsm_url_wipe(), may be empty; NULL with @error set
 */
char *
tsm_cli_read_password (const char  *prompt,
                       GError     **error)
{
  char buffer[MAX_LENGTH + 1];
  gssize length = isatty (STDIN_FILENO) ? read_unseen (prompt, buffer, sizeof buffer) : read_line (buffer, sizeof buffer);
  char *password = NULL;

  if (length > 0 && buffer[length - 1] == '\r')
    length--;

  if (length < 0)
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), _("The password could not be read: %s"), g_strerror (errno));
  else if (length > MAX_LENGTH)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("A password may have at most %d bytes."), MAX_LENGTH);
  else if (!g_utf8_validate_len (buffer, (gsize) length, NULL))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("The password is not UTF-8 text."));
  else
    password = g_strndup (buffer, (gsize) length);

  explicit_bzero (buffer, sizeof buffer);
  return password;
}
