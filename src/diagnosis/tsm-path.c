/* Which rung of the path an error of a link belongs to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-path.h"

#include "diagnosis/tsm-examination-private.h"

/* The rungs on which an error may stand: one that comes out later or earlier is moved there. */
static const struct
{
  TsmLinkError error;
  TsmRungId    first;
  TsmRungId    last;
} places[] = {
  { TSM_LINK_ERROR_HOST_UNKNOWN, TSM_RUNG_RESOLVE, TSM_RUNG_RESOLVE },
  { TSM_LINK_ERROR_NO_SENTINEL, TSM_RUNG_RESOLVE, TSM_RUNG_RESOLVE },
  { TSM_LINK_ERROR_NO_PRIMARY, TSM_RUNG_RESOLVE, TSM_RUNG_RESOLVE },
  { TSM_LINK_ERROR_REFUSED, TSM_RUNG_CONNECT, TSM_RUNG_CONNECT },
  { TSM_LINK_ERROR_TIMEOUT, TSM_RUNG_RESOLVE, TSM_RUNG_SERVER },
  { TSM_LINK_ERROR_TLS_REQUIRED, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_TLS_UNEXPECTED, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_TLS_UNTRUSTED, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_TLS_HOSTNAME, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_TLS_EXPIRED, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_TLS_NOT_YET_VALID, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_TLS_PIN, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_TLS_CLIENT, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_TLS_FILE, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_TLS, TSM_RUNG_TLS, TSM_RUNG_TLS },
  { TSM_LINK_ERROR_NOT_REDIS, TSM_RUNG_SERVER, TSM_RUNG_SERVER },
  { TSM_LINK_ERROR_LOST, TSM_RUNG_SERVER, TSM_RUNG_SERVER },
  { TSM_LINK_ERROR_CUT_OFF, TSM_RUNG_SERVER, TSM_RUNG_SERVER },
  { TSM_LINK_ERROR_SERVER, TSM_RUNG_SERVER, TSM_RUNG_SERVER },
  { TSM_LINK_ERROR_LOADING, TSM_RUNG_SERVER, TSM_RUNG_SERVER },
  { TSM_LINK_ERROR_MAX_CLIENTS, TSM_RUNG_SERVER, TSM_RUNG_SERVER },
  { TSM_LINK_ERROR_PROTECTED_MODE, TSM_RUNG_SERVER, TSM_RUNG_SERVER },
  { TSM_LINK_ERROR_AUTH_REQUIRED, TSM_RUNG_AUTHENTICATE, TSM_RUNG_AUTHENTICATE },
  { TSM_LINK_ERROR_AUTH_WRONG, TSM_RUNG_AUTHENTICATE, TSM_RUNG_AUTHENTICATE },
  { TSM_LINK_ERROR_NO_PERMISSION, TSM_RUNG_SUBSCRIBE, TSM_RUNG_SUBSCRIBE },
};

/* @rung: where it came out, -1 where that is not known. Returns: where it belongs, -1: nowhere on the path */
static int
place (const GError *error,
       int           rung)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_error_matches (error, TSM_LINK_ERROR, (int) places[i].error))
      {
        if (places[i].error == TSM_LINK_ERROR_TIMEOUT && rung < 0)
          return TSM_RUNG_CONNECT;
        return CLAMP (rung, (int) places[i].first, (int) places[i].last);
      }
  return -1;
}

static gboolean
is_used (TsmProfile *profile,
         TsmRungId   rung)
{
  switch (rung)
    {
    case TSM_RUNG_RESOLVE:
      return tsm_profile_get_socket_path (profile) == NULL;
    case TSM_RUNG_TLS:
      return tsm_profile_uses_tls (profile);
    default:
      return TRUE;
    }
}

/* Everything before @rung passes or is not used. */
static void
pass_until (TsmDiagnosisFacts *facts,
            TsmProfile        *profile,
            int                rung)
{
  for (int i = 0; i < rung && i < TSM_N_PATH_RUNGS; i++)
    {
      g_clear_error (&facts->path[i].error);
      facts->path[i].state = is_used (profile, i) ? TSM_RUNG_PASS : TSM_RUNG_SKIPPED;
    }
}

static void
fail_at (TsmDiagnosisFacts *facts,
         TsmProfile        *profile,
         int                rung,
         const GError      *error)
{
  GError *copy = g_error_copy (error); /* it may be that of a step which is cleared here */

  pass_until (facts, profile, rung);
  for (int i = rung; i < TSM_N_PATH_RUNGS; i++)
    {
      g_clear_error (&facts->path[i].error);
      facts->path[i].state = TSM_RUNG_UNKNOWN;
    }
  facts->path[rung].state = TSM_RUNG_FAIL;
  facts->path[rung].error = copy;
}

static int
find_failure (const TsmDiagnosisFacts *facts)
{
  for (int i = 0; i < TSM_N_PATH_RUNGS; i++)
    if (facts->path[i].state == TSM_RUNG_FAIL && facts->path[i].error != NULL)
      return i;
  return -1;
}

