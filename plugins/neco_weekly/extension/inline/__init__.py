"""What stands inside a line: the inline patterns of our dialect, and what is made of their elements afterwards.

- `registered`   all of them, put into a Markdown instance
- `whole_text`   patterns that read a text once and as a whole
- `at_work`      which patterns are asked on a page
- `brackets`     links and pictures in a text, as CommonMark has them
- `link_patterns` links and pictures drawn
- `bare_urls`    bare URLs, Hatena's `[URL:title]`
- `marks`        `~~`, ends of lines, `:tada:`, escaped characters
- `dollars`      math between dollar signs
- `notes`        footnotes inside a line, `^[…]`
- `html_tags`    HTML inside a line
- `bounded`      the bounds of nesting
- `figures`      captions under pictures
- `hints`        what may have been meant otherwise
"""

from .registered import register_inline

__all__ = ["register_inline"]
