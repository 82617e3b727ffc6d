"""Comments in Markdown: gone wherever no reader sees them, and there wherever code shows one."""

from __future__ import annotations

from neco_weekly.grammar.comments import without_comments

CASES = {
    "in a line": ("a <!-- b --> c\n", 0, "a  c\n"),
    "on lines of its own": ("a\n\n<!-- b\n\nc -->\n\nd\n", 0, "a\n\n\nd\n"),
    "several on a line": ("a\n<!-- b --> <!-- c -->\nd\n", 0, "a\nd\n"),
    "without an end": ("a\n<!-- b\n\nc\n", 0, "a\n"),
    "empty": ("a<!-->b<!---->c\n", 0, "abc\n"),
    "in a fence": ("```html\n<!-- b -->\n```\n<!-- c -->\n", 1, "```html\n<!-- b -->\n```\n"),
    "in a fence of waves in a list": ("- ~~~\n  <!-- b -->\n  ~~~\n\n<!-- c -->", 1, "- ~~~\n  <!-- b -->\n  ~~~\n\n"),
    "in a fence of a quote": ("> ```\n> <!-- b -->\n> ```\n", 1, "> ```\n> <!-- b -->\n> ```\n"),
    "in an indented box": (
        "!!! note\n\n    ```\n    <!-- b -->\n    ```\n",
        1,
        "!!! note\n\n    ```\n    <!-- b -->\n    ```\n",
    ),
    "a longer fence": ("````\n```\n<!-- b -->\n````\n", 1, "````\n```\n<!-- b -->\n````\n"),
    "a fence that nothing closes": ("```\n<!-- b -->\n", 1, "```\n<!-- b -->\n"),
    "a fence in a comment": ("<!--\n```\n-->\n<!-- b -->\nc\n", 0, "c\n"),
    "code in a line": ("`<!-- b -->` <!-- c -->\n", 1, "`<!-- b -->` \n"),
    "code with more marks": ("`` `<!-- b --> ``<!-- c -->\n", 1, "`` `<!-- b --> ``\n"),
    "a mark that nothing closes": ("a ` b\n\n<!-- c -->`\n", 0, "a ` b\n\n`\n"),
    "a mark that is escaped": ("\\`<!-- b -->`\n", 0, "\\``\n"),
    "escaped": ("\\<!-- b -->\n", 1, "\\<!-- b -->\n"),
    "code that is not shown as such": ("    ```\n\na <!-- b -->\n", 0, "    ```\n\na \n"),
    "more than is shown": ("```\n<!-- b -->\n```\n\n    ```\n\n<!-- c -->\n", 1, "```\n```\n\n    ```\n\n"),
    "a definition that leads nowhere": ("a\n\n[//]: # (b)\n[note]: <> 'c'\n[x]: # \"d\"\ne\n", 0, "a\n\ne\n"),
    "a definition that leads somewhere": (
        "[a]: #b\n[c]: https://d.test/ (e)\n",
        0,
        "[a]: #b\n[c]: https://d.test/ (e)\n",
    ),
    "such a definition in code": ("```\n[//]: # (b)\n```\n", 0, "```\n[//]: # (b)\n```\n"),
    "no comment": ("a < !-- b -->\n", 0, "a < !-- b -->\n"),
}


def test_comments_are_gone_and_code_stays() -> None:
    found = {name: without_comments(text, shown=shown) for name, (text, shown, _) in CASES.items()}
    assert {name: it for name, it in found.items() if it != CASES[name][2]} == {}


def test_what_is_done_to_prose_is_not_done_to_code() -> None:
    text = "a `a` <!-- a -->\n```\na\n```\na\n"
    assert without_comments(text, shown=0, change=lambda it: it.replace("a", "b")) == "b `a` \n```\na\n```\nb\n"
