"""Rendered pages kept between builds: valid for one text, one configuration and what the page draws of the lock."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.grammar.topics_file import TopicsFile
from neco_weekly.hosts.mkdocs.kept_entries import checked, with_check
from neco_weekly.hosts.mkdocs.page_cache import PageCache, RenderedPage, digest
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardText
from neco_weekly.model.issues import (
    CardMention,
    Correction,
    Diagnostic,
    Heading,
    Mention,
    PullMention,
    ReportedRelease,
    ScanResult,
    Section,
    SiteLink,
    TopicMention,
)
from neco_weekly.model.keps import Stage
from neco_weekly.model.releases import load_releases
from neco_weekly.model.topics import Topic

from tests.gate_lines import gate, gates
from tests.lock_fixture import LOCK, card, kep

OUTLOOKS = KepsAsOf(LOCK, load_releases())
PATH, TEXT, CONFIGURATION = "issues/2022/08/2022-08-26.md", "# 題\n\nKEP-127", b"configuration"
HEADING = Heading(text="題", anchor="題")
GONE = gates(gate("Nap", "stable 1.30-1.33 on", keps=(127, 9), removed=True))
"""Of a gate that others share nothing follows for what shipped, but nothing is left to turn on."""

PAGE = RenderedPage(
    content="<h1>題</h1>",
    toc=[["題", "題", 1, [["節", "節", 2, []]]]],
    title="題",
    anchors=["節", "題"],
    links_to_anchors={"keps/127.md": {"facts": "../../keps/127.md#facts"}},
    scan_result=ScanResult(
        title="題",
        mentions=(
            Mention(kep=127, written="KEP-127", heading=HEADING, line=3),
            Mention(kep=9999, written="KEP-9999", line=1),
        ),
        cards=(
            CardMention(
                url="https://Example.com",
                text=CardText(
                    title="t", description="d", image="a.png", hidden=("site",), size="large", origin="embedly"
                ),
                heading=HEADING,
                line=5,
            ),
        ),
        images=(("./a.png", 7),),
        diagnostics=(Diagnostic(code="bad-card", written="w", detail="d", line=9),),
        sections=(Section(anchor="", title="題", text="本文", keps=(127,), pulls=(6092,)),),
        links=("../a.md", "b.png"),
        site_links=(SiteLink(address="../a.md#b", route="../a.md#b", heading=HEADING, line=2, correction=0),),
        anchors=("題", "節"),
        corrections=(Correction(said="誤りです。", anchor="neco-correction-1", line=2, heading=HEADING),),
        pulls=(PullMention(pull=6092, written="PR", named=(5,), before=1, heading=HEADING, line=4, paragraph="p"),),
        topic_mentions=(
            TopicMention(topic="argo-cd", by="name", written="Argo CD", heading=HEADING, line=8, paragraph="p"),
            TopicMention(topic="x/y", by="repository", written="https://github.com/x/y"),
        ),
        releases=(ReportedRelease(topic="argo-cd", version="v2.5.0", heading=HEADING, line=8),),
    ),
)
BARE = RenderedPage(content="", toc=[], title=None, anchors=[], links_to_anchors={}, scan_result=ScanResult())


def topics(*names: str) -> TopicsFile:
    return TopicsFile(topics=tuple(Topic(slug="argo-cd", name=it) for it in names))


@pytest.fixture
def cache(tmp_path: Path) -> PageCache:
    kept = PageCache(tmp_path / "pages", CONFIGURATION, OUTLOOKS)
    kept.put(PATH, TEXT, PAGE)
    return kept


def with_lock(cache_folder: Path, lock: Lock) -> RenderedPage | None:
    return PageCache(cache_folder / "pages", CONFIGURATION, KepsAsOf(lock, load_releases())).get(PATH, TEXT)


@pytest.mark.parametrize("page", [PAGE, BARE], ids=["full", "bare"])
def test_a_page_is_kept_as_it_was(tmp_path: Path, page: RenderedPage) -> None:
    PageCache(tmp_path, CONFIGURATION, OUTLOOKS).put(PATH, TEXT, page)
    assert PageCache(tmp_path, CONFIGURATION, OUTLOOKS).get(PATH, TEXT) == page


def test_what_was_never_kept_is_not_there(cache: PageCache) -> None:
    assert cache.get("issues/other.md", TEXT) is None


def test_another_text_is_another_page(cache: PageCache) -> None:
    assert cache.get(PATH, TEXT + " ") is None


def test_another_configuration_draws_another_page(cache: PageCache, tmp_path: Path) -> None:
    assert PageCache(tmp_path / "pages", b"other", OUTLOOKS).get(PATH, TEXT) is None


def test_a_page_is_kept_once(cache: PageCache, tmp_path: Path) -> None:
    cache.put(PATH, "other text", BARE)
    assert len(list((tmp_path / "pages").iterdir())) == 1
    assert cache.get(PATH, TEXT) is None
    assert cache.get(PATH, "other text") == BARE


@pytest.mark.parametrize(
    "lock",
    [
        pytest.param(replace(LOCK, fetched={**LOCK.fetched, 127: kep(127, "x", Stage.STABLE, "v1.36")}), id="title"),
        pytest.param(replace(LOCK, fetched={}), id="removed"),
        pytest.param(replace(LOCK, fetched={**LOCK.fetched, 9999: kep(9999, "x")}), id="found"),
        pytest.param(replace(LOCK, overrides={127: Override(number=127, note="x")}), id="override"),
        pytest.param(replace(LOCK, aliases={127: 128}), id="alias"),
        pytest.param(replace(LOCK, aliases={9999: 9998}), id="alias of an unknown KEP"),
        pytest.param(replace(LOCK, pulls={}), id="pull request"),
        pytest.param(replace(LOCK, released={"v1.99": dt.date(2040, 1, 1)}), id="a release that came out"),
        pytest.param(replace(LOCK, topics=topics("Argo CD")), id="a topic's name"),
        pytest.param(replace(LOCK, gates=GONE), id="a gate that is gone"),
        pytest.param(
            replace(LOCK, cards={**LOCK.cards, "https://example.com/": card("https://example.com/", "x")}), id="card"
        ),
    ],
)
def test_what_the_page_draws_of_the_lock_makes_it_another(cache: PageCache, tmp_path: Path, lock: Lock) -> None:
    assert with_lock(tmp_path, lock) is None


@pytest.mark.parametrize(
    "lock",
    [
        pytest.param(replace(LOCK, fetched={**LOCK.fetched, 128: kep(128, "x")}), id="another KEP"),
        pytest.param(
            replace(LOCK, cards={**LOCK.cards, "https://a.jp/": Card(url="https://a.jp/")}), id="another card"
        ),
        pytest.param(replace(LOCK, as_of=None), id="date"),
        pytest.param(replace(LOCK, topics=topics()), id="no topic"),
        pytest.param(replace(LOCK, pulls={**LOCK.pulls, 7000: (1,)}), id="another pull request"),
    ],
)
def test_the_rest_of_the_lock_does_not(cache: PageCache, tmp_path: Path, lock: Lock) -> None:
    assert with_lock(tmp_path, lock) == PAGE


def test_a_link_that_leads_elsewhere_now_makes_it_another(tmp_path: Path) -> None:
    def resolved(addresses: dict[str, str]) -> PageCache:
        return PageCache(tmp_path, CONFIGURATION, OUTLOOKS, lambda path, link: addresses.get(link))

    resolved({"../a.md": "a/"}).put(PATH, TEXT, PAGE)
    assert resolved({"../a.md": "a/", "c.md": "c/"}).get(PATH, TEXT) == PAGE
    assert resolved({"../a.md": "A/"}).get(PATH, TEXT) is None
    assert resolved({"../a.md": "a/", "b.png": "b.png"}).get(PATH, TEXT) is None


def test_without_a_folder_nothing_is_kept() -> None:
    nowhere = PageCache(None, CONFIGURATION, OUTLOOKS)
    nowhere.put(PATH, TEXT, PAGE)
    assert nowhere.get(PATH, TEXT) is None


def test_a_folder_that_cannot_be_written_only_costs_speed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    kept = PageCache(tmp_path / "file" / "pages", CONFIGURATION, OUTLOOKS)
    kept.put(PATH, TEXT, PAGE)
    assert kept.get(PATH, TEXT) is None


# --- damage -------------------------------------------------------------------------------------------------------


def entry(folder: Path) -> Path:
    (file,) = (folder / "pages").iterdir()
    return file


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"1", b'"x"', b"{}", b'{"key": "x"}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_damaged_entry_is_no_entry(cache: PageCache, tmp_path: Path, data: bytes) -> None:
    entry(tmp_path).write_bytes(data)
    assert cache.get(PATH, TEXT) is None


def test_a_truncated_entry_is_no_entry(cache: PageCache, tmp_path: Path) -> None:
    file = entry(tmp_path)
    data = file.read_bytes()
    for length in range(0, len(data), 10):
        file.write_bytes(data[:length])
        assert cache.get(PATH, TEXT) is None


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of everything in a JSON document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in paths_of(item, (*path, key)))]


@pytest.mark.parametrize("wrong", [None, 7, "x", [], {}, {"x": 1}], ids=repr)
def test_an_entry_with_one_wrong_value_never_breaks_a_build(cache: PageCache, tmp_path: Path, wrong: object) -> None:
    file = entry(tmp_path)
    key, length, sound, content = checked(file.read_bytes()).split(b"\n", 3)
    for place in paths_of(json.loads(sound))[1:]:
        document = json.loads(sound)
        target = document
        for step in place[:-1]:
            target = target[step]
        target[place[-1]] = wrong
        file.write_bytes(with_check(b"\n".join((key, length, json.dumps(document).encode(), content))))
        cache.get(PATH, TEXT)


def test_a_folder_in_place_of_an_entry_only_costs_speed(cache: PageCache, tmp_path: Path) -> None:
    file = entry(tmp_path)
    file.unlink()
    (file / "x").mkdir(parents=True)
    cache.put(PATH, TEXT, PAGE)
    assert cache.get(PATH, TEXT) is None


def test_a_set_counts_by_what_is_in_it_whatever_its_order(tmp_path: Path) -> None:
    names = [f"v1.{number}" for number in range(10, 40)]
    one, other = next(it for it in permutations(names, 2) if list(frozenset(it)) != list(frozenset(it[::-1])))
    dates = dict.fromkeys((one, other), dt.date(2027, 1, 1))
    for scheduled in ((one, other), (other, one)):
        releases = replace(load_releases(), days=dates, scheduled=frozenset(scheduled))
        found = PageCache(tmp_path, CONFIGURATION, KepsAsOf(LOCK, releases))
        if scheduled[0] == one:
            found.put(PATH, TEXT, PAGE)
    assert found.get(PATH, TEXT) == PAGE


# --- digest -------------------------------------------------------------------------------------------------------


def test_a_digest_tells_its_parts_and_their_order_apart() -> None:
    digests = {digest(parts) for parts in (["a", "b"], ["b", "a"], ["ab"], ["a"], ["a", ""], [b"a", "b"], [])}
    assert len(digests) == 7
    assert digest(["a", {"b": 1}]) == digest(["a", {"b": 1}])
