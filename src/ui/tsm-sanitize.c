/* Linked into programs that look for their leaks: what libraries allocate while they are loaded is not looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window comes to more than 2048 interned strings, at which GLib replaces its table of them and leaves the old one behind,
 * on purpose: whoever reads it takes no lock. It was allocated before main(), by whom only the slow way up the stack tells.
 */

#include <sanitizer/lsan_interface.h>

static void
begin_loading (void)
{
  __lsan_disable ();
}

/* Before the constructors of all libraries. */
__attribute__ ((section (".preinit_array"), used)) static void (*const begin) (void) = begin_loading;

/* After them. */
__attribute__ ((constructor)) static void
end_loading (void)
{
  __lsan_enable ();
}
