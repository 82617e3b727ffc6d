"""The structure of a page of the grammar `github`: its blocks, read by markdown-it-py, as Python-Markdown's tree.

CommonMark (https://spec.commonmark.org/0.31.2/) with GitHub's additions and Zenn's boxes. What stands inside a line is
left to Python-Markdown's inline patterns, and so is all that runs over the finished tree.

- `read_structure` the way in: in place of Python-Markdown's block parser, on pages of this grammar
- `rules`      the rules of blocks: one table, and the bounds of nesting
- `first_signs` which rules a line's first sign needs
- `boxes`      rules of boxes: `:::message`, `:::details`, `:::correction`, `!!!`, `???`, `=== "Tab"`, formulas
- `markdown_html`  a rule for HTML with the attribute `markdown`
- `definitions`  a rule for definition lists
- `foreign`    a rule that serves the block processors of other extensions
- `tree`       tokens as elements
- `fences`     code, with its file name and its changes
- `footnotes`  footnotes, numbered in the order of reading
- `raw_html`   the HTML that writers write, as elements
- `snippets`   where the lines of snippets come from
- `shown`      what hosts' preprocessors are shown of the page
"""

from .footnotes import FootnotesInOrder
from .read_structure import KeepTabs, ReadStructure

__all__ = ["FootnotesInOrder", "KeepTabs", "ReadStructure"]
