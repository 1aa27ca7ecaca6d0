/* The faults that a publisher can cause, to be played by the simulator: one table row each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The codes are those of the flow ladder, which names the same faults where it finds them.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TSM_SIM_FAULT_NONE "none" /* what stands for no fault where a code is asked for */

/* How an event gets to the server. */
typedef enum
{
  TSM_SIM_PUBLISH,
  TSM_SIM_XADD,     /* into a stream key with the channel's name */
  TSM_SIM_SPUBLISH, /* Redis 7: to those who listen with SSUBSCRIBE */
} TsmSimCommand;

/**
 * TsmSimFault:
 * @code: what it is asked for by
 * @summary: untranslated, one sentence on what it does
 * @keeps: (nullable): whether an event is sent at all; NULL for every one
 * @transform: (nullable): what is sent in place of an event, at least as long as nothing; NULL for the event as it is
 * @command: how it is sent
 * @on_other_channel: whether it goes to tsm_sim_fault_dup_channel()
 * @n_repeats: how often it is sent again
 * @time_shift: µs that the publisher's clock is ahead
 * @seconds: after that long nothing more is sent; 0 for never
 *
 * A row is also how a fault is added: nothing else knows one by name.
 */
typedef struct
{
  const char     *code;
  const char     *summary;
  gboolean      (*keeps)     (const char *text);
  GBytes       *(*transform) (const char *text);
  TsmSimCommand   command;
  gboolean        on_other_channel;
  guint           n_repeats;
  gint64          time_shift;
  guint           seconds;
} TsmSimFault;

guint              tsm_sim_fault_get_n_faults (void);
const TsmSimFault *tsm_sim_fault_get_nth      (guint              index); /* in the order in which a menu shows them */
const TsmSimFault *tsm_sim_fault_find         (const char        *code);
char              *tsm_sim_fault_dup_codes    (void);

/* @self may be NULL in all of these: no fault. */
gboolean           tsm_sim_fault_keeps        (const TsmSimFault *self,
                                               const char        *text,
                                               gint64             age);
GBytes            *tsm_sim_fault_apply        (const TsmSimFault *self,
                                               char              *text);
char              *tsm_sim_fault_dup_channel  (const TsmSimFault *self,
                                               const char        *channel);

G_END_DECLS
