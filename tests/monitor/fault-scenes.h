/* Scenes: each brings about one fault with real servers, and has monitors that look at it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Most of what they take is waiting, so they are played side by side, in one main loop.
 */

#pragma once

#include "monitor/tsm-monitor.h"
#include "support/tsm-test-certificates.h"
#include "support/tsm-test-peer.h"
#include "support/tsm-test-redis.h"

G_BEGIN_DECLS

typedef struct _Scene Scene;

typedef void (*SceneFunc) (Scene *scene);

/**
 * SceneRow:
 * @code: the verdict that is expected
 * @name: (nullable): tells rows of one code apart
 * @rung: on which
 * @state: of that rung
 * @remedy: a part of the remedy
 * @set_up: makes the servers, the engine, and one monitor or more
 * @disturb: (nullable): called each half second from when the first monitor has heard from its server
 * @argument: what @set_up shall make of it
 * @hold: seconds for which the verdict must stay, once it was found
 */
typedef struct
{
  const char   *code;
  const char   *name;
  TsmRungId     rung;
  TsmRungState  state;
  const char   *remedy;
  SceneFunc     set_up;
  SceneFunc     disturb;
  const char   *argument;
  guint         hold;
} SceneRow;

#define SCENE_MAX_SERVERS  3
#define SCENE_MAX_MONITORS 3

/**
 * SceneMonitor:
 * @code: the verdict that is expected of it
 * @rung: on which
 * @named: monotonic µs when it was first said; 0: not yet
 * @state: of its rung then
 * @remedy: (nullable): of its rung then
 * @strayed: (nullable): what was said after that while it had to hold, or before it of a rung no further up
 */
typedef struct
{
  Scene        *scene;
  TsmMonitor   *monitor;
  const char   *code;
  int           rung;
  gint64        named;
  TsmRungState  state;
  char         *remedy;
  char         *strayed;
} SceneMonitor;

struct _Scene
{
  const SceneRow      *row;
  TsmTestCertificates *certificates; /* of all */

  TsmTestRedis        *servers[SCENE_MAX_SERVERS];
  TsmTestPeer         *peer;
  GPtrArray           *kept;         /* objects that last as long as the scene */
  GPtrArray           *engines;      /* TsmSimulator */
  char                *skipped;      /* (nullable): why it cannot be played here */

  SceneMonitor         monitors[SCENE_MAX_MONITORS];
  guint                n_monitors;
  guint                tick;
  guint                n_ticks;      /* disturbances */
};

extern const SceneRow scene_rows[];
extern const guint    scene_n_rows;

/* Whether the fault is one that the engine makes, and nothing else. */
gboolean      scene_row_is_of_engine (const SceneRow *row);

#define SCENE_LEAST \
  "+subscribe +psubscribe +publish +ping +info +hello +auth +client|setname +pubsub &tickstock:*"

Scene        *scene_new         (const SceneRow      *row,
                                 SceneFunc            set_up,
                                 TsmTestCertificates *certificates);
void          scene_free        (Scene               *self);

/* (transfer none): a server of this scene, which all that follows is about where it is the first */
TsmTestRedis *scene_add_server  (Scene               *self,
                                 TsmTestRedisFlags    flags,
                                 const char * const  *args);
/* The address of @server for a new user with these rights. */
char         *scene_dup_user    (TsmTestRedis        *server,
                                 const char          *name,
                                 const char          *rights);
/* One that says what the row expects; scene_expect() changes that of the last one. What it says is kept once it is
 * as expected, for many faults do not last. */
void          scene_add_monitor (Scene               *self,
                                 const char          *url);
void          scene_add_monitor_with (Scene          *self,
                                      TsmProfile     *profile);
void          scene_expect      (Scene               *self,
                                 const char          *code,
                                 int                  rung);
/* What it says now. */
const TsmVerdict *scene_monitor_get_verdict (const SceneMonitor *self);
/* Whether that is expected, in whatever state and with whatever remedy. */
gboolean      scene_monitor_is_right (const SceneMonitor *self);
/* Whether it has been said with the state and the remedy of the row, which may be later: when more is known. */
gboolean      scene_monitor_has_said_all (const SceneMonitor *self);
/* An engine that publishes five events a second and listens to commands. @fault: (nullable): of the simulator's */
void          scene_add_engine  (Scene               *self,
                                 const char          *url,
                                 const char          *channel,
                                 const char          *fault);

G_END_DECLS
