"""`neco kep` on plans that failed: what became of them, why, and which exceptions were asked for."""

from __future__ import annotations

import datetime as dt

from neco_weekly.lock.store import Lock, save_lock
from neco_weekly.model.exceptions import ExceptionRequest
from neco_weekly.model.keps import Enhancement
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts

from tests.histories import BETA, STABLE, enhancement, record, state
from tests.hosts.test_cli import folder as folder  # noqa: PLC0414 (a fixture)
from tests.hosts.test_cli import neco
from tests.sites import TODAY, Folder

ASKED = ExceptionRequest(
    kep=127,
    freeze="code",
    decision="rejected",
    requested=dt.date(2026, 3, 18),
    reviewed=dt.date(2026, 3, 20),
    thread="https://groups.google.com/g/x",
)
KEP = enhancement(
    record("2025-09-10", state(BETA, beta="v1.35")),
    record("2025-11-10", state(BETA, beta="v1.36")),
    record("2026-03-25", state(BETA, beta="v1.37")),
)


def locked(folder: Folder, kep: Enhancement, exceptions: tuple[ExceptionRequest, ...] | None) -> None:
    known = KnownReleases(by_name={"v1.36": ReleaseFacts(exceptions=exceptions)})
    save_lock(Lock(as_of=TODAY, others={127: kep}, known_releases=known), folder.docs / "_metadata")


def test_failed_plans_are_told_with_their_reasons(folder: Folder) -> None:
    locked(folder, KEP, (ASKED,))
    told = "v1.36, exception from the code freeze: asked 2026-03-18, rejected 2026-03-20"
    assert (
        "Planned at a freeze, and did not come\n"
        f"  v1.36  slipped: beta moved to v1.37; why: {told}\n"
        "  v1.35  slipped: beta moved to v1.37; why: reason unknown\n"
    ) in neco(folder, "kep", "127").out
    document = neco(folder, "kep", "127", "--json").json()
    assert document["failed_plans"] == [
        {"release": "v1.36", "stage": "beta", "outcome": "slipped", "moved_to": "v1.37", "reason": "exception-refused"},
        {"release": "v1.35", "stage": "beta", "outcome": "slipped", "moved_to": "v1.37", "reason": None},
    ]
    assert document["exceptions"] == [
        {
            "release": "v1.36",
            "freeze": "code",
            "decision": "rejected",
            "requested": "2026-03-18",
            "reviewed": "2026-03-20",
            "thread": "https://groups.google.com/g/x",
        }
    ]


def test_plan_of_which_nobody_knows_what_became(folder: Folder) -> None:
    lost = enhancement(record("2026-01-10", state(BETA, beta="v1.36")), record("2026-03-25", state(BETA)))
    locked(folder, lost, ())
    assert (
        "  v1.36  unknown: planned to be beta, and no source says what became of it\n" in neco(folder, "kep", "127").out
    )


def test_what_shipped_failed_in_nothing(folder: Folder) -> None:
    locked(folder, enhancement(record("2025-09-10", state(STABLE, stable="v1.35"))), ())
    document = neco(folder, "kep", "127", "--json").json()
    assert (document["failed_plans"], document["exceptions"]) == ([], [])
    assert "did not come" not in neco(folder, "kep", "127").out


def test_exceptions_that_were_never_read_are_not_known(folder: Folder) -> None:
    locked(folder, KEP, None)
    assert neco(folder, "kep", "127", "--json").json()["exceptions"] is None
