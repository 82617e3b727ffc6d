"""The team's own pattern of an issue, `docs/_templates/issue.md`: Markdown with names in `{{ … }}` for what differs.

`{{ title }}`, `{{ date }}` (a `datetime.date`: `{{ date.year }}`), `{{ number }}`, `{{ digest }}` and `{{ draft }}`. It
is a template of Jinja (https://jinja.palletsprojects.com/en/stable/templates/), drawn in its sandbox.
"""

from __future__ import annotations

import datetime as dt
import traceback
from dataclasses import dataclass
from functools import cached_property

import jinja2
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

from ...grammar.issue_dates import issue_date
from ...model.errors import NecoError
from .next_issue import NextIssue
from .past_issue import PastIssue

NAMES = ("title", "date", "number", "digest", "draft")
"""What a pattern may name."""

_ENVIRONMENT = SandboxedEnvironment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)


@dataclass(frozen=True, kw_only=True)
class IssueTemplate:
    """A pattern of an issue: its text, and `path`, the file that an error names."""

    text: str
    path: str

    @cached_property
    def names(self) -> frozenset[str]:
        """What the pattern names in braces.

        Raises:
            NecoError: it is no template of Jinja.
        """
        try:
            return frozenset(find_undeclared_variables(_ENVIRONMENT.parse(self.text)))
        except jinja2.TemplateSyntaxError as error:
            raise self._error(error.lineno, error.message or "it cannot be read") from error

    def filled(self, *, title: str, date: dt.date, number: int | None, digest: str = "", draft: str = "") -> str:
        """Return the text of an issue; digest and draft stand at the end where the pattern does not name them.

        Raises:
            NecoError: it is no template of Jinja, or names what nobody knows.
        """
        values = {"title": title, "date": date, "number": number, "digest": digest, "draft": draft}
        named = self.names
        ends = [text for name, text in (("draft", draft), ("digest", digest)) if text and name not in named]
        try:
            drawn = _ENVIRONMENT.from_string(self.text).render(values)
        except Exception as error:  # a template may divide by zero, or call whatever a day can do
            raise self._error(_line_of(error), str(error)) from error
        return "\n\n".join(it.strip("\n") for it in (drawn, *ends) if it.strip()) + "\n"

    def _error(self, line: int, what: str) -> NecoError:
        known = ", ".join(f"{{{{ {name} }}}}" for name in NAMES)
        return NecoError(f"{self.path}:{line}: {what.rstrip('.')}; correct it: a pattern of issues has {known}")


def _line_of(error: Exception) -> int:
    """Return the line of a pattern at which drawing it failed: Jinja puts it into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [it.lineno for it in frames if it.filename == "<template>" and it.lineno]
    return lines[-1] if lines else 1


def issue_text(
    template: IssueTemplate, issue: NextIssue, *, named: bool = False, digest: str = "", draft: str = ""
) -> str:
    """Return the text of the next issue after a pattern, whose front matter and title count where it has any.

    `named`: a person gave the title, which then has to be in the text.

    Raises:
        NecoError: the pattern cannot be drawn, has a title for all issues though one was named, or has front matter
            without the issue's day where the file's name does not tell it.
    """
    text = template.filled(title=issue.title, date=issue.date, number=issue.number, digest=digest, draft=draft)
    found = PastIssue.of(issue.path, text)
    if named and found.title and "title" not in template.names:
        raise NecoError(f"{template.path}: has a title of its own; write {{{{ title }}}} there, or leave out --title")
    own = found.front_matter.entries
    if own and issue_date(found.parts.meta, issue.path, found.title) != issue.date:
        raise NecoError(f"{template.path}: its front matter has another day; write `date: {{{{ date }}}}` there")
    lines = text.split("\n")
    front = "\n".join(lines[: found.parts.body_line - 1]) + "\n" if own else issue.front_matter.text()
    body = "\n".join(lines[found.parts.body_line - 1 :]) if own else text
    if not found.title and (own or issue.has_heading):
        body = f"# {issue.title}\n\n{body.lstrip(chr(10))}".rstrip("\n") + "\n"
    return front + body
