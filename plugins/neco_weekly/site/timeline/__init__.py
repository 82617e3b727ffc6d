"""The timeline: a KEP's life over Kubernetes releases, as values to draw: where each mark stands and what it says.

- `values`  the drawing: spans, lanes, marks, labels
- `life`    what is to be drawn, and what became of its milestones
- `scale`   where days and releases stand
- `layout`  a life on a scale -> the drawing

Across, releases stand at equal distances and days between them, in percent of the drawing's width: one drawing serves a
phone, a desk and paper. Down, and for the width of words, the unit is the drawing's own font size (em). What has no
room on a narrow drawing carries in `shows` the least width, in em, from which it is shown.
"""

from .layout import timeline
from .life import outcome
from .values import NARROWEST, WIDTHS, IssueMark, Label, Outcome, Span, Timeline

__all__ = ["NARROWEST", "WIDTHS", "IssueMark", "Label", "Outcome", "Span", "Timeline", "outcome", "timeline"]
