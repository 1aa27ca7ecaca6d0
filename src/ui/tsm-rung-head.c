/* TsmRungHead: lays out one rung by the width it is given.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-rung-head.h"

#include "ui/tsm-card.h"
#include "ui/tsm-strip-rung.h"
#include "widgets/tsm-step-icon.h"

#define GAP          12  /* px */
#define WIDE         560 /* px from which all stands in one line */
#define WIDE_TITLES  6   /* and so many widths of the titles: large text and long words need more */
#define CLOSED_LINES 2   /* of the cause */

struct _TsmRungHead
{
  GtkWidget  parent_instance;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *cause;
  GtkWidget *summary;
  GtkWidget *state;
  GtkWidget *arrow;
};

G_DEFINE_FINAL_TYPE (TsmRungHead, tsm_rung_head, GTK_TYPE_WIDGET)

/* Where everything stands: of each child its begin, counted from the side where a line of text begins, and its width. */
typedef struct
{
  int icon;
  int title[2];
  int cause[2];
  int summary[2];
  int state[2];
  int arrow[2];
  gboolean is_wide;
} Columns;

static int
natural_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
height_at (GtkWidget *widget,
           int        width)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* From both ends towards the middle, where the cause has what is left, or else the number. */
static void
plan (TsmRungHead *self,
      int          width,
      Columns     *columns)
{
  int begin, end, wanted;

  columns->is_wide = width >= MAX (WIDE, WIDE_TITLES * natural_width (self->title));
  columns->icon = natural_width (self->icon);
  columns->title[0] = columns->icon + GAP;
  columns->arrow[1] = natural_width (self->arrow);
  columns->arrow[0] = width - columns->arrow[1];
  columns->state[1] = natural_width (self->state);
  columns->state[0] = columns->arrow[0] - GAP - columns->state[1];
  columns->title[1] = MAX (MIN (natural_width (self->title), columns->state[0] - GAP - columns->title[0]), 0);

  begin = columns->title[0] + columns->title[1] + GAP;
  end = columns->state[0] - GAP;
  wanted = natural_width (self->summary);
  /* Beside the title it is whole or not there: the cause below says as much. */
  columns->summary[1] = columns->is_wide ? MIN (wanted, (end - begin) * 2 / 5) : wanted <= end - begin ? wanted : 0;
  columns->summary[0] = end - columns->summary[1];

  columns->cause[0] = columns->is_wide ? begin : columns->title[0];
  columns->cause[1] = columns->is_wide ? columns->summary[0] - GAP - begin : width - columns->title[0];
}

static int
line_height (TsmRungHead   *self,
             const Columns *columns)
{
  int height = MAX (height_at (self->icon, -1), height_at (self->title, columns->title[1]));

  height = MAX (height, height_at (self->state, columns->state[1]));
  return MAX (height, height_at (self->arrow, columns->arrow[1]));
}

static void
tsm_rung_head_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  TsmRungHead *self = TSM_RUNG_HEAD (widget);
  Columns columns;
  int line, cause;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = natural_width (self->icon) + natural_width (self->state) + natural_width (self->arrow) + 4 * GAP;
      *natural = MAX (WIDE, *minimum);
      return;
    }

  plan (self, for_size < 0 ? WIDE : for_size, &columns);
  line = line_height (self, &columns);
  cause = gtk_widget_get_visible (self->cause) ? height_at (self->cause, MAX (columns.cause[1], 1)) : 0;
  *minimum = *natural = columns.is_wide ? MAX (line, cause) : line + cause;
}

static void
place (TsmRungHead *self,
       GtkWidget   *child,
       int          x,
       int          y,
       int          width,
       int          height)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int whole = gtk_widget_get_width (GTK_WIDGET (self));

  gtk_widget_set_child_visible (child, width > 0);
  if (width > 0 && gtk_widget_should_layout (child))
    gtk_widget_size_allocate (child, &(GtkAllocation) { mirrored ? whole - x - width : x, y, width, height }, -1);
}

/* What is beside a cause of several lines stands at its first. */
static void
tsm_rung_head_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  TsmRungHead *self = TSM_RUNG_HEAD (widget);
  Columns columns;
  int line;

  plan (self, width, &columns);
  line = line_height (self, &columns);
  place (self, self->icon, 0, 0, columns.icon, line);
  place (self, self->title, columns.title[0], 0, columns.title[1], line);
  place (self, self->summary, columns.summary[0], 0, columns.summary[1], line);
  place (self, self->state, columns.state[0], 0, columns.state[1], line);
  place (self, self->arrow, columns.arrow[0], 0, columns.arrow[1], line);
  place (self, self->cause, columns.cause[0], columns.is_wide ? 0 : line, columns.cause[1],
         columns.is_wide ? height : height - line);
}

