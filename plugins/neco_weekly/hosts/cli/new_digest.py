"""What happened since the newest public issue, as the comment that `neco new` puts into the next one."""

from __future__ import annotations

import click

from ...display.words import load_strings
from ...issues.exchange.additions import DIGEST
from ...issues.index import Index
from ...lock.kep_as_of import KepsAsOf
from ...lock.releases_as_of import ReleasesAsOf
from ...lock.store import Lock
from ...site.markdown_text import as_comment
from ..project import Project
from .digest_text import digest_draft
from .earlier_lock import lock_known_on


def digest_comment(project: Project, lock: Lock, index: Index, path: str) -> str:
    """Return the digest since the newest public issue as a comment, with links from the file at `path`.

    Empty where the lock is, or where no issue is public yet; where the lock is no younger than the newest issue, a line
    on stderr says what to do.
    """
    days = [issue.date for issue in index.issues if issue.date]
    if not days or lock.as_of is None:
        return ""
    since = max(days)
    if lock.as_of <= since:
        click.echo(f"The lock knows nothing later than {lock.as_of}: for a digest run `neco refresh` before.", err=True)
        return ""
    earlier = lock_known_on(project, since)
    before = ReleasesAsOf(KepsAsOf(earlier, project.releases)) if earlier else None
    draft = digest_draft(project, lock, index, since=since, until=lock.as_of, before=before, link_to=path)
    words = load_strings(project.locale)
    return as_comment((words("draft.digest"), *draft.markdown().rstrip("\n").split("\n")), DIGEST)
