/* Reads our widgets through the accessibility bus, as a screen reader does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The test talks to itself over the bus, so every call waits in the main loop that also answers it. To be run by
 * with-display.sh --a11y.
 */

#include "widget-test.h"
#include "widgets/tsm-flow-strip.h"
#include "widgets/tsm-gauge.h"
#include "widgets/tsm-sparkline.h"

#define ACCESSIBLE "org.a11y.atspi.Accessible"
#define MAX_DEPTH  12

typedef struct
{
  GDBusConnection *bus;
  GtkWidget       *window;
  TsmGauge        *gauge;
  const char      *wanted; /* the name looked for */
  char            *role;   /* of what has that name */
} Fixture;

typedef struct
{
  GVariant *reply;
  gboolean  done;
} Call;

static void
call_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Call *call = user_data;

  call->reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  call->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Call *) data)->done;
}

/* Returns: (nullable): the reply; widgets may be gone by the time they are asked */
static GVariant *
call (Fixture    *fixture,
      const char *name,
      const char *path,
      const char *interface,
      const char *method,
      GVariant   *parameters)
{
  Call pending = { NULL, FALSE };

  g_dbus_connection_call (fixture->bus, name, path, interface, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, 5000, NULL, call_ready_cb, &pending);
  widget_test_wait (is_done, &pending);
  return pending.reply;
}

static char *
get_name (Fixture    *fixture,
          const char *name,
          const char *path)
{
  g_autoptr (GVariant) reply = call (fixture, name, path, "org.freedesktop.DBus.Properties", "Get",
                                     g_variant_new ("(ss)", ACCESSIBLE, "Name"));
  g_autoptr (GVariant) boxed = NULL;

  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(v)", &boxed);
  return g_variant_dup_string (boxed, NULL);
}

static char *
get_role (Fixture    *fixture,
          const char *name,
          const char *path)
{
  g_autoptr (GVariant) reply = call (fixture, name, path, ACCESSIBLE, "GetRoleName", NULL);
  char *role = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(s)", &role);
  return role;
}

static gboolean
find_below (Fixture    *fixture,
            const char *name,
            const char *path,
            guint       depth)
{
  g_autofree char *own = get_name (fixture, name, path);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariantIter) iter = NULL;
  const char *child_name, *child_path;

  if (g_strcmp0 (own, fixture->wanted) == 0)
    {
      g_free (fixture->role);
      fixture->role = get_role (fixture, name, path);
      return TRUE;
    }

  if (depth == MAX_DEPTH)
    return FALSE;
  reply = call (fixture, name, path, ACCESSIBLE, "GetChildren", NULL);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(a(so))", &iter);
  while (g_variant_iter_next (iter, "(&s&o)", &child_name, &child_path))
    if (find_below (fixture, child_name, child_path, depth + 1))
      return TRUE;
  return FALSE;
}

static gboolean
is_published (gpointer data)
{
  return find_below (data, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root", 0);
}

static void
assert_published (Fixture    *fixture,
                  const char *wanted,
                  const char *role)
{
  fixture->wanted = wanted;
  widget_test_wait (is_published, fixture);
  g_assert_cmpstr (fixture->role, ==, role);
}

static GDBusConnection *
connect_to_bus (void)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  const char *address;
  GDBusConnection *bus;

  g_assert_nonnull (session);
  reply = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                       NULL, G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, 10000, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(&s)", &address);
  bus = g_dbus_connection_new_for_address_sync (address,
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, &error);
  g_assert_no_error (error);
  return bus;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *strip = tsm_flow_strip_new ();
  GtkWidget *spark = tsm_sparkline_new ();

  fixture->bus = connect_to_bus ();
  fixture->gauge = TSM_GAUGE (tsm_gauge_new (TSM_GAUGE_ARC));
  tsm_gauge_set_label (fixture->gauge, "CPU");
  tsm_gauge_set_value (fixture->gauge, 37.4, "37.4", "%");
  tsm_flow_strip_add_step (TSM_FLOW_STRIP (strip), "Redis");
  tsm_flow_strip_set_step (TSM_FLOW_STRIP (strip), 0, TSM_STEP_PASS, "0.4 ms", NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spark), GTK_ACCESSIBLE_PROPERTY_LABEL, "CPU, last 15 minutes", -1);
  gtk_box_append (GTK_BOX (box), strip);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->gauge));
  gtk_box_append (GTK_BOX (box), spark);
  fixture->window = widget_test_show (box, 400, 400);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  g_object_unref (fixture->bus);
  g_free (fixture->role);
}

static void
test_gauge (Fixture       *fixture,
            gconstpointer  user_data)
{
  assert_published (fixture, "CPU 37.4 %", "meter");
}

static void
test_gauge_follows (Fixture       *fixture,
                    gconstpointer  user_data)
{
  assert_published (fixture, "CPU 37.4 %", "meter");
  tsm_gauge_set_value (fixture->gauge, 41, "41.0", "%");
  assert_published (fixture, "CPU 41.0 %", "meter");
}

static void
test_step (Fixture       *fixture,
           gconstpointer  user_data)
{
  fixture->wanted = "Redis: passing, 0.4 ms";
  widget_test_wait (is_published, fixture);
  /* "push button" was renamed to "button" in a later version of AT-SPI. */
  g_assert_true (g_str_has_suffix (fixture->role, "button"));
}

static void
test_sparkline (Fixture       *fixture,
                gconstpointer  user_data)
{
  assert_published (fixture, "CPU, last 15 minutes", "image");
}

#define ADD(path, test) g_test_add ("/atspi/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  ADD ("gauge", test_gauge);
  ADD ("gauge-follows", test_gauge_follows);
  ADD ("step", test_step);
  ADD ("sparkline", test_sparkline);
  return g_test_run ();
}
