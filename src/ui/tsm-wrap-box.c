/* TsmWrapBox: children side by side, in as many lines as it takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-wrap-box.h"

#include "widgets/tsm-children.h"

struct _TsmWrapBox
{
  GtkWidget parent_instance;
  int       spacing;
};

G_DEFINE_FINAL_TYPE (TsmWrapBox, tsm_wrap_box, GTK_TYPE_WIDGET)

/* The children from @first on that share a line of @width. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end; /* the first of the next line, or NULL */
  int        height;
} Line;

static int
get_width (GtkWidget *child,
           int        available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return CLAMP (natural, minimum, MAX (minimum, available));
}

static int
get_height (GtkWidget *child,
            int        width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* At least one child, however wide. */
static void
fill_line (TsmWrapBox *self,
           Line          *line,
           int            width)
{
  int used = 0;

  line->height = 0;
  for (line->end = line->first; line->end != NULL; line->end = gtk_widget_get_next_sibling (line->end))
    {
      int wanted;

      if (!gtk_widget_should_layout (line->end))
        continue;
      wanted = get_width (line->end, width);
      if (used > 0 && used + self->spacing + wanted > width)
        break;
      used += (used > 0 ? self->spacing : 0) + wanted;
      line->height = MAX (line->height, get_height (line->end, wanted));
    }
}

static void
measure_width (TsmWrapBox *self,
               int        *minimum,
               int        *natural)
{
  GtkWidget *child;

  *minimum = *natural = 0;
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least, wished;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wished, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += (*natural > 0 ? self->spacing : 0) + wished;
    }
}

static void
tsm_wrap_box_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  TsmWrapBox *self = TSM_WRAP_BOX (widget);
  Line line = { gtk_widget_get_first_child (widget), NULL, 0 };
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, minimum, natural);
      return;
    }

  for (; line.first != NULL; line.first = line.end)
    {
      fill_line (self, &line, for_size < 0 ? G_MAXINT / 2 : for_size);
      if (line.height > 0)
        height += (height > 0 ? self->spacing : 0) + line.height;
    }
  *minimum = *natural = height;
}

static void
place_line (TsmWrapBox *self,
            const Line    *line,
            int            y,
            int            width,
            gboolean       mirrored)
{
  int x = 0;

  for (GtkWidget *child = line->first; child != line->end; child = gtk_widget_get_next_sibling (child))
    {
      int wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      wanted = get_width (child, width);
      gtk_widget_size_allocate (child, &(GtkAllocation) { mirrored ? width - x - wanted : x, y, wanted, line->height }, -1);
      x += wanted + self->spacing;
    }
}

static void
tsm_wrap_box_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  TsmWrapBox *self = TSM_WRAP_BOX (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Line line = { gtk_widget_get_first_child (widget), NULL, 0 };
  int y = 0;

  for (; line.first != NULL; line.first = line.end)
    {
      fill_line (self, &line, width);
      place_line (self, &line, y, width, mirrored);
      if (line.height > 0)
        y += line.height + self->spacing;
    }
}

static GtkSizeRequestMode
tsm_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tsm_wrap_box_dispose (GObject *object)
{
  tsm_children_unparent (GTK_WIDGET (object));

  G_OBJECT_CLASS (tsm_wrap_box_parent_class)->dispose (object);
}

static void
tsm_wrap_box_class_init (TsmWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_wrap_box_dispose;
  widget_class->measure = tsm_wrap_box_measure;
  widget_class->size_allocate = tsm_wrap_box_size_allocate;
  widget_class->get_request_mode = tsm_wrap_box_get_request_mode;
}

static void
tsm_wrap_box_init (TsmWrapBox *self)
{
}

/**
 * tsm_wrap_box_new:
 * @spacing: px between children and between lines
 *
 * Returns: (transfer floating): an empty container
 */
GtkWidget *
tsm_wrap_box_new (int spacing)
{
  TsmWrapBox *self = g_object_new (TSM_TYPE_WRAP_BOX, NULL);

  self->spacing = spacing;
  return GTK_WIDGET (self);
}

void
tsm_wrap_box_append (TsmWrapBox *self,
                     GtkWidget  *child)
{
  g_return_if_fail (TSM_IS_WRAP_BOX (self) && GTK_IS_WIDGET (child));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}