static GtkSizeRequestMode
tsm_rung_head_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tsm_rung_head_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tsm_rung_head_parent_class)->dispose (object);
}

static void
tsm_rung_head_class_init (TsmRungHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_rung_head_dispose;
  widget_class->measure = tsm_rung_head_measure;
  widget_class->size_allocate = tsm_rung_head_size_allocate;
  widget_class->get_request_mode = tsm_rung_head_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "runghead");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static GtkWidget *
add_label (TsmRungHead *self,
           const char  *style_class,
           float        xalign)
{
  GtkWidget *label = gtk_label_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* Names of channels and hosts are among the words: a hyphen in one must be its own. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

/* In characters: with room for each, the number beside it stands still when the state changes. GTK reckons with wide ones. */
static int
get_longest_state (void)
{
  const TsmRungState states[] = { TSM_RUNG_PASS, TSM_RUNG_WARN, TSM_RUNG_FAIL, TSM_RUNG_UNKNOWN, TSM_RUNG_SKIPPED };
  glong longest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    longest = MAX (longest, g_utf8_strlen (tsm_rung_state_get_label (states[i]), -1));
  return (int) longest - 1;
}

static void
tsm_rung_head_init (TsmRungHead *self)
{
  self->icon = tsm_step_icon_new ();
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->title = add_label (self, "rung-title", 0);
  self->cause = add_label (self, "rung-cause", 0);
  gtk_widget_set_valign (self->cause, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (self->cause), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->cause), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->cause), CLOSED_LINES);
  self->summary = add_label (self, "rung-summary", 1);
  gtk_widget_add_css_class (self->summary, "numeric");
  self->state = add_label (self, "rung-state", 1);
  gtk_label_set_width_chars (GTK_LABEL (self->state), get_longest_state ());
  self->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  gtk_widget_add_css_class (self->arrow, "rung-arrow");
  gtk_widget_set_parent (self->arrow, GTK_WIDGET (self));
}

/**
 * tsm_rung_head_new:
 * @id: the rung that it is of
 * @columns: (array fixed-size=2) (nullable): groups for the titles and for the states
 *
 * Returns: (transfer floating): a head that says nothing of its rung yet
 */
GtkWidget *
tsm_rung_head_new (TsmRungId      id,
                   GtkSizeGroup **columns)
{
  TsmRungHead *self = g_object_new (TSM_TYPE_RUNG_HEAD, NULL);

  gtk_label_set_text (GTK_LABEL (self->title), tsm_rung_id_get_title (id));
  if (columns != NULL)
    {
      gtk_size_group_add_widget (columns[0], self->title);
      gtk_size_group_add_widget (columns[1], self->state);
    }
  return GTK_WIDGET (self);
}

/**
 * tsm_rung_head_show:
 * @self: a head
 * @rung: what it shows
 */
void
tsm_rung_head_show (TsmRungHead   *self,
                    const TsmRung *rung)
{
  const char *state;
  gboolean says_more;

  g_return_if_fail (TSM_IS_RUNG_HEAD (self) && rung != NULL);

  state = tsm_rung_state_get_label (rung->state);
  tsm_step_icon_set_state (TSM_STEP_ICON (self->icon), tsm_rung_state_get_step (rung->state));
  tsm_label_set (self->cause, rung->cause);
  gtk_widget_set_visible (self->cause, rung->cause != NULL && *rung->cause != '\0');
  tsm_label_set (self->state, state);
  /* "Not used" twice in one line is once too many. */
  says_more = rung->state != TSM_RUNG_SKIPPED && g_strcmp0 (rung->summary, state) != 0;
  tsm_label_set (self->summary, says_more ? rung->summary : NULL);
}

/**
 * tsm_rung_head_set_open:
 * @self: a head
 * @open: whether what belongs to it is shown below
 */
void
tsm_rung_head_set_open (TsmRungHead *self,
                        gboolean     open)
{
  g_return_if_fail (TSM_IS_RUNG_HEAD (self));

  gtk_label_set_lines (GTK_LABEL (self->cause), open ? -1 : CLOSED_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (self->cause), open ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), open ? "pan-up-symbolic" : "pan-down-symbolic");
}
