/* TsmFindings: what a check found on a rung: evidence, and what the {names} in its sentences stand for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-rung.h"

G_BEGIN_DECLS

typedef struct _TsmFindings TsmFindings;

TsmFindings *tsm_findings_new       (void);
void         tsm_findings_free      (TsmFindings *self);

/* The value of {@name}; it is copied. "subject" is what the button acts on. */
void         tsm_findings_set       (TsmFindings *self,
                                     const char  *name,
                                     const char  *value);
void         tsm_findings_set_count (TsmFindings *self,
                                     const char  *name,
                                     guint64      n);
void         tsm_findings_set_rate  (TsmFindings *self,
                                     const char  *name,
                                     double       per_second);
void         tsm_findings_set_age   (TsmFindings *self,
                                     const char  *name,
                                     gint64       age); /* µs */
const char  *tsm_findings_get       (TsmFindings *self,
                                     const char  *name); /* (nullable) */

/* A fault that only part of the traffic has: FAIL becomes WARN. */
void         tsm_findings_soften    (TsmFindings *self);
gboolean     tsm_findings_is_soft   (TsmFindings *self);

/* @command: (nullable): what was sent */
void         tsm_findings_add       (TsmFindings *self,
                                     const char  *command,
                                     const char  *format,
                                     ...) G_GNUC_PRINTF (3, 4);
GPtrArray   *tsm_findings_steal_evidence (TsmFindings *self); /* (transfer full) (element-type TsmEvidence) */
/* Takes from @self what @other found. */
void         tsm_findings_merge     (TsmFindings *self,
                                     TsmFindings *other);

/* (transfer full): @sentence with each {name} replaced; a name without a value is left out */
char        *tsm_findings_fill      (TsmFindings *self,
                                     const char  *sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmFindings, tsm_findings_free)

G_END_DECLS
