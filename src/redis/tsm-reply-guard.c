/* Bounds for what hiredis parses: types, lengths, and how much one reply may take.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hiredis calls for a maker with each part of a reply. Ours look at it first; where they make nothing, hiredis ends the context as
 * if memory had run out, and the fault says why. What is announced but has not come yet, no maker hears of: that is looked for in
 * the buffer, after each packet.
 */

#include "redis/tsm-reply-guard.h"

#if HIREDIS_MAJOR >= 1
typedef gsize Count;
#else
typedef int Count;
#endif

static const redisReadTask *
get_task (const redisReader *reader)
{
#if HIREDIS_MAJOR >= 1
  return reader->task[reader->ridx];
#else
  return &reader->rstack[reader->ridx];
#endif
}

static gboolean
refuse (TsmReplyGuard *self,
        const char    *fault)
{
  self->fault = fault;
  return FALSE;
}

/* The bounds are of one reply: what was said before does not narrow them. */
static void
begin (TsmReplyGuard       *self,
       const redisReadTask *task)
{
  if (task->parent != NULL)
    return;

  self->n_bytes = 0;
  self->n_elements = 0;
}

/* The nil of RESP3 has a type of its own; that of RESP2 is a string or an array. */
static gboolean
is_resp2 (TsmReplyGuard       *self,
          const redisReadTask *task)
{
  if (task->type == REDIS_REPLY_NIL || task->type > REDIS_REPLY_ERROR)
    return refuse (self, "Protocol error, a type that was not asked for");

  return TRUE;
}

static gboolean
is_too_deep (const redisReadTask *task)
{
  guint depth = 1;

  for (; task->parent != NULL; task = task->parent)
    depth++;
  return depth > TSM_REPLY_GUARD_MAX_DEPTH;
}

static gboolean
may_be_string (TsmReplyGuard       *self,
               const redisReadTask *task,
               const char          *text,
               gsize                length)
{
  begin (self, task);
  if (length > TSM_REPLY_GUARD_MAX_BYTES - self->n_bytes)
    return refuse (self, "Protocol error, a reply of more than 128 MiB");

  /* hiredis skips two bytes, whatever they are. */
  if (task->type == REDIS_REPLY_STRING && (text[length] != '\r' || text[length + 1] != '\n'))
    return refuse (self, "Protocol error, a string longer than it was said to be");

  self->n_bytes += length;
  return is_resp2 (self, task);
}

static gboolean
may_be_array (TsmReplyGuard       *self,
              const redisReadTask *task,
              gsize                n_elements)
{
  begin (self, task);
  if (n_elements > TSM_REPLY_GUARD_MAX_ELEMENTS - self->n_elements)
    return refuse (self, "Protocol error, a reply of more than 1,048,576 elements");
  if (is_too_deep (task))
    return refuse (self, "Protocol error, more than 7 arrays in each other");

  self->n_elements += n_elements;
  return is_resp2 (self, task);
}

static void *
make_string (const redisReadTask *task,
             char                *text,
             size_t               length)
{
  TsmReplyGuard *self = task->privdata;

  return may_be_string (self, task, text, length) ? self->makers->createString (task, text, length) : NULL;
}

static void *
make_array (const redisReadTask *task,
            Count                n_elements)
{
  TsmReplyGuard *self = task->privdata;

  return may_be_array (self, task, (gsize) n_elements) ? self->makers->createArray (task, n_elements) : NULL;
}

static void *
make_integer (const redisReadTask *task,
              long long            value)
{
  TsmReplyGuard *self = task->privdata;

  return is_resp2 (self, task) ? self->makers->createInteger (task, value) : NULL;
}

static void *
make_nil (const redisReadTask *task)
{
  TsmReplyGuard *self = task->privdata;

  return is_resp2 (self, task) ? self->makers->createNil (task) : NULL;
}

#if HIREDIS_MAJOR >= 1
static void *
make_no_double (const redisReadTask *task,
                double               value,
                char                *text,
                size_t               length)
{
  is_resp2 (task->privdata, task);
  return NULL;
}

static void *
make_no_bool (const redisReadTask *task,
              int                  value)
{
  is_resp2 (task->privdata, task);
  return NULL;
}
#endif

/**
 * tsm_reply_guard_attach:
 * @self: a guard, all zero
 * @reader: a reader that has read nothing yet
 *
 * Looks at all that @reader parses from here on.
 */
void
tsm_reply_guard_attach (TsmReplyGuard *self,
                        redisReader   *reader)
{
  self->makers = reader->fn;
  self->funcs = (redisReplyObjectFunctions) {
    .createString = make_string,
    .createArray = make_array,
    .createInteger = make_integer,
    .createNil = make_nil,
#if HIREDIS_MAJOR >= 1
    .createDouble = make_no_double,
    .createBool = make_no_bool,
#endif
    .freeObject = reader->fn->freeObject,
  };
  reader->fn = &self->funcs;
  reader->privdata = self;
}

/**
 * tsm_reply_guard_may_go_on:
 * @self: a guard
 * @reader: its reader, which has parsed what it could of what has come
 *
 * Looks at what is left: the beginning of a line, or of a string whose length is known.
 *
 * Returns: %FALSE with the fault of @self set where no more of it may be read
 */
gboolean
tsm_reply_guard_may_go_on (TsmReplyGuard     *self,
                           const redisReader *reader)
{
  gsize n_left = reader->len - reader->pos;
  gint64 length = 0;

  if (self->fault != NULL)
    return FALSE;
  if (n_left == 0)
    return TRUE;

  begin (self, get_task (reader));
  if (get_task (reader)->type == REDIS_REPLY_STRING)
    length = MAX (g_ascii_strtoll (reader->buf + reader->pos, NULL, 10), 0);
  if (length > (gint64) (TSM_REPLY_GUARD_MAX_BYTES - self->n_bytes))
    return refuse (self, "Protocol error, a reply of more than 128 MiB");
  if (n_left > (gsize) length + TSM_REPLY_GUARD_MAX_LINE)
    return refuse (self, "Protocol error, a line of more than 64 KiB");

  return TRUE;
}
