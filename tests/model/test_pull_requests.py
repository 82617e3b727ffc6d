"""Pull requests that are about one KEP, among the mentions of an issue."""

from __future__ import annotations

import pytest
from neco_weekly.model.issues import Heading, Mention, PullMention, Section
from neco_weekly.model.pull_requests import kep_of_pull, keps_of, names_of, with_pulls

PULLS = {1: (127,), 2: (127, 128), 3: (5,)}


@pytest.mark.parametrize(("pull", "kep"), [(1, 127), (2, None), (4, None)], ids=["of one", "of two", "unknown"])
def test_the_kep_of_a_pull_request(pull: int, kep: int | None) -> None:
    assert kep_of_pull(pull, PULLS) == kep


def told(*links: PullMention) -> list[int]:
    mentions = [Mention(kep=10, written="KEP-10"), Mention(kep=11, written="KEP-11")]
    return [it.kep for it in with_pulls(mentions, links, PULLS)]


@pytest.mark.parametrize(
    ("links", "keps"),
    [
        pytest.param((), [10, 11], id="no link"),
        pytest.param((PullMention(pull=1, written=""),), [127, 10, 11], id="at the top"),
        pytest.param(
            tuple(PullMention(pull=pull, written="", before=1) for pull in (1, 2, 3)), [10, 127, 5, 11], id="between"
        ),
        pytest.param(
            (PullMention(pull=3, written=""), PullMention(pull=1, written="", before=2)),
            [5, 10, 11, 127],
            id="at both ends",
        ),
        pytest.param((PullMention(pull=1, written="", named=(127,)),), [10, 11], id="that its text names"),
        pytest.param((PullMention(pull=1, written="", named=(128,)),), [127, 10, 11], id="whose text names another"),
        pytest.param((PullMention(pull=2, written=""), PullMention(pull=9, written="")), [10, 11], id="of no one KEP"),
    ],
)
def test_mentions_are_in_the_order_of_the_text(links: tuple[PullMention, ...], keps: list[int]) -> None:
    assert told(*links) == keps


def test_a_mention_by_a_pull_request_has_the_words_of_its_link() -> None:
    link = PullMention(pull=1, written="u", heading=Heading(text="題", anchor="a"), line=7, paragraph="文")
    (mention,) = with_pulls((), (link,), PULLS)
    assert mention == Mention(kep=127, written="u", heading=link.heading, line=7, paragraph="文")


def test_the_keps_of_a_section() -> None:
    section = Section(anchor="", title="", text="", keps=(10, 5), pulls=(1, 2, 3))
    assert keps_of(section, PULLS) == (10, 5, 127)


def test_names() -> None:
    assert names_of((2, 127)) == "KEP-2, KEP-127"
    assert names_of(range(1, 7)) == "KEP-1, KEP-2, KEP-3, KEP-4, KEP-5 and 1 more"
