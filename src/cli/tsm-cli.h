/* TsmCli: what the subcommands of tickstock-monitorctl share: global options, main loop, exit status, the link's troubles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "profiles/tsm-arguments.h"
#include "profiles/tsm-profile-store.h"
#include "profiles/tsm-secrets.h"
#include "redis/tsm-connection.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_CLI_FINE  = 0,
  TSM_CLI_FAULT = 1, /* a fault was found */
  TSM_CLI_ERROR = 2, /* it could not run */
} TsmCliStatus;

/* Options that were not given. No value that can be typed stands for them by accident, "nan" neither. */
#define TSM_CLI_NO_NUMBER (-G_MAXDOUBLE)
#define TSM_CLI_NO_COUNT  G_MININT64

typedef struct _TsmCli TsmCli;

/**
 * TsmCliCommand:
 * @arguments: what follows the options in the usage line, e.g. `[FILE…]`
 * @summary: untranslated, one line of the list of subcommands
 * @description: untranslated, what it does and examples, below the options in `--help`
 */
typedef struct
{
  const char   *name;
  const char   *arguments;
  const char   *summary;
  const char   *description;
  TsmCliStatus (*run) (TsmCli  *cli,
                       char   **argv); /* argv[0] is the subcommand's name */
} TsmCliCommand;

struct _TsmCli
{
  const TsmCliCommand *command;  /* NULL before it is known */
  TsmArguments        *arguments;
  char                *url;      /* of --url, its password hidden: see tsm_arguments_steal_url() */
  char                *profile;  /* of --profile */
  gboolean             help;
  gboolean             version;
  gboolean             verbose;
  GOptionGroup        *options;  /* of the subcommand, owned by its context */
  GMainLoop           *loop;
  TsmProfileStore     *store;    /* NULL before it is needed, see tsm_cli_get_store() */
  TsmSecrets          *secrets;  /* NULL before they are needed */
  TsmCliStatus         status;
  gboolean             interrupted; /* by a signal */
  guint                signal_ids[3];
};

extern const TsmCliCommand tsm_cli_watch;
extern const TsmCliCommand tsm_cli_validate;
extern const TsmCliCommand tsm_cli_simulate;
extern const TsmCliCommand tsm_cli_action;
extern const TsmCliCommand tsm_cli_alerts;
extern const TsmCliCommand tsm_cli_record;
extern const TsmCliCommand tsm_cli_replay;
extern const TsmCliCommand tsm_cli_profiles;
extern const TsmCliCommand tsm_cli_demo;
extern const TsmCliCommand tsm_cli_doctor;

/* Options. */
GOptionGroup   *tsm_cli_global_group  (TsmCli               *self);
GOptionContext *tsm_cli_new_context   (TsmCli               *self);
void            tsm_cli_add_options   (TsmCli               *self,
                                       const GOptionEntry   *entries);
gboolean        tsm_cli_parse         (TsmCli               *self,
                                       GOptionContext       *context,
                                       char               ***argv,
                                       guint                 min_arguments,
                                       guint                 max_arguments);
void            tsm_cli_print_version (void);
TsmCliStatus    tsm_cli_usage_error   (TsmCli               *self,
                                       const char           *format,
                                       ...) G_GNUC_PRINTF (2, 3);

/* Messages on stderr; control characters in them are made harmless. */
void            tsm_cli_say           (const char           *format,
                                       ...) G_GNUC_PRINTF (1, 2);
gboolean        tsm_cli_write_line    (TsmCli               *self,
                                       const char           *line);

/* The server, with its password; see tsm-cli-server.h for more. */
TsmProfile     *tsm_cli_new_profile   (TsmCli               *self,
                                       const char * const   *channels);

/* Running. */
TsmCliStatus    tsm_cli_run           (TsmCli               *self);
void            tsm_cli_quit          (TsmCli               *self,
                                       TsmCliStatus          status);

G_END_DECLS
