"""The timeline: a KEP's life over Kubernetes releases, as values to draw: where each mark stands and what it says.

- `values`  the drawing: spans, lanes, marks, labels
- `life`    what is to be drawn: what shipped, and what was planned
- `scale`   where days and releases stand
- `band`    what shipped, from one day until another
- `lanes`   what was planned for each stage, and what became of it
- `layout`  a life on a scale -> the drawing

What shipped is never told as what was planned, nor the other way round: the band and filled marks are releases that
came, and whatever names a release that is not out has a dashed form and a word of its own.

Labels stand in a column of their own, left of the drawing. Right of it releases stand at equal distances and days
between them, in percent of the width there: one drawing serves a phone, a desk and paper. Down, and for the width of
words, the unit is the drawing's own font size (em). What has no room on a narrow drawing carries in `shows` the least
width, in em, from which it is shown.
"""

from .layout import timeline
from .values import (
    COLUMN,
    NARROWEST,
    WIDTHS,
    ExceptionMark,
    IssueMark,
    Label,
    Lane,
    Outcome,
    Plan,
    PlanState,
    Span,
    Timeline,
    plot,
)

__all__ = [
    "COLUMN",
    "NARROWEST",
    "WIDTHS",
    "ExceptionMark",
    "IssueMark",
    "Label",
    "Lane",
    "Outcome",
    "Plan",
    "PlanState",
    "Span",
    "Timeline",
    "plot",
    "timeline",
]
