"""Pages -> the files that a search loads: sections of foreign pages, shards and their order and size, what can be
filtered, and the page that knows of them.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources import files as package_files
from typing import Any

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.gates import FeatureGate, Gates, GateStage
from neco_weekly.model.gates import GateRecord as Said
from neco_weekly.model.issues import Section
from neco_weekly.model.keps import Enhancement, Stage, Status
from neco_weekly.model.releases import load_releases
from neco_weekly.site.search import (
    STUB,
    SearchedPage,
    interface_words,
    program_file,
    search_files,
    sections_of_html,
    with_worker,
    worker_address,
)
from neco_weekly.site.search.shards import LIMIT

from tests.sites import kep

# --- a page's HTML ------------------------------------------------------------------------------------------------

READ = {
    "nothing": ("", [Section(anchor="", title="", text="")]),
    "text alone": ("文 <b>太</b>字", [Section(anchor="", title="", text="文 太字")]),
    "headings": (
        '前<h1 id="t">題<a class="headerlink" href="#t">¶</a></h1>後<h2 id="a">節 <code>x</code></h2><p>文</p>'
        '<h4 id="b">深い</h4><h2 id="c">空</h2>',
        [
            Section(anchor="", title="題", text="前 後", level=1),
            Section(anchor="a", title="節 x", text="文", level=2),
            Section(anchor="b", title="深い", text="", level=4),
            Section(anchor="c", title="空", text="", level=2),
        ],
    ),
    "a second title, and one below other headings": (
        '<h1 id="t">題</h1><h1 id="u">次</h1>文',
        [Section(anchor="", title="題", text="", level=1), Section(anchor="u", title="次", text="文", level=1)],
    ),
    "a heading that no link can reach": (
        '<h2 id="a">節</h2>前<h3>小見出し</h3>後',
        [Section(anchor="", title="", text=""), Section(anchor="a", title="節", text="前 小見出し 後", level=2)],
    ),
    "blocks are apart, letters are not": (
        "<ul><li>一<li>二</ul><table><tr><td>左<td>右</table>あ<wbr>い<br>う<p>え</p>お",
        [Section(anchor="", title="", text="一 二 左 右 あい う え お")],
    ),
    "code belongs to the text, line numbers do not": (
        '<table><tr><td class="linenos"><pre>1\n2</pre><td><pre><span></span><code>a: 1\n  b: 2\n</code></pre></table>',
        [Section(anchor="", title="", text="a: 1 b: 2")],
    ),
    "what nobody reads": (
        "<script>a</script><style>b</style>文<!-- 注 --><sup>1</sup><template>c</template><svg><title>d</title></svg>"
        '<button>e</button><a class="footnote-backref">↩</a>',
        [Section(anchor="", title="", text="文")],
    ),
    "what is not to be searched": (
        "前<div data-search-exclude><p>隠<div>深</div></div>後"
        '<h2 id="a" data-search-exclude>節</h2>文<h2 id="b">次</h2>',
        [Section(anchor="", title="", text="前 後"), Section(anchor="b", title="次", text="", level=2)],
    ),
    "references": (
        '<p>前 <a class="neco-kep" data-kep="127" href="k">KEP-127<b data-search-exclude> stable</b></a>、'
        '<a class="neco-kep" data-kep="5" data-search-exclude>alpha</a>と'
        '<span class="neco-kep neco-kep--missing" data-kep="0009">KEP-9</span></p>'
        '<h2 id="a">節<a class="neco-kep neco-kep--quiet" data-kep="127">#127</a></h2>'
        '<nav data-search-exclude><a class="neco-kep" data-kep="6">x</a></nav>'
        '<i class="neco-kep" data-kep="x">y</i><i class="neco-kep" data-kep="１">z</i><i data-kep="7">w</i>',
        [
            Section(anchor="", title="", text="前 KEP-127、とKEP-9", keps=(127, 5, 9)),
            Section(anchor="a", title="節#127", text="yzw", level=2, keps=(127,)),
        ],
    ),
    "cards": (
        '<div class="neco-card" data-url="https://www.example.org/a">'
        'そと<a class="neco-card__link" href="b">題 <b>太</b></a><p class="neco-card__text">説明</p>'
        '<p class="neco-card__site"><i data-search-exclude>E</i><span>サイト</span></p></div>文'
        '<div class="neco-card neco-card--kep" data-url="https://kep.k8s.io/127">'
        '<a class="neco-kep neco-card__link" data-kep="127">KEP-127: 題</a>'
        '<p class="neco-card__site">われわれ</p></div>'
        '<div class="neco-card" data-url="https://example.org/b"></div>',
        [
            Section(
                anchor="",
                title="",
                text="文",
                keps=(127,),
                cards=(
                    "題 太\nexample.org\nサイト\n説明",
                    "KEP-127: 題\nkep.k8s.io",
                    "example.org/b\nexample.org",
                ),
            )
        ],
    ),
    "broken and hostile": (
        '</div></p><h2 id="&lt;a&gt;">&lt;script&gt; \x00\ud83d<?xml encoding="utf-16"?></h2>'
        f'<meta charset="shift_jis">文{"<div>" * 3000}深い{"</div>" * 3000}<p>末',
        [
            Section(anchor="", title="", text=""),
            Section(anchor="<a>", title="<script>", text="文 深い 末", level=2),
        ],
    ),
}


@pytest.mark.parametrize(("html", "sections"), READ.values(), ids=READ)
def test_a_page_is_read_as_people_read_it(html: str, sections: list[Section]) -> None:
    assert list(sections_of_html(html)) == sections


def test_no_html_stops_the_build() -> None:
    rng = random.Random(5)
    pieces = ['<h2 id="a">', "</h2>", "<div class='neco-card' data-url='https://a.example'>", "</div>", "<p", ">", "文"]
    pieces += ["</body>", "</html>", "<table>", "<td>", "<!--", "]]>", "&#xD800;", "&", "<svg>", "</svg>", "<h1 id=b>"]
    for _ in range(300):
        first, *_ = sections_of_html("".join(rng.choices(pieces, k=30)))
        assert first.anchor == ""


# --- shards -------------------------------------------------------------------------------------------------------


def page(url: str, *sections: Section, title: str = "題", **about: Any) -> SearchedPage:
    return SearchedPage(
        url=url, title=title, read=lambda: sections or (Section(anchor="", title="", text="文"),), **about
    )


def long_text(seed: object, kilobytes: int) -> str:
    """Text that compresses to about as many bytes as half of it has."""
    rng = random.Random(f"{seed}")
    return "".join(chr(rng.randrange(0x4E00, 0x9FA0)) for _ in range(kilobytes * 1000 // 3))


def files(pages: Iterable[SearchedPage], lock: Lock | None = None) -> dict[str, str]:
    found = search_files(pages, KepsAsOf(lock or Lock(), load_releases()), lock.synonyms if lock else ())
    return {file.path.removeprefix("search/neco/"): file.content for file in found}


def listed(pages: Iterable[SearchedPage], lock: Lock | None = None) -> Any:
    return json.loads(files(pages, lock)["index.json"])


def shelves(pages: Sequence[SearchedPage]) -> dict[str, list[str]]:
    """Names of shards, and the addresses in each."""
    made = files(pages)
    entries = json.loads(made["index.json"])["shards"]
    return {it["name"]: [page["u"] for page in json.loads(made[it["file"]])["pages"]] for it in entries}


def test_the_newest_year_comes_first_and_within_a_year_the_newest_day() -> None:
    pages = [
        page("a/", day=dt.date(2022, 8, 26)),
        page("guide/"),
        page("b/", day=dt.date(2026, 1, 9)),
        page("keps/1/", generated=True),
        page("c/", day=dt.date(2026, 7, 10)),
        page("d/", day=dt.date(2025, 9, 5)),
        page("b2/", day=dt.date(2026, 1, 9)),
    ]
    assert list(shelves(pages).items()) == [
        ("2026", ["c/", "b/", "b2/"]),
        ("keps", ["keps/1/"]),
        ("pages", ["guide/"]),
        ("2025", ["d/"]),
        ("2022", ["a/"]),
    ]


def test_without_a_day_the_order_is_that_of_the_site() -> None:
    assert shelves([page("b/"), page("keps/1/", generated=True), page("a/")]) == {"1": ["b/", "keps/1/", "a/"]}


def test_no_page_is_no_shard() -> None:
    made = files([])
    assert json.loads(made["index.json"])["shards"] == []
    assert len(made) == 1


def test_what_is_too_large_for_one_is_cut_between_pages() -> None:
    day = dt.date(2026, 1, 1)
    of_year = [page(f"{n}/", Section(anchor="", title="", text=long_text(n, 30)), day=day) for n in range(30)]
    undated = [page(f"p{n}/", Section(anchor="", title="", text=long_text(n, 30))) for n in range(15)]
    found = shelves([*of_year, *undated])
    assert list(found) == ["2026", "2026-2", "2026-3", "pages", "pages-2"]
    assert [url for name in list(found)[:3] for url in found[name]] == [f"{n}/" for n in range(30)]
    assert list(shelves(undated)) == ["1", "2"]


@pytest.mark.parametrize("kilobytes", [1, 10, 100])
def test_a_shard_has_as_much_as_may_travel_and_its_size_is_what_travels(kilobytes: int) -> None:
    sections = [
        Section(anchor="", title="", text=long_text(n, kilobytes), keps=(n,)) for n in range(1, 1600 // kilobytes)
    ]
    lock = Lock(fetched={number: kep(number, long_text(number, 1)) for number in range(1, 40)})
    made = files([page(f"{n}/", section) for n, section in enumerate(sections)], lock)
    shards = json.loads(made["index.json"])["shards"]
    sizes = [entry["bytes"] for entry in shards]
    assert sizes == [len(gzip.compress(made[entry["file"]].encode(), 6)) for entry in shards]
    assert max(sizes) <= LIMIT == 250_000
    assert min(sizes[:-1]) > LIMIT - 1000 * kilobytes - 2000
    assert len(sizes) > 2


def test_a_page_that_is_larger_stands_alone() -> None:
    large = page("large/", Section(anchor="", title="", text=long_text("large", 900)))
    assert shelves([page("a/"), large, page("b/")]) == {"1": ["a/"], "2": ["large/"], "3": ["b/"]}
    assert shelves([large, page("b/")]) == {"1": ["large/"], "2": ["b/"]}


def test_a_section_is_counted_where_it_is() -> None:
    own, below = Section(anchor="", title="題", text=""), Section(anchor="a", title="節", text="", level=2)
    counted = [entry["sections"] for entry in listed([page("a/", own, below), page("b/")])["shards"]]
    assert counted == [3]


def test_names_change_with_the_content_and_only_with_it() -> None:
    def names(text: str) -> set[str]:
        old = page("old/", day=dt.date(2022, 1, 1))
        return set(files([page("a/", Section(anchor="", title="", text=text), day=dt.date(2026, 1, 1)), old]))

    before, after = names("前"), names("後")
    assert names("前") == before
    assert {name.split(".")[0] for name in before ^ after} == {"2026"}
    assert {name for name in before & after if name.startswith("2022")}


def test_the_list_has_a_name_that_stays() -> None:
    made = files([page("a/")])
    assert [name for name in made if name.startswith("index.")] == ["index.json"]
    assert list(made)[-1] == "index.json"


def test_what_is_written_is_utf_8_and_no_more_than_needed() -> None:
    (text,) = [
        text for name, text in files([page("a/", title='<i>"題" \u2028\ud83d')]).items() if name.startswith("1.")
    ]
    assert "\\u" not in text.replace("\\u2028", "")
    assert text.encode().decode() == text
    assert json.loads(text)["pages"] == [{"u": "a/", "t": '<i>"題" \u2028?', "k": "page", "s": [{"a": "", "x": "文"}]}]


# --- what a page is told of ---------------------------------------------------------------------------------------


def documents(pages: Iterable[SearchedPage], lock: Lock) -> Any:
    (shard,) = [text for name, text in files(pages, lock).items() if name.startswith("1.")]
    return json.loads(shard)


LOCK = Lock(
    fetched={
        127: kep(127, "Support User Namespaces", gates=("UserNamespacesSupport", "UserNamespaces")),
        9: kep(9, stage=None, milestone=None),
    }
)


def test_a_page_of_a_kep_says_what_is_known_of_it() -> None:
    own = Section(anchor="", title="KEP-127: Support User Namespaces", text="stable", level=1, keps=(127,))
    about = page("keps/127/", own, title="other", kind="kep", kep=127, generated=True)
    known = {
        "title": "Support User Namespaces",
        "sig": "sig-node",
        "stage": "stable",
        "milestone": "v1.36",
        "gates": ["UserNamespacesSupport", "UserNamespaces"],
    }
    assert documents([about], LOCK) == {
        "version": 1,
        "name": "1",
        "pages": [
            {
                "u": "keps/127/",
                "t": "KEP-127: Support User Namespaces",
                "k": "kep",
                "e": {"n": 127, **known},
                "s": [{"a": "", "x": "stable", "q": [127]}],
            }
        ],
        "keps": {"127": known},
    }


def facts(enhancement: Enhancement, *gates: FeatureGate) -> Any:
    """What a shard says of a KEP."""
    lock = Lock(fetched={enhancement.number: enhancement}, gates=Gates(by_name={gate.name: gate for gate in gates}))
    mentioned = Section(anchor="", title="", text="", keps=(enhancement.number,))
    known = documents([page("a/", mentioned)], lock)["keps"][str(enhancement.number)]
    return {name: value for name, value in known.items() if name not in ("title", "sig")}


def standing(number: int = 9, **state: Any) -> Enhancement:
    """A KEP that is being worked on, for a release that is not out."""
    known = kep(number, stage=Stage.STABLE, milestone="v1.99")
    return replace(known, state=replace(known.state, status=Status.IMPLEMENTABLE, **state))


def test_what_is_only_planned_is_no_stage() -> None:
    assert facts(standing()) == {"plan": {"stage": "stable", "release": "v1.99"}}


def test_what_is_planned_stands_beside_what_shipped() -> None:
    milestones = {Stage.ALPHA: "v1.30", Stage.BETA: "v1.36", Stage.STABLE: "v1.99"}
    assert facts(standing(milestones=milestones)) == {
        "stage": "beta",
        "milestone": "v1.36",
        "plan": {"stage": "stable", "release": "v1.99"},
    }


def test_a_proposal_that_ended_has_no_plan_and_says_how_it_ended() -> None:
    assert facts(replace(standing(), state=replace(standing().state, status=Status.WITHDRAWN))) == {
        "ended": "withdrawn"
    }


def test_the_gates_of_a_kep_are_those_of_today() -> None:
    """Those that kep.yaml names, and those that it named once and the programs still have."""

    def gate(name: str, *, removed: bool = False) -> FeatureGate:
        stages = (GateStage(stage=Stage.ALPHA, since="v1.30"),)
        said = Said(date=dt.date(2026, 1, 1), path="x", stages=stages, removed=removed)
        return FeatureGate(name=name, keps=(9,), records={"website": said})

    named = standing(feature_gates=("Second", "Unknown"))
    found = facts(named, gate("First"), gate("Gone", removed=True), gate("Second"))
    assert found["gates"] == ["Second", "Unknown", "First"]


def test_a_shard_knows_the_keps_that_it_mentions_and_no_others() -> None:
    own, below = (
        Section(anchor=it, title="節", text="", level=2, keps=keps) for it, keps in (("", (9,)), ("a", (4, 9)))
    )
    shard = documents([page("a/", own, below)], LOCK)
    assert shard["keps"] == {"9": {"title": "Title of 9", "sig": "sig-node"}}
    assert [section.get("q") for section in shard["pages"][0]["s"]] == [[9], [4, 9]]


def test_keps_are_in_the_order_of_their_numbers() -> None:
    numbers = (127, 9, 2254, 64)
    lock = Lock(fetched={number: kep(number) for number in numbers})
    shard = documents([page("a/", Section(anchor="", title="", text="", keps=numbers))], lock)
    assert list(shard["keps"]) == ["9", "64", "127", "2254"]


def test_what_an_author_says_of_a_page() -> None:
    about = page("a/", kind="issue", day=dt.date(2026, 7, 10), number=6, tags=("猫", "犬"), boost=2.5)
    (shard,) = [json.loads(text) for name, text in files([about]).items() if name.startswith("2026")]
    assert shard["pages"] == [
        {
            "u": "a/",
            "t": "題",
            "d": "2026-07-10",
            "n": 6,
            "k": "issue",
            "b": 2.5,
            "s": [{"a": "", "x": "文 猫 犬"}],
        }
    ]


def test_a_page_without_a_section_still_has_its_own() -> None:
    empty = SearchedPage(url="", title="題", read=lambda: ())
    assert documents([empty], Lock())["pages"] == [{"u": "", "t": "題", "k": "page", "s": [{"a": ""}]}]


# --- what can be filtered -----------------------------------------------------------------------------------------


def section(*keps: int, hosts: Sequence[str] = ()) -> Section:
    cards = tuple(f"題\n{host}\n説明" for host in hosts)
    return Section(anchor="", title="", text="", keps=keps, cards=cards)


def test_filters_have_the_values_that_the_site_has() -> None:
    states = {
        1: kep(1, stage=Stage.ALPHA, milestone="v1.9"),
        2: kep(2, stage=Stage.REMOVED, milestone="v1.30"),
        3: kep(3, stage=Stage.STABLE, milestone="v1.30"),
        6: kep(6, stage=Stage.DEPRECATED, milestone="v1.9"),
        4: kep(4, stage=None, milestone=None),
        5: kep(5, stage=Stage.DISABLED, milestone="v1.31"),  # mentioned nowhere
    }
    pages = [
        page("a/", section(3, 99, hosts=["github.com", "b.example"]), day=dt.date(2022, 1, 1)),
        page("b/", section(2, hosts=["a.example", "github.com"]), day=dt.date(2026, 1, 1)),
        page("c/", section(1, 4, 6), day=dt.date(2022, 5, 1)),
    ]
    assert listed(pages, Lock(fetched=states))["facets"] == {
        "year": ["2026", "2022"],
        "sig": ["sig-node"],
        "stage": ["alpha", "stable", "deprecated", "removed"],
        "release": ["1.30", "1.9"],
        "planned": [],
        "topic": [],
        "site": ["github.com", "a.example", "b.example"],
    }


def test_plans_are_offered_in_the_order_in_which_they_are_to_come() -> None:
    releases = {1: "v1.99", 2: "v1.98", 3: "v1.98"}
    states = {number: standing(number, milestones={Stage.STABLE: release}) for number, release in releases.items()}
    facets = listed([page("a/", section(1, 2, 3))], Lock(fetched=states))["facets"]
    assert (facets["planned"], facets["stage"], facets["release"]) == (["1.98", "1.99"], [], [])


def test_the_sigs_come_first_that_are_written_about_most() -> None:
    states = {number: kep(number) for number in (1, 2, 3)}
    for number, sig in ((1, "sig-a"), (2, "sig-b"), (3, None)):
        states[number] = replace(states[number], state=replace(states[number].state, sig=sig))
    pages = [page("a/", section(1, 2, 3)), page("b/", section(2, 3)), page("c/", section(3))]
    assert listed(pages, Lock(fetched=states))["facets"]["sig"] == ["sig-b", "sig-a"]


def test_fifty_sites_are_enough() -> None:
    hosts = [f"{number:02}.example" for number in range(60)]
    found = listed([page("a/", section(hosts=[*hosts, hosts[59]]))])["facets"]["site"]
    assert found == [hosts[59], *hosts[:49]]


def test_synonyms_are_in_the_list() -> None:
    assert listed([], Lock(synonyms=(("猫", "cat"), ("犬", "dog"))))["synonyms"] == [["猫", "cat"], ["犬", "dog"]]


# --- a page that knows of it --------------------------------------------------------------------------------------

REACH = "assets/reach.1a2b3c4d.js"
ADDRESS = "search/neco/worker.1a2b3c4d.js?engine=9c0d1e2f"


def test_the_worker_is_told_its_engine_and_nothing_of_what_pages_say() -> None:
    worker, engine = program_file("worker", "w"), program_file("engine", "e")
    hashes = [file.path.split(".")[1] for file in (worker, engine)]
    assert [len(it) for it in hashes] == [8, 8]
    assert worker_address(worker, engine) == f"search/neco/worker.{hashes[0]}.js?engine={hashes[1]}"


@pytest.mark.parametrize("root", ["", "../../", "/", "https://neco.test/neco/"])
def test_a_page_names_our_worker_and_keeps_its_way_to_the_root(root: str) -> None:
    article = '<article>id="__config" "search": "assets/javascripts/workers/search.0.min.js"</article>'
    settings = (
        '<script id="__config" type="application/json">{"base": "..", "search": "HERE", "tags": null}</script>'
        '<script src="bundle.js"></script>'
    )
    theirs = settings.replace("HERE", f"{root}assets/javascripts/workers/search.a7633da7.min.js")
    ours = settings.replace("HERE", f"{root}{ADDRESS}")
    reach = f'<script src="{root}{REACH}"></script>'
    assert with_worker(article + theirs, ADDRESS, REACH) == article + reach + ours


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>文</p>",
        '<script id="__config">{"search": "elsewhere/search.js"}</script>',
        '"search": "assets/javascripts/workers/search.0.min.js"',
    ],
)
def test_any_other_page_stays_as_it_is(html: str) -> None:
    assert with_worker(html, ADDRESS, REACH) == html


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_box_has_all_its_words_in_the_language_of_the_site(language: str) -> None:
    """Each that its modules name, and no other."""
    words = json.loads(
        interface_words(load_strings(language)).removeprefix("globalThis.necoSearchWords = ").rstrip(";\n")
    )
    box = package_files("neco_weekly.site").joinpath("assets", "search-box")
    modules = {file.name: file.read_text(encoding="utf-8") for file in box.iterdir()}
    listed = re.findall(r"@property \{[^}]+\} (\w+)", modules.pop("words.js"))
    assert sorted(listed) == sorted(words)
    assert [name for name in listed if not re.search(rf"\b{name}\b", "".join(modules.values()))] == []
    assert words["stages"].keys() == {stage.value for stage in Stage}
    assert words["ended"].keys() == {"deferred", "rejected", "withdrawn", "replaced"}
    assert words["count"] == {"ja": "{count} 件", "en": "{count} found"}[language]


def test_what_the_theme_fetches_with_every_page_is_next_to_nothing() -> None:
    stub = json.loads(STUB)
    assert stub == {"config": {"lang": ["ja"], "separator": "\\s+", "pipeline": [], "fields": {}}, "docs": []}
    assert len(STUB) < 100
