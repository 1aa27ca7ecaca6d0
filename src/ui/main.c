/* tickstock-monitor: the window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(TsmApplication) application = NULL;
  g_autoptr(TsmArguments) arguments = tsm_arguments_new (argc, argv); /* first of all: `ps` shows what was given until then */

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = tsm_application_new ();
  return tsm_application_run (application, arguments);
}
