/* TsmExamination: what one run of the active checks found out. Ref-counted, immutable once finished.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-near-miss.h"
#include "diagnosis/tsm-rung.h"
#include "redis/tsm-connection.h"

G_BEGIN_DECLS

/**
 * TsmPathStep:
 * @state: PASS, FAIL, SKIPPED, or UNKNOWN where it was not reached
 * @error: (nullable): of TSM_LINK_ERROR, where it failed
 * @words: (nullable): what was found: an address, a certificate's subject, the server's words
 * @duration: µs, -1 where it was not measured
 *
 * One of the first six rungs.
 */
typedef struct
{
  TsmRungState  state;
  GError       *error;
  char         *words;
  gint64        duration;
} TsmPathStep;

/**
 * TsmServerFacts:
 *
 * From INFO. Strings are NULL and numbers -1 where the server did not say.
 * @role: "master" or "slave"
 * @mode: "standalone", "sentinel" or "cluster"
 * @link_status: of a replica: "up" or "down"
 * @link_down_seconds: of a replica
 * @replicas: (nullable): of a primary: "host:port" each
 * @largest_output_buffer: bytes that waited for one client, lately
 * @clock: µs since the epoch by the server's clock
 * @clock_read: µs since the epoch by ours, when that came
 */
typedef struct
{
  char    *product;
  char    *version;
  char    *run_id;
  char    *role;
  char    *mode;
  gint64   uptime_seconds;
  int      loading;
  int      cluster_enabled;
  char    *master_host;
  int      master_port;
  char    *link_status;
  gint64   link_down_seconds;
  char   **replicas;
  gint64   connected_clients;
  gint64   max_clients;
  gint64   largest_output_buffer;
  gint64   clock;
  gint64   clock_read;
} TsmServerFacts;

/**
 * TsmCounters:
 *
 * Counts of the whole server since its start, -1 where it did not say.
 * @time: monotonic µs when they were read, 0 for not at all
 */
typedef struct
{
  gint64 time;
  gint64 publish_calls;
  gint64 publish_rejected;
  gint64 shard_publish_calls;
  gint64 stream_adds;           /* XADD */
  gint64 list_pushes;           /* LPUSH, RPUSH */
  gint64 channel_denials;       /* acl_access_denied_channel */
  gint64 output_buffer_drops;   /* client_output_buffer_limit_disconnections */
} TsmCounters;

/**
 * TsmTally:
 *
 * What happened on the whole server while it was watched, in this run and those just before it. Counts weigh less the older
 * they are. Evidence, not proof: other programs use the server too.
 * @seconds: how long it was watched
 * @publishes: PUBLISHes that were carried out
 * @unheard: of them, those that nobody heard of whom we know, while no event came
 * @denied: PUBLISHes that were refused
 * @shard_publishes: SPUBLISHes
 */
typedef struct
{
  double seconds;
  double publishes;
  double unheard;
  double denied;
  double shard_publishes;
  double stream_adds;
  double list_pushes;
} TsmTally;

/**
 * TsmClientFacts:
 *
 * One line of CLIENT LIST.
 * @is_candidate: whether it may be a publisher: not we, not a subscriber, not a replica, and it has done more than to look
 * @age: s since it connected
 * @idle: s since its last command
 */
typedef struct
{
  char     *name;
  char     *address;
  char     *user;
  char     *last_command;
  gint64    age;
  gint64    idle;
  gboolean  is_candidate;
} TsmClientFacts;

/**
 * TsmChannelFacts:
 * @subscribers: PUBSUB NUMSUB, -1 where not known, or a pattern
 * @key_type: (nullable): TYPE of a key of this name, "none" where there is no such key
 */
typedef struct
{
  char     *name;
  gboolean  is_pattern;
  gint64    subscribers;
  char     *key_type;
} TsmChannelFacts;

/**
 * TsmKinFacts:
 * @address: "host:port"
 * @role: "primary" or "replica", of the server that we are connected to
 * @error: (nullable): why it could not be asked
 * @n_heard: messages on our channels in @seconds
 * @receivers: on the control channel, -1 where not known
 *
 * Another server of the same replication, listened to for a moment.
 */
