"""`badge/127.svg`: what shipped and what is planned, as a picture that needs nothing around it; the lines to copy."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from importlib.resources import files
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.keps import Enhancement, Stage, Status
from neco_weekly.model.releases import load_releases
from neco_weekly.site.badge import ENDED_INK, INK, PLAN_INK, UNKNOWN_INK, embedding
from neco_weekly.site.pages import Site, directory_address

from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.lock_fixture import HOSTILE
from tests.site.test_kep_pages import issue, page

NOW = dt.date(2026, 7, 24)
SVG = "{http://www.w3.org/2000/svg}"
ROOT = "https://neco.test/weekly/"


def site(*keps: Enhancement, others: tuple[Enhancement, ...] = (), as_of: dt.date | None = NOW, root: str = "") -> Site:
    """A site whose one issue mentions some KEPs; of the others, and of a second number of KEP-127, it only knows."""
    lock = Lock(
        as_of=as_of,
        fetched={kep.number: kep for kep in keps},
        others={kep.number: kep for kep in others},
        aliases={5109: 127},
    )
    index = build_index([issue("2026-02-20", *(kep.number for kep in keps))])
    absolute = (lambda path: root + directory_address(path)) if root else None
    return Site(index, KepsAsOf(lock, load_releases()), load_strings("en"), name="Neco", absolute=absolute)


def drawn(found: Site) -> dict[str, ElementTree.Element]:
    return {it.path: ElementTree.fromstring(it.content) for it in found.badges.files()}


def texts(svg: ElementTree.Element) -> list[str]:
    return [it.text or "" for it in svg.iter(f"{SVG}text")]


def kep(number: int, stage: Stage | None, status: Status = Status.IMPLEMENTED, **milestones: str | None) -> Enhancement:
    told = replace(
        state(None), stage=stage, status=status, milestones={Stage(it): str(milestones[it]) for it in milestones}
    )
    return enhancement(record("2024-01-10", told), number=number)


PLANNED = kep(127, BETA, beta="v1.30", stable="v1.38")
BADGES: dict[str, tuple[Enhancement, list[str], str]] = {
    "alpha": (kep(1, ALPHA, alpha="v1.30"), ["KEP-1", "alpha v1.30"], "open"),
    "beta": (kep(1, BETA, beta="v1.30"), ["KEP-1", "beta v1.30"], "half"),
    "stable": (kep(1, STABLE, stable="v1.30"), ["KEP-1", "stable v1.30"], "full"),
    "removed": (kep(1, Stage.REMOVED, removed="v1.30"), ["KEP-1", "removed v1.30"], "struck"),
    "ended": (kep(1, ALPHA, Status.WITHDRAWN, alpha="v1.20"), ["KEP-1", "withdrawn, alpha v1.20"], "struck"),
    "nothing": (kep(1, None, Status.PROVISIONAL), ["KEP-1", "not released"], "open"),
    "shipped and planned": (
        kep(1, STABLE, Status.IMPLEMENTABLE, beta="v1.30", stable="v1.38"),
        ["KEP-1", "beta v1.30", "planned: stable v1.38"],
        "half",
    ),
    "only planned": (kep(1, ALPHA, Status.IMPLEMENTABLE, alpha="v1.38"), ["KEP-1", "planned: alpha v1.38"], ""),
}


def shape(svg: ElementTree.Element) -> str:
    """The dot of a badge, by its form alone."""
    circle = svg.find(f"{SVG}circle")
    if circle is None:
        return ""
    behind = list(svg)[list(svg).index(circle) + 1]
    marks = {"half": "a4 4", "struck": "l5.6"}
    found = [it for it, mark in marks.items() if mark in (behind.get("d") or "")]
    return found[0] if found else "open" if circle.get("fill") == "none" else "full"


def test_a_badge_says_where_a_kep_stands_in_words_and_forms() -> None:
    wrong = {}
    for name, (told, expected, dot) in BADGES.items():
        svg = drawn(site(told))["badge/1.svg"]
        plans = [it for it in svg.iter(f"{SVG}rect") if it.get("stroke-dasharray")]
        found = texts(svg), shape(svg), len(plans)
        if found != ([*expected, "2026-07-24"], dot, int("planned" in expected[-1])):
            wrong[name] = found
    assert wrong == {}


def test_who_cannot_see_it_is_told_the_same() -> None:
    svg = drawn(site(kep(127, STABLE, Status.IMPLEMENTABLE, beta="v1.30", stable="v1.38")))["badge/127.svg"]
    named = {it.get("id"): it.text for it in svg if it.tag in (f"{SVG}title", f"{SVG}desc")}
    assert svg.get("role") == "img"
    assert named[svg.get("aria-labelledby")] == "KEP-127: beta v1.30, planned: stable v1.38"
    assert named[svg.get("aria-describedby")] == "Support User Namespaces. As Neco knew it on 2026-07-24."


def test_a_lock_without_a_day_names_none() -> None:
    svg = drawn(site(PLANNED, as_of=None))["badge/127.svg"]
    assert not [it for it in texts(svg) if re.match(r"\d{4}-", it)]
    assert "knew it on" not in ElementTree.tostring(svg, encoding="unicode")


def test_there_is_one_for_every_kep_that_may_be_told() -> None:
    secret = kep(9, ALPHA, alpha="v1.30")
    assert set(drawn(site(PLANNED, others=(kep(8, BETA),)))) == {"badge/8.svg", "badge/127.svg", "badge/5109.svg"}
    lock = Lock(as_of=NOW, fetched={127: PLANNED, 9: secret})  # 9 is there because a draft mentions it
    told = Site(build_index([issue("2026-02-20", 127)]), KepsAsOf(lock, load_releases()), load_strings("en"))
    assert set(drawn(told)) == {"badge/127.svg"}


def test_fields_stand_one_behind_the_other_and_fill_the_picture() -> None:
    svg = drawn(site(kep(1, STABLE, Status.IMPLEMENTABLE, beta="v1.30", stable="v1.38")))["badge/1.svg"]
    ends = [(int(it.get("x", "")), int(it.get("textLength", ""))) for it in svg.iter(f"{SVG}text")]
    assert all(x + width < following for (x, width), (following, _) in itertools.pairwise(ends))
    assert sum(ends[-1]) < int(svg.get("width", "")) <= sum(ends[-1]) + 10


@pytest.mark.parametrize("title", [HOSTILE, "]]></title><script>alert(1)</script>", "a\x00\x1b\ud800b", "猫" * 3000])
def test_a_hostile_title_stays_text(title: str) -> None:
    told = enhancement(record("2024-01-10", state(BETA, beta="v1.30", title=title)))
    (content,) = [it.content for it in site(told).badges.files() if it.path == "badge/127.svg"]
    content.encode()
    names = {it.tag.removeprefix(SVG) for it in ElementTree.fromstring(content).iter()}
    assert names <= {"svg", "title", "desc", "rect", "path", "circle", "text"}


def test_it_requests_nothing_and_has_no_styles() -> None:
    (content, *_) = [it.content for it in site(PLANNED).badges.files()]
    assert re.findall(r"href|url\(|@|style|script|http:(?!//www\.w3\.org/2000/svg)|https:", content) == []


def test_inks_are_those_of_the_site_on_light_ground() -> None:
    css = files("neco_weekly.site").joinpath("assets/base.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--neco-(\w+): (#\w+);", css.partition("}")[0]))
    inks = {"alpha": INK[ALPHA], "beta": INK[BETA], "stable": INK[STABLE], "removed": INK[Stage.REMOVED]}
    inks |= {"ended": ENDED_INK, "unknown": UNKNOWN_INK, "muted": PLAN_INK}
    assert {it: tokens[it] for it in inks} == inks
    assert {INK[Stage.DEPRECATED], INK[Stage.DISABLED]} == {ENDED_INK}
    assert set(INK) == set(Stage)


def luminance(ink: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(ink[it : it + 2], 16) / 255 for it in (1, 3, 5)]
    linear = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return sum(factor * it for factor, it in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_it_is_readable_on_light_and_dark_ground() -> None:
    svg = drawn(site(PLANNED))["badge/127.svg"]
    whole = svg.find(f"{SVG}rect")
    assert whole is not None
    ground, edge = whole.get("fill", ""), whole.get("stroke", "")
    assert {
        it: contrast(it, ground) for it in (*INK.values(), UNKNOWN_INK, PLAN_INK) if contrast(it, ground) < 4.5
    } == {}
    assert min(contrast(edge, "#ffffff"), contrast(edge, "#0d1117")) >= 3


# --- the lines to copy ----------------------------------------------------------------------------------------------


def lines(body: BeautifulSoup) -> list[str]:
    return [it.get_text() for it in body.select(".neco-embed code")]


def test_a_page_shows_the_badge_and_how_to_take_it_away() -> None:
    body = page(site(PLANNED, root=ROOT))
    markdown, html = lines(body)
    assert markdown == f"[![KEP-127]({ROOT}badge/127.svg)]({ROOT}keps/127/)"
    link = BeautifulSoup(html, "html.parser").a
    assert link is not None
    assert link.img is not None
    assert (link["href"], link.img["src"], link.img["alt"]) == (
        f"{ROOT}keps/127/",
        f"{ROOT}badge/127.svg",
        "KEP-127",
    )
    assert body.select_one(".neco-badge svg[role=img] title") is not None


def test_without_an_address_of_the_site_there_is_nothing_to_copy() -> None:
    body = page(site(PLANNED))
    assert (lines(body), body.find(id="badge")) == ([], None)


def test_an_address_ends_no_link_and_no_attribute() -> None:
    told = embedding(1, 'https://a.test/x) "<b>/badge/1.svg', "https://a.test/(y\n/keps/1/")
    assert told.markdown == '[![KEP-1](https://a.test/x%29%20"%3Cb%3E/badge/1.svg)](https://a.test/%28y/keps/1/)'
    link = BeautifulSoup(told.html, "html.parser").a
    assert link is not None
    assert link.img is not None
    assert link.img["src"] == 'https://a.test/x)%20"<b>/badge/1.svg'
