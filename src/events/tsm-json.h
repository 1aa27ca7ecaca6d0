/* A strict JSON text as a flat tape of tokens: scanned in one pass, without recursion and without an allocation a value.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why not json-glib's parser: it recurses (a few megabytes of `[` overflow the stack), it accepts what is not JSON
 * (comments, missing commas), it refuses the NaN and Infinity that Python emits, and it tells lines instead of bytes.
 * A scan in front of it would have to be this scanner; reading the tape then is cheaper than parsing a second time.
 *
 *   {"a":[1,"x"]}     index  kind    next  length
 *                       0    OBJECT   5      1      members
 *                       1    STRING   2      1      the key, bytes
 *                       2    ARRAY    5      2      elements
 *                       3    NUMBER   4      1      bytes
 *                       4    STRING   5      1      bytes
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TSM_JSON_DEPTH_LIMIT 512                /* what reads a tape may recurse this deep */
#define TSM_JSON_SIZE_LIMIT  (256 * 1024 * 1024) /* bytes: offsets have 32 bits */

typedef enum
{
  TSM_JSON_NULL,
  TSM_JSON_FALSE,
  TSM_JSON_TRUE,
  TSM_JSON_NUMBER,
  TSM_JSON_NON_FINITE, /* NaN, Infinity, -Infinity: not JSON, but Python writes them */
  TSM_JSON_STRING,
  TSM_JSON_ARRAY,
  TSM_JSON_OBJECT,
} TsmJsonKind;

/**
 * TsmJsonToken:
 * @start: offset in the scanned text; of a string, of its first character
 * @length: bytes of a string (escapes undone), a number or a word; elements of an array, members of an object
 * @next: index of the token that follows this value and all that is inside it
 */
typedef struct
{
  guint32 start;
  guint32 length;
  guint32 next;
  guint32 kind;
} TsmJsonToken;

/**
 * TsmJson:
 *
 * A tape and its text. Both are kept from one scan to the next, so that a decoder that reuses it allocates nothing.
 * @text: the scanned text, each string unescaped in place and NUL-terminated
 */
typedef struct
{
  char         *text;
  gsize         text_size;
  TsmJsonToken *tokens;
  guint         n_tokens;
  guint         n_allocated;
} TsmJson;

typedef enum
{
  TSM_JSON_OK,
  TSM_JSON_SYNTAX,
  TSM_JSON_TOO_DEEP,
  TSM_JSON_NOT_UTF8,
} TsmJsonStatus;

/**
 * TsmJsonError:
 * @offset: byte offset in the scanned text
 * @expected: (nullable): untranslated words on what should stand there
 */
typedef struct
{
  gsize       offset;
  const char *expected;
} TsmJsonError;

TsmJsonStatus       tsm_json_scan          (TsmJson            *self,
                                            const char         *text,
                                            gsize               length,
                                            guint               max_depth,
                                            TsmJsonError       *error);
void                tsm_json_clear         (TsmJson            *self);
void                tsm_json_trim          (TsmJson            *self);

const TsmJsonToken *tsm_json_member        (const TsmJson      *self,
                                            const TsmJsonToken *object,
                                            const char         *name);
double              tsm_json_double        (const TsmJson      *self,
                                            const TsmJsonToken *number);
char               *tsm_json_dup_text      (const TsmJson      *self,
                                            const TsmJsonToken *value,
                                            gsize               max_bytes);
char               *tsm_json_dup_path      (const TsmJson      *self,
                                            const TsmJsonToken *value);
JsonNode           *tsm_json_to_node       (const TsmJson      *self,
                                            const TsmJsonToken *value);

/* Text as it may be kept: at most @max_bytes, cut between characters. */
char               *tsm_text_dup_bounded   (const char         *text,
                                            gsize               length,
                                            gsize               max_bytes);
gsize               tsm_json_unescape      (char               *text,
                                            char              **end);
gsize               tsm_json_escaped_offset (const char        *escaped,
                                            gsize               offset);

static inline const char *
tsm_json_string (const TsmJson      *self,
                 const TsmJsonToken *token)
{
  return self->text + token->start;
}

static inline gboolean
tsm_json_is (const TsmJsonToken *token,
             TsmJsonKind         kind)
{
  return token != NULL && token->kind == kind;
}

/* Walks the members of an object or the elements of an array, which have no key. */
typedef struct
{
  const TsmJson      *json;
  guint32             at;
  guint32             end;
  gboolean            keyed;
  const TsmJsonToken *key;
  const TsmJsonToken *value;
} TsmJsonIter;

static inline void
tsm_json_iter_init (TsmJsonIter        *iter,
                    const TsmJson      *json,
                    const TsmJsonToken *container)
{
  iter->json = json;
  iter->at = (guint32) (container - json->tokens) + 1;
  iter->end = container->next;
  iter->keyed = container->kind == TSM_JSON_OBJECT;
  iter->key = NULL;
  iter->value = NULL;
}

static inline gboolean
tsm_json_iter_next (TsmJsonIter *iter)
{
  if (iter->at >= iter->end)
    return FALSE;

  if (iter->keyed)
    iter->key = &iter->json->tokens[iter->at++];
  iter->value = &iter->json->tokens[iter->at];
  iter->at = iter->value->next;
  return TRUE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmJson, tsm_json_clear)

G_END_DECLS