typedef struct
{
  char     *address;
  char     *role;
  char     *error;
  guint     n_heard;
  double    seconds;
  gint64    receivers;
} TsmKinFacts;

/**
 * TsmMissing:
 * @rung: the rung that would know more with it
 * @command: what was refused
 * @words: the server's
 * @grant: the line for the access list that would allow it
 */
typedef struct
{
  TsmRungId  rung;
  char      *command;
  char      *words;
  char      *grant;
} TsmMissing;

/**
 * TsmExamination:
 * @started: monotonic µs
 * @finished: monotonic µs
 * @finished_real: µs since the epoch
 * @error: (nullable): why no connection of its own could be made
 * @path: (array fixed-size=6): each of the first six rungs, tried anew
 * @who: (nullable): ACL WHOAMI
 * @before: the server's counters at the begin
 * @after: the server's counters at the end
 * @searched: whether the search listened all the time between the two
 * @heard: messages of any kind that the search heard meanwhile
 * @heard_live: messages that the live connection heard meanwhile
 * @sent_live: commands that it published meanwhile
 * @n_probes: channels for probes that somebody listens to, ours among them; -1 where not known
 * @n_sentinels: that watch this server, and publish there
 * @n_listeners: others who listen to our channels, or for probes: monitors, as far as we know
 * @others: messages per second of other programs, counted while events came, or heard in a search of all channels
 * @others_seconds: how long that was watched while events came, in all
 * @tally: from the counters
 * @listened: s for which near misses were listened for; 0: not at all
 * @pattern: (nullable): what was listened to, such as "tickstock:*"; where there were several, the first
 * @spares_control: whether the control channel was left out of it
 * @near_misses: (element-type TsmNearMiss): the best first
 * @clients: (element-type TsmClientFacts) (nullable): NULL where not known; at most 100
 * @n_candidates: of all clients; -1 where not known
 * @n_others: clients besides us by INFO clients, where CLIENT LIST is not allowed; -1 where not known
 * @channels: (element-type TsmChannelFacts): those of the profile
 * @control: the control channel
 * @control_error: (nullable): the server's words where we may not publish there
 * @control_refused: monotonic µs when they were heard last; 0: not at all
 * @shard_channels: (nullable): PUBSUB SHARDCHANNELS
 * @kin: (element-type TsmKinFacts)
 * @missing: (element-type TsmMissing): what was not permitted
 */
typedef struct
{
  gatomicrefcount  ref_count;
  gint64           started;
  gint64           finished;
  gint64           finished_real;
  gboolean         deep;
  GError          *error;
  TsmPathStep      path[TSM_N_PATH_RUNGS];
  char            *who;
  TsmServerFacts   server;
  TsmCounters      before;
  TsmCounters      after;
  gboolean         searched;
  guint64          heard;
  guint64          heard_live;
  guint64          sent_live;
  gint64           n_probes;
  gint64           n_sentinels;
  gint64           n_listeners;
  double           others;
  double           others_seconds;
  TsmTally         tally;
  double           listened;
  char            *pattern;
  gboolean         spares_control;
  GPtrArray       *near_misses;
  GPtrArray       *clients;
  int              n_candidates;
  int              n_others;
  GPtrArray       *channels;
  TsmChannelFacts  control;
  char            *control_error;
  gint64           control_refused;
  char           **shard_channels;
  GPtrArray       *kin;
  GPtrArray       *missing;
} TsmExamination;

TsmExamination *tsm_examination_new   (void); /* knows nothing */
TsmExamination *tsm_examination_ref   (TsmExamination *self);
void            tsm_examination_unref (TsmExamination *self);

/* Whether every channel of the server was searched, but for that of the commands. */
gboolean        tsm_examination_searched_all (const TsmExamination *self);

/* (nullable) (transfer none): what the rung could not learn for want of a permission */
const TsmMissing *tsm_examination_get_missing (const TsmExamination *self,
                                               TsmRungId             rung);
void            tsm_path_step_clear   (TsmPathStep    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmExamination, tsm_examination_unref)

G_END_DECLS
