/* What the programs of the measurements share: clocks, a life bound to the driver's, and the traffic.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The traffic repeats after so many messages; within them each has a cpu_percent of its own. */
#define BENCH_N_VARIANTS 800

/* Without a message for so long, a burst is taken to be over. */
#define BENCH_SILENCE_SECONDS 8

typedef struct
{
  char    *socket;
  char    *url;
  char    *ca_file;
  char    *channel;
  gint64   count;
  gboolean decode;
  gboolean stamps;
  double   rate;
  char    *sample;
  gint64   started;
  gboolean empty;
  char    *recording;
} BenchOptions;

void     bench_begin             (BenchOptions *options,
                                  int          *argc,
                                  char       ***argv);
void     bench_options_clear     (BenchOptions *options);
gint64   bench_get_cpu_time      (void);                 /* µs of this process, user and system */
gboolean bench_is_optimised      (void);
guint    bench_get_tenths        (guint64       index);  /* the cpu_percent of message @index, times ten */
guint    bench_read_tenths       (const char   *payload); /* the same from its bytes; 0 where there is none */
char    *bench_vary              (const char   *sample,
                                  guint         index);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchOptions, bench_options_clear)

G_END_DECLS
