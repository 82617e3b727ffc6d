"""The commands of `neco publish`. Exit status: 0 fine, 1 git or GitHub refused, 2 usage or configuration."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ...display.github_text import annotation
from ...lock.store import CARDS_FILE, KEPS_FILE, OTHERS_FILE, RELEASES_FILE, WATCHED_FILE
from ...model.errors import NecoError
from ...model.paths import FOLDER
from ..project import load_project
from .address import NOT_ON, find_address
from .branches import push_lock, push_refresh
from .change import Change, LockFiles
from .changed_pages import changed_pages
from .git import Git
from .github import GitHub
from .pack import FILES_FOLDER, read_pack, write_pack
from .pull_request import STATES, give_status, open_or_update

FROM_A_FORK = (
    "This pull request comes from a fork, where nothing can be committed for you. What was fetched is the artifact "
    f"`lock` of this run: put what is in its folder `{FILES_FOLDER}` into your branch (on GitHub: Add file, Upload "
    "files), or leave it: the site builds without, and the next scheduled refresh after the merge fetches it."
)
"""The notice for the author of a pull request from a fork."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place on GitHub at which a command works; a field is empty where nobody named it."""

    repository: str
    token: str
    api: str
    server: str

    def github(self) -> GitHub:
        """Return GitHub's API for the place.

        Raises:
            NecoError: repository or token is not named, or `gh` is not installed.
        """
        run = os.environ.get("GITHUB_RUN_ID")
        run_url = f"{self.server}/{self.repository}/actions/runs/{run}" if run else None
        return GitHub(repository=self.repository, token=self.token, api=self.api, run_url=run_url)

    def lock(self) -> LockFiles:
        """Return the lock of the site in the working folder.

        Raises:
            NecoError: there is no site, or its lock is not in a git repository.
        """
        project, top = load_project(), self._top()
        names = (KEPS_FILE, OTHERS_FILE, CARDS_FILE, WATCHED_FILE, RELEASES_FILE)
        texts_of_lock = (project.metadata / name for name in names)
        files = (*texts_of_lock, project.docs / FOLDER)
        try:
            *texts, pictures = [path.resolve().relative_to(top).as_posix() for path in files]
        except ValueError as error:
            raise NecoError(f"the lock is not in the git repository {top}; correct `metadata` in mkdocs.yml") from error
        git = Git(folder=top, server=self.server, token=self.token or None)
        return LockFiles(git=git, texts=texts, pictures=pictures)

    def docs(self) -> str:
        """Return the folder of the site's texts, relative to the top of the repository.

        Raises:
            NecoError: there is no site, or its texts are not in a git repository.
        """
        docs, top = load_project().docs.resolve(), self._top()
        if not docs.is_relative_to(top):
            raise NecoError(f"{docs} is not in the git repository {top}; correct `docs_dir` in mkdocs.yml")
        return docs.relative_to(top).as_posix()

    @staticmethod
    def _top() -> Path:
        return Path(Git(folder=Path.cwd()).text("rev-parse", "--show-toplevel"))


class _Annotated(click.Group):
    """A group of commands whose errors are annotations, too, where a workflow runs them."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NecoError as error:
            if os.environ.get("GITHUB_ACTIONS") == "true":
                click.echo(annotation("error", str(error), title="Not published"))
            raise


@click.group(cls=_Annotated)
@click.option("--repository", envvar="GITHUB_REPOSITORY", show_envvar=True, default="", metavar="OWNER/NAME")
@click.option("--token", envvar="GITHUB_TOKEN", show_envvar=True, default="", help="For the remote and the API.")
@click.option("--api", envvar="GITHUB_API_URL", show_envvar=True, default="https://api.github.com", metavar="URL")
@click.option("--server", envvar="GITHUB_SERVER_URL", show_envvar=True, default="https://github.com", metavar="URL")
@click.pass_context
def publish(context: click.Context, /, **options: Any) -> None:
    """Do the steps of the workflows: the site's address, a refreshed lock as a commit or a pull request."""
    context.obj = Place(**options)


# --- address ------------------------------------------------------------------------------------------------------


@publish.command()
@click.pass_obj
def address(place: Place) -> None:
    """Print the address at which GitHub Pages shows the site, to be known before the site is built.

    Sets the step's outputs: `url`, that address; `edit`, the pattern of the links that edit a page; and `pages`, `true`
    where Pages takes what a workflow deploys.
    """
    found = find_address(place.github(), place.server, place.docs())
    _append("GITHUB_OUTPUT", f"url={found.url}\nedit={found.edit}\npages={'true' if found.is_on else 'false'}\n")
    click.echo(found.url)
    if not found.is_on:
        click.echo(annotation("notice", NOT_ON, title="Not published"))


