"""Made-up inputs: whatever stands in a file or a page, what comes of it is a result or one of our own errors.

`scripts/test` tries the same few each time; `scripts/fuzz` tries many, and other ones each day.
"""

from __future__ import annotations

import json
import os
import string
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.grammar.card_lines import CardSyntaxError, begins_card, read_card_line, read_hatena
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.front_matter_values import tags_of, text_of, written_description, written_title
from neco_weekly.grammar.info_strings import read_info_string
from neco_weekly.grammar.issue_dates import issue_date, issue_number
from neco_weekly.grammar.issue_titles import is_topic, plain_form
from neco_weekly.grammar.kep_lookalikes import read_text
from neco_weekly.grammar.kep_references import find_text_references, hash_numbers, named_numbers, read_url
from neco_weekly.grammar.publication import is_draft, why_held_back
from neco_weekly.grammar.urls import host_of, is_site_link, is_web_url, normal_url, picture_path, trim_url, web_address
from neco_weekly.issues.exchange.next_issue import next_issue
from neco_weekly.issues.exchange.past_issue import PastIssue
from neco_weekly.lock.cards_json import CardsDocument, cards_text
from neco_weekly.lock.keps_json import KepsDocument, keps_text
from neco_weekly.lock.store import Lock, load_lock_as_it_is
from neco_weekly.model.errors import NecoError
from neco_weekly.model.picture_sizes import picture_size, view_box
from neco_weekly.model.text import CONTROL
from neco_weekly.sources.gates.gate_page import parse_gate_page
from neco_weekly.sources.http import Get, Response
from neco_weekly.sources.keps.github_issue import read_issue
from neco_weekly.sources.keps.kep_yaml import IrregularError, parse_kep_file
from neco_weekly.sources.keps.public_list import read_keps_json
from neco_weekly.sources.pages.read import extract_page, read_page
from neco_weekly.sources.pages.wayback import find_snapshot

from tests.lock_fixture import LOCK, TODAY, as_of_today

