"""The files of a new site, by their paths: the texts of `templates/` with the names of this site."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from importlib.resources import files as package_files
from pathlib import PurePosixPath

from ... import __version__

CONFIG, IGNORED, REQUIRED, OVERRIDES = "mkdocs.yml", ".gitignore", "requirements.txt", "overrides.yml"
"""Names of files: MkDocs' settings, what git ignores, what workflows install, and what people know of KEPs."""

TEMPLATE = "_templates/issue.md"
"""The pattern of an issue, below the docs folder; the plugin keeps it out of the site."""

_GITHUB = {
    ".github/actions/neco/action.yml": "github/action.yml",
    ".github/dependabot.yml": "github/dependabot.yml",
    ".github/workflows/pull-request.yml": "github/workflows/pull-request.yml",
    ".github/workflows/refresh.yml": "github/workflows/refresh.yml",
    ".github/workflows/site.yml": "github/workflows/site.yml",
    REQUIRED: "github/requirements.txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a site's files lie, relative to the folder of `mkdocs.yml`; `issues` lies below `docs`."""

    docs: str = "docs"
    metadata: str = "docs/_metadata"
    issues: str = "issues"

    def issue(self, day: dt.date) -> str:
        """The path of the issue of a day."""
        return f"{self.docs}/{self.issues}/{day:%Y/%m/%Y-%m-%d}.md"


def new_files(place: Place, *, name: str, locale: str, day: dt.date, github: bool) -> dict[str, str]:
    """Return the texts of a new site by their paths; `mkdocs.yml`, by which a site is known, comes last.

    `name` is what readers see, `locale` is `ja` or `en`, `day` that of the first issue; with `github` the workflows.
    """
    first = place.issue(day)
    named = {
        f"{place.metadata}/{OVERRIDES}": f"{locale}/overrides.yml",
        f"{place.docs}/{TEMPLATE}": f"{locale}/issue.md",
        first: f"{locale}/first.md",
        IGNORED: "gitignore",
        **({f"{place.metadata}/.gitattributes": "github/gitattributes", **_GITHUB} if github else {}),
        CONFIG: f"{locale}/mkdocs.yml",
    }
    words = {"@SITE_NAME@": json.dumps(name, ensure_ascii=False), "@PATH@": first, "@VERSION@": __version__}
    texts = {path: _filled(template, words) for path, template in named.items()}
    for path in _GITHUB.keys() & texts.keys():  # the workflows watch the folder of the texts
        texts[path] = texts[path].replace(f"{Place().docs}/**", f"{place.docs}/**")
    return texts


def _filled(template: str, words: dict[str, str]) -> str:
    text = package_files(__package__).joinpath("templates", PurePosixPath(template)).read_text(encoding="utf-8")
    return re.sub("|".join(words), lambda sign: words[sign[0]], text)  # in one go: a name may look like a sign