# --- what a pull request changes ----------------------------------------------------------------------------------


@publish.command("changed-pages")
@click.argument("before", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("after", type=click.Path(path_type=Path, exists=True, file_okay=False))
def tell_changed_pages(before: Path, after: Path) -> None:
    """Print which pages of the built site AFTER say something else than those of BEFORE, as Markdown.

    The list is added to the job's summary, too.
    """
    told = changed_pages(before, after).markdown()
    _append("GITHUB_STEP_SUMMARY", told)
    click.echo(told, nl=False)


# --- pack ---------------------------------------------------------------------------------------------------------


@publish.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="The Markdown that neco refresh wrote.")
@click.option("--head-repository", metavar="OWNER/NAME", help="Where the pull request comes from.")
@click.pass_obj
def pack(place: Place, folder: Path, report: Path | None, head_repository: str | None) -> None:
    """Write what a refresh changed in the lock into FOLDER, for another job or for a person.

    Sets the step's output `changed` and adds the report to the job's summary.
    """
    lock = place.lock()
    # A refresh that failed has written no report.
    text = report.read_text(encoding="utf-8") if report and report.exists() else ""
    change = lock.changed(text)
    _append("GITHUB_STEP_SUMMARY", text)
    _append("GITHUB_OUTPUT", f"changed={'true' if change else 'false'}\n")
    if not change:
        click.echo("Nothing changed in the lock.")
        return
    write_pack(lock, change, folder)
    click.echo(f"What changed in the lock is in {folder}.")
    if head_repository and head_repository != place.repository:
        _append("GITHUB_STEP_SUMMARY", f"\n{FROM_A_FORK}\n")
        click.echo(annotation("notice", FROM_A_FORK, title="The lock of this pull request"))


def _append(variable: str, text: str) -> None:
    """Append text to a file that the runner names in a variable; outside of a workflow there is none."""
    if name := os.environ.get(variable):
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(text)


# --- what needs a token that may write ----------------------------------------------------------------------------


def _takes_change(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options with which a command takes the change: from a pack, or from the work tree and a report."""
    packed = click.Path(path_type=Path, exists=True, file_okay=False)
    report = click.Path(path_type=Path, exists=True, dir_okay=False)
    for option in (
        click.option("--built", metavar="RESULT", help="How the site's build with it ended: success or failure."),
        click.option("--report", type=report, help="The Markdown that neco refresh wrote, without --from."),
        click.option("--from", "packed", type=packed, metavar="FOLDER", help="What pack wrote, not the work tree."),
    ):
        command = option(command)
    return command


def _change(lock: LockFiles, packed: Path | None, report: Path | None) -> Change:
    if packed:
        return read_pack(lock, packed)
    return lock.changed(report.read_text(encoding="utf-8") if report else "")


@publish.command()
@_takes_change
@click.option("--branch", default="neco/refresh", show_default=True, help="Written anew at every refresh.")
@click.option("--base", help="Where the pull request leads to; by default the remote's default branch.")
@click.pass_obj
def refresh_request(
    place: Place, packed: Path | None, report: Path | None, built: str | None, branch: str, base: str | None
) -> None:
    """Open a pull request with the refreshed lock, or bring the open one up to date; its text is the report."""
    if not (packed or report):
        raise click.UsageError("Give the report with --report FILE, or what pack wrote with --from FOLDER.")
    lock = place.lock()
    change = _change(lock, packed, report)
    if not change:
        click.echo("Nothing changed in the lock: there is nothing to request.")
        return
    github, base = place.github(), base or lock.git.default_branch()
    commit = push_refresh(lock, change, branch=branch, base=base)
    done = open_or_update(github, branch=branch, base=base, report=change.report)
    if built in STATES:
        give_status(github, commit, built)
    click.echo(done)


@publish.command()
@_takes_change
@click.option("--branch", required=True, help="The pull request's own branch.")
@click.pass_obj
def request_lock(place: Place, packed: Path | None, report: Path | None, built: str | None, branch: str) -> None:
    """Commit the refreshed lock to the branch of a pull request."""
    lock = place.lock()
    change = _change(lock, packed, report)
    if not change:
        click.echo("Nothing changed in the lock: there is nothing to commit.")
        return
    github = place.github() if built in STATES else None
    commit, as_built = push_lock(lock, change, branch=branch)
    if github and built and as_built:
        give_status(github, commit, built)
    click.echo(f"The lock is in {branch}, commit {commit[:10]}.")