MANY = int(os.environ.get("NECO_FUZZ", "0"))
bounded = settings(
    max_examples=MANY or 40,
    derandomize=not MANY,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

SIGNS = [
    *string.punctuation,
    *"\t\n\r \u3000\u00a0、。「」：年月日第\x00\x02\x03\x1b\u202e\ufeff\ud800",
    *("---\n", "+++\n", "```", "~~~", ":::", "!!! ", '=== "', "- ", "1. ", "> ", "# ", "\n\n", "\n    ", "[^a]: "),
    *("KEP-127", "KEP ", "kep-", "#127", "https://", "https://example.com/", "@[card](", ":embed]", "](", "![", "{.a}"),
    *("<div>", "</div>", "<a href='", "<!--", "-->", "<![", "]]>", "<?", "<script>", "<table>", "&#x"),
    *("title: ", "date: ", "draft: true\n", "a = ", "2026-02-05", "!!python/object:os ", "&a ", "*a ", "<<: "),
    *('<meta property="og:title" content="', "<title>", '<script type="application/ld+json">', '{"@type": "'),
    *("charset=", "\u0301", "👩\u200d", "9" * 25, "$$", "$a$", "\\begin{a}", "**", "~~", "||"),
]
written = st.lists(st.sampled_from(SIGNS) | st.text(max_size=6), max_size=30).map("".join)
words = st.lists(st.text(alphabet="abcxyzあいう猫", min_size=1, max_size=8), min_size=1, max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | written,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(written, inner, max_size=3),
    max_leaves=6,
)


def front_matter(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\n", f"+++\n{text}\n+++\n"):
        parts = take_apart(whole)
        for read in (tags_of, written_title, written_description):
            read(parts.meta)
        for value in parts.meta.values():
            text_of(value)
        issue_date(parts.meta, "issues/a.md", written_title(parts.meta))
        issue_number(parts.meta, text, text)
        why_held_back(parts, TODAY)


def next_one(text: str) -> None:
    """Whatever the newest issue is, the next one's file is read as of its day, and a draft is followed by a draft."""
    for whole in (text, f"---\n{text}\n---\n# A\n", f"+++\n{text}\n+++\n", f"# {text}"):
        newest = PastIssue.of("issues/2026-02-05.md", whole)
        found = next_issue([newest], TODAY, folder="issues", title=None, unnamed="A")
        read = PastIssue.of(found.path, found.text("Text."))
        assert read.date == TODAY
        assert is_draft(read.parts.meta) >= is_draft(newest.parts.meta)


def kep_file(text: str) -> None:
    with suppress(IrregularError):
        parse_kep_file(text.encode("utf-8", "replace"), path=f"keps/sig-node/127-{text[:9]}/kep.yaml")


def normal(text: str) -> None:
    if is_web_url(url := f"https://{text}"):
        assert normal_url(normal_url(url)) == normal_url(url)
        host_of(url)


READERS: dict[str, Callable[[str], object]] = {
    "card line": read_card_line,
    "beginning of a card": begins_card,
    "Hatena": read_hatena,
    "front matter": front_matter,
    "next issue": next_one,
    "info string": read_info_string,
    "topic": is_topic,
    "plain form": plain_form,
    "lookalikes": read_text,
    "references": lambda it: list(find_text_references(it)),
    "hashes": hash_numbers,
    "named numbers": named_numbers,
    "URL of a KEP": lambda it: (read_url(it), read_url(f"https://kep.k8s.io/{it}")),
    "web URL": lambda it: (is_web_url(it), is_web_url(f"https://{it}"), web_address(f"//{it}")),
    "site link": lambda it: (is_site_link(it), picture_path("issues/a.md", it)),
    "end of a URL": lambda it: trim_url(f"https://a.jp/{it}"),
    "normal URL": normal,
    "kep.yaml": kep_file,
    "kep.yaml with a number": lambda it: kep_file(f"kep-number: 127\ntitle: {it}\n"),
    "page of a gate": lambda it: parse_gate_page(f"---\n{it}\n---\n".encode("utf-8", "replace"), file_name="A.md"),
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_raises_nothing_but_our_own_errors(name: str) -> None:
    @bounded
    @given(written)
    def read(text: str) -> None:
        with suppress(NecoError, CardSyntaxError):
            READERS[name](text)

    read()


# --- the lock -----------------------------------------------------------------------------------------------------

FILES = {
    "keps.json": keps_text(KepsDocument(as_of=LOCK.as_of, keps=LOCK.fetched, missing=LOCK.missing)),
    "cards.json": cards_text(CardsDocument(cards=LOCK.cards)),
    "overrides.yml": "127:\n  title: A\n  stage: beta\n",
    "synonyms.yml": "- [a, b]\n",
}


def spoiled(document: object, way: list[int], value: object) -> object:
    """A document with another value in a place: the way says which child to take, over and over."""
    if not way or not isinstance(document, dict | list) or not document:
        return value
    if isinstance(document, list):
        at = way[0] % len(document)
        return [spoiled(it, way[1:], value) if number == at else it for number, it in enumerate(document)]
    key = list(document)[way[0] % len(document)]
    return {**document, key: spoiled(document[key], way[1:], value)}


def load(name: str, text: str) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        with suppress(NecoError):
            load_lock_as_it_is(Path(folder))


@bounded
@given(st.sampled_from(["keps.json", "cards.json"]), st.lists(st.integers(0, 20), max_size=6), values)
def test_a_lock_with_another_value_somewhere(name: str, way: list[int], value: object) -> None:
    load(name, json.dumps(spoiled(json.loads(FILES[name]), way, value)))


@bounded
@given(st.sampled_from(list(FILES)), st.integers(0, 2000), written)
def test_a_lock_with_a_text_in_its_middle(name: str, at: int, text: str) -> None:
    at %= len(FILES[name])
    load(name, FILES[name][:at] + text + FILES[name][at:])


# --- answers of APIs ----------------------------------------------------------------------------------------------

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
ISSUE = "https://github.com/kubernetes/enhancements/issues/127"
COPY = {"available": True, "status": "200", "url": "https://web.archive.org/web/1/x"}
KEP = {"kepNumber": "127", "title": "A", "owningSig": "sig-node", "stage": "beta", "milestone": {"beta": "v1.36"}}
ANSWERS: dict[str, tuple[Callable[[Get], object], object]] = {
    "an issue": (
        lambda get: read_issue(127, get),
        {
            "title": "A",
            "state": "open",
            "labels": [{"name": "sig/node"}, {"name": "stage/beta"}],
            "milestone": {"title": "v1.36"},
            "updated_at": "2026-01-02T03:04:05Z",
            "closed_at": None,
        },
    ),
    "a page at GitHub": (
        lambda get: read_page(ISSUE, get, token="x"),
        {"title": "A", "body": "a\n# b\n", "created_at": "2026-01-02T03:04:05Z", "full_name": "a/b", "name": "v1"},
    ),
    "oEmbed": (
        lambda get: read_page(VIDEO, get),
        {"type": "rich", "title": "A", "author_name": "B", "html": "<p>a</p>", "thumbnail_url": "https://a.jp/a.png"},
    ),
    "copies of a page": (
        lambda get: find_snapshot("https://a.jp/", get, day=TODAY),
        {"archived_snapshots": {"closest": COPY}},
    ),
    "the public list": (lambda get: read_keps_json(get, today=lambda: TODAY), [KEP]),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_with_another_value_somewhere(name: str) -> None:
    ask, answer = ANSWERS[name]

    @bounded
    @given(st.lists(st.integers(0, 9), max_size=4), values)
    def read(way: list[int], value: object) -> None:
        body = json.dumps(spoiled(answer, way, value)).encode()

        def get(url: str, **_: object) -> Response:
            return Response(url=url, status=200, body=body)

        with suppress(NecoError):
            ask(get)

    read()


@bounded
@given(written, written, written)
def test_a_drawing_that_is_damaged_has_a_size_or_none(width: str, height: str, box: str) -> None:
    svg = f"<svg width='{width}' height='{height}' viewBox='0 0 {box}'>".encode("utf-8", "replace")
    for read in (picture_size, view_box):
        read(BytesIO(svg))


# --- pages --------------------------------------------------------------------------------------------------------


@bounded
@given(written | st.binary(max_size=200).map(lambda it: it.decode("latin-1")), st.sampled_from(["", "text/html"]))
def test_a_page_is_an_extraction_or_an_error(text: str, kind: str) -> None:
    for html in (text, f"<title>題</title>{text}", f'<meta property="og:title" content="{text}">'):
        with suppress(NecoError):
            found = extract_page(html.encode("utf-8", "replace"), url="https://a.example.jp/b", content_type=kind)
            assert not CONTROL.search(found.title.value)
            assert len(found.title.value) <= 300


# --- drawing ------------------------------------------------------------------------------------------------------


def draw(text: str, lock: Lock = LOCK) -> str:
    extensions = ["attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.superfences", "tables", "toc"]
    return Markdown(extensions=[*extensions, NecoWeeklyExtension(keps_as_of=as_of_today(lock))]).convert(text)


@bounded
@given(written)
def test_any_text_is_drawn(text: str) -> None:
    draw(text)


@bounded
@given(written)
def test_text_without_html_is_drawn_as_elements_that_all_close(text: str) -> None:
    html = draw(CONTROL.sub(" ", text.replace("<", "").replace("&", "")).replace("\n", "\n\n"))
    ElementTree.fromstring(f"<div>{html.replace('&nbsp;', ' ').replace('&copy;', '')}</div>")


@bounded
@given(words, st.sampled_from([" ", "\n", "\n\n"]))
def test_of_plain_words_no_letter_is_lost(plain: list[str], between: str) -> None:
    drawn = BeautifulSoup(draw(between.join(plain)), "html.parser").get_text()
    assert "".join(drawn.split()) == "".join(plain)


@bounded
@given(written)
def test_what_was_fetched_is_never_markup(text: str) -> None:
    """Titles of a page and of a KEP may be anything: the same elements are drawn as with words."""
    page = "https://example.com/\n\nKEP-127 と [題](https://example.com/)"

    def with_titles(title: str) -> Lock:
        cards = {url: replace(it, title=title, description=title, site=title) for url, it in LOCK.cards.items()}
        state = replace(LOCK.fetched[127].state, title=title)
        return replace(LOCK, cards=cards, fetched={127: replace(LOCK.fetched[127], state=state)})

    def tags(title: str) -> list[tuple[str, tuple[str, ...]]]:
        soup = BeautifulSoup(draw(page, with_titles(title)), "html.parser")
        return [(it.name, tuple(sorted(it.attrs))) for it in soup.find_all(True)]

    assert tags(f"a{text}") == tags("a")
