"""Mending issues: what `neco check --fix` writes otherwise, so that readers see the same.

- `mends`      all mends of a text: where, what instead, under which code
- `open_text`  the text with everything hidden that no mend may touch
- `embedly_cards`  Embedly's HTML as `@[card](…)`
- `proof`      whether a page shows the same before and after
- `mend_problems`  mends as problems
- `mended_files`  an issue's bytes with mends in them, and as a unified diff
"""
