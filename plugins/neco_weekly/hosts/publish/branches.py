"""A change of the lock put on a branch of the remote, so that nobody's work is lost."""

from __future__ import annotations

from .change import Change, LockFiles
from .git import BOT_EMAIL, Git
from .programs import PublishError


def push_refresh(lock: LockFiles, change: Change, *, branch: str, base: str) -> str:
    """Make a branch one commit with the change on top of HEAD, unless it is that already, and return the commit.

    Raises:
        PublishError: people have commits on the branch, HEAD is not part of `base`, or git refused.
        NecoError: the change holds more than the lock.
    """
    git = lock.git
    head, main, tip = git.text("rev-parse", "HEAD"), git.tip(base), git.tip(branch)
    _insist_on_history_of(git, base, main)
    if tip and _people_since(git, head, tip):
        raise PublishError(
            f"the branch {branch} has commits of people, which a new refresh would throw away; "
            "merge its pull request or delete the branch, and run this again"
        )
    tree = lock.tree(head, change)
    if tip and git.text("rev-parse", f"{tip}^{{tree}}", f"{tip}^@").split() == [tree, head]:
        return tip
    commit = _commit(git, tree, parent=head, message="Refresh the lock")
    if not git.push(commit, branch, expected=tip):
        raise PublishError(f"somebody pushed to {branch} at the same moment; run this again")
    return commit


def _insist_on_history_of(git: Git, base: str, main: str) -> None:
    """Check that all of the history is here: without it, old commits would look like people's new ones."""
    if git.text("rev-parse", "--is-shallow-repository") == "true":
        raise PublishError("only a part of the history is here; check out all of it (`fetch-depth: 0`)")
    if not main or git.text("rev-list", "--max-count=1", "HEAD", f"^{main}"):
        raise PublishError(f"the remote's {base} does not have all commits of this checkout; run this on {base} itself")


def push_lock(lock: LockFiles, change: Change, *, branch: str) -> tuple[str, bool]:
    """Commit a change to a branch; return the commit, and whether that is HEAD with the change and no more.

    Raises:
        PublishError: the branch is gone, its lock was changed by others at the same place, or git refused.
        NecoError: the change holds more than the lock.
    """
    git = lock.git
    head = git.text("rev-parse", "HEAD")
    made = lock.tree(head, change)  # onto HEAD the change fits; whatever is wrong here is no conflict with anybody
    for _ in range(2):
        tip = git.tip(branch)
        if not tip:
            raise PublishError(f"the branch {branch} is gone, and with it the place for the lock; nothing was pushed")
        # An earlier run's lock is left out, not merged: this one was made from a text at least as new.
        onto = head if _is_only_ours(lock, head, tip) else tip
        tree = made if onto == head else _fitting_tree(lock, onto, change, branch)
        if tree == git.text("rev-parse", f"{tip}^{{tree}}"):
            return tip, onto == head
        commit = _commit(git, tree, parent=tip, message="Add to the lock what is new")
        if git.push(commit, branch, expected=tip):
            return commit, onto == head
    raise PublishError(f"{branch} moved twice while the lock was being pushed; run this again")


def _is_only_ours(lock: LockFiles, head: str, tip: str) -> bool:
    """Whether all that is new on a branch is a lock that this program has put there."""
    return all(map(lock.holds, lock.difference(head, tip))) and not _people_since(lock.git, head, tip)


def _fitting_tree(lock: LockFiles, onto: str, change: Change, branch: str) -> str:
    try:
        return lock.tree(onto, change)
    except PublishError as error:
        raise PublishError(
            f"the lock of {branch} was changed meanwhile ({error}); "
            "push another commit there, or run `neco refresh --missing` on it and commit the lock yourself"
        ) from error


def _people_since(git: Git, base: str, tip: str) -> bool:
    """Whether anybody but the bot wrote what lies between two commits; merges of the base branch bring nothing new."""
    authors = git.text("log", "--no-merges", "--format=%ae", f"{base}..{tip}").split()
    return any(author != BOT_EMAIL for author in authors)


def _commit(git: Git, tree: str, *, parent: str, message: str) -> str:
    return git.text("commit-tree", tree, "-p", parent, "-m", message)
