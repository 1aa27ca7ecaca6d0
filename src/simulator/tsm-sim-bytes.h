/* An event as a publisher that gets it wrong would send it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @text is an event as the simulator writes it: one line of compact JSON, its type first. All are (transfer full). */
GBytes *tsm_sim_bytes_python      (const char *text); /* what str() makes of it */
GBytes *tsm_sim_bytes_twice       (const char *text); /* JSON in a JSON string */
GBytes *tsm_sim_bytes_gzip        (const char *text);
GBytes *tsm_sim_bytes_pickle      (const char *text); /* what pickle.dumps() makes of it; Python can load it */
GBytes *tsm_sim_bytes_other_key   (const char *text); /* its type under a key that nobody looks for */
GBytes *tsm_sim_bytes_words       (const char *text); /* its numbers as texts for people */

G_END_DECLS
