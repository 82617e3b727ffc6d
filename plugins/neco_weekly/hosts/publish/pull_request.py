"""The pull request with a refreshed lock: what it says, and how its build went."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from ...display.github_text import without_effects
from .github import GitHub
from .programs import PublishError

BUILD = "build"
"""The build's name on GitHub: a job of site.yml, and the status of commits for which that job does not run."""

STATES = {"success": "The site builds with this lock", "failure": "The site does not build with this lock"}
"""The results of a build that GitHub takes as a status, with their descriptions."""

LONGEST = 60_000
"""The most characters of a report; GitHub refuses a pull request's text of more than 65,536."""


def open_or_update(github: GitHub, *, branch: str, base: str, report: str) -> str:
    """Give a branch an open pull request with this report, and return a sentence on what was done, with its address.

    Raises:
        PublishError: GitHub refused; the branch is there all the same.
    """
    text = {"title": title(report), "body": body(report, branch)}
    # The owner belongs to the question: a stranger's fork may have a branch of the same name.
    question = urlencode({"state": "open", "head": f"{github.owner}:{branch}", "base": base})
    found = github.get(f"pulls?{question}")
    if found:
        number = found[0]["number"]
        return f"Updated {github.send('PATCH', f'pulls/{number}', text)['html_url']}"
    try:
        return f"Opened {github.send('POST', 'pulls', {**text, 'head': branch, 'base': base})['html_url']}"
    except PublishError as error:
        raise PublishError(
            f"the refreshed lock is in the branch {branch}, but its pull request could not be opened: {error}; "
            "whether Actions may is said under Settings, Actions, General, Workflow permissions"
        ) from error


def give_status(github: GitHub, commit: str, built: str) -> None:
    """Give a commit a status saying how its build went: no workflow runs by itself for what a workflow pushes.

    See https://docs.github.com/actions/concepts/security/github_token.

    Raises:
        PublishError: GitHub refused.
    """
    status = {"state": built, "context": BUILD, "description": STATES[built]}
    github.send("POST", f"statuses/{commit}", {**status, "target_url": github.run_url} if github.run_url else status)


def title(report: str) -> str:
    """Return the title of the pull request: the first change and how many more there are."""
    section = report.partition("## Changes")[2].partition("\n## ")[0]
    changes = [line.removeprefix("- ") for line in section.splitlines() if line.startswith("- ")]
    if not changes:
        return "Refresh the lock"
    changes = [re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line) for line in changes]  # a title is no Markdown
    first = changes[0] if len(changes[0]) <= 80 else f"{changes[0][:79].rstrip()}…"
    return f"Refresh: {first}" + (f" (and {len(changes) - 1} more)" if len(changes) > 1 else "")


def body(report: str, branch: str) -> str:
    """Return the text of the pull request: the report, without effects on others, and a word on how to go on."""
    if len(report) > LONGEST:
        whole_lines = report[:LONGEST].rpartition("\n")[0]
        report = f"{whole_lines}\n\nThe rest is in the summary of the workflow's run.\n"
    return (
        f"{without_effects(report)}\n---\n"
        f"Merge this to publish the new state. The branch `{branch}` is written anew at every refresh; "
        "commits that people add to it stop that until it is merged or deleted.\n"
    )