/* What the trial saw, its failure moved to where it belongs. */
static void
take_trial (TsmDiagnosisFacts *facts,
            TsmProfile        *profile)
{
  int failed;

  if (facts->examination == NULL)
    return;

  for (guint i = 0; i < TSM_N_PATH_RUNGS; i++)
    tsm_path_step_copy (&facts->examination->path[i], &facts->path[i]);

  failed = find_failure (facts);
  if (failed >= 0)
    {
      int rung = place (facts->path[failed].error, failed);

      if (rung >= 0 && rung != failed)
        fail_at (facts, profile, rung, facts->path[failed].error);
    }
}

/* How far a link has come in each state. */
static int
get_reached (TsmLinkState state)
{
  switch (state)
    {
    case TSM_LINK_CONNECTING:
      return TSM_RUNG_CONNECT;
    case TSM_LINK_SECURING:
      return TSM_RUNG_TLS;
    case TSM_LINK_AUTHENTICATING:
      return TSM_RUNG_SERVER;
    case TSM_LINK_SUBSCRIBING:
      return TSM_RUNG_SUBSCRIBE;
    case TSM_LINK_READY:
      return TSM_N_PATH_RUNGS;
    default:
      return TSM_RUNG_RESOLVE;
    }
}

static void
forget_from (TsmDiagnosisFacts *facts,
             int                rung)
{
  for (int i = rung; i < TSM_N_PATH_RUNGS; i++)
    {
      g_clear_error (&facts->path[i].error);
      facts->path[i].state = TSM_RUNG_UNKNOWN;
    }
}

/* Whether the trial failed in the same way as the live link: then it knows better where. */
static gboolean
has_same_failure (const TsmDiagnosisFacts *facts,
                  int                      failed)
{
  return failed >= 0 && facts->path[failed].error->code == facts->link.error->code;
}

/* A link that was ready and was lost is not broken before the next attempt fails. */
static gboolean
was_just_lost (const TsmLinkFacts *link)
{
  return link->first_ready != 0
         && (g_error_matches (link->error, TSM_LINK_ERROR, TSM_LINK_ERROR_LOST)
             || g_error_matches (link->error, TSM_LINK_ERROR, TSM_LINK_ERROR_CUT_OFF)
             || g_error_matches (link->error, TSM_LINK_ERROR, TSM_LINK_ERROR_HALF_OPEN));
}

/* Given up as dead, and the server is as mute now: nothing after the connection is known. */
static gboolean
is_still_dead (const TsmLinkFacts *link)
{
  return g_error_matches (link->last_loss, TSM_LINK_ERROR, TSM_LINK_ERROR_HALF_OPEN)
         && (g_error_matches (link->error, TSM_LINK_ERROR, TSM_LINK_ERROR_TIMEOUT)
             || g_error_matches (link->error, TSM_LINK_ERROR, TSM_LINK_ERROR_HALF_OPEN));
}

void
tsm_path_fill (TsmDiagnosisFacts *facts,
               TsmProfile        *profile)
{
  const TsmLinkFacts *link = &facts->link;
  int failed;

  take_trial (facts, profile);
  failed = find_failure (facts);

  if (link->subscriber == TSM_LINK_READY)
    pass_until (facts, profile, TSM_N_PATH_RUNGS);
  else if (link->error != NULL && is_still_dead (link))
    {
      pass_until (facts, profile, TSM_RUNG_SERVER);
      forget_from (facts, TSM_RUNG_SERVER);
    }
  else if (link->error == NULL || was_just_lost (link))
    {
      /* An attempt under way, or none: what a trial has found meanwhile is the newest. */
      if (failed < 0 || link->subscriber == TSM_LINK_IDLE)
        {
          int reached = get_reached (link->subscriber);

          pass_until (facts, profile, reached);
          forget_from (facts, reached);
        }
    }
  else if (!has_same_failure (facts, failed))
    {
      int rung = place (link->error, -1);

      if (rung >= 0)
        fail_at (facts, profile, rung, link->error);
      else
        forget_from (facts, 0);
    }
}

static TsmRungState
to_rung_state (TsmTrialState state)
{
  switch (state)
    {
    case TSM_TRIAL_PASS:
    case TSM_TRIAL_WARN:
      return TSM_RUNG_PASS;
    case TSM_TRIAL_FAIL:
      return TSM_RUNG_FAIL;
    case TSM_TRIAL_SKIPPED:
      return TSM_RUNG_SKIPPED;
    case TSM_TRIAL_PENDING:
    case TSM_TRIAL_RUNNING:
    default:
      return TSM_RUNG_UNKNOWN;
    }
}

/* The first six steps of a trial are the first six rungs. */
void
tsm_path_take (TsmExamination *examination,
               TsmTrial       *trial)
{
  for (guint i = 0; i < TSM_N_PATH_RUNGS; i++)
    {
      const TsmTrialResult *result = tsm_trial_get_result (trial, (TsmTrialStep) i);
      TsmPathStep *step = &examination->path[i];

      step->state = to_rung_state (result->state);
      step->duration = result->duration;
      step->words = g_strdup (result->words);
      step->error = result->error != NULL ? g_error_copy (result->error) : NULL;
    }
}
