"""What the pages of real builds say of themselves in their heads, and the pictures that are drawn for them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from neco_weekly.hosts.mkdocs import social_cards
from neco_weekly.hosts.mkdocs.heads import HEADER_COLOURS
from neco_weekly.site.social import drawing
from neco_weekly.site.social.social_card import SocialCard

from tests.lock_fixture import HOSTILE
from tests.sites import MATERIAL, PROJECT, Built, Folder, attribute, built_sample, issue_page, kep, new_folder

DESIGN = {"plugins": ["search", {"neco-weekly": {"issues": "issues", "design": True}}]}
DATE = "2026-07-10"
SITE_CARD = "assets/social/site.png"
ISSUE_CARD = f"assets/social/issues/2026/07/{DATE}.png"
END = "</script><script>alert(1)</script>"


def top(built: Built, path: str) -> BeautifulSoup:
    """The head of a page alone, for a whole page takes long; of the theme of tests what precedes its tree."""
    before, _, _ = built.text(path).partition("</head>")
    return BeautifulSoup(before if "<head>" in before else before.partition('<nav id="tree">')[0], "lxml")


def head(built: Built, path: str) -> dict[str, str]:
    """The contents of a page's `meta` and `link` elements by their names, several of one name joined by a line."""
    found: dict[str, list[str]] = {}
    for element in top(built, path).select("meta, link[rel=canonical]"):
        name = next((it for key in ("name", "property", "rel") if (it := attribute(element, key))), "")
        media = attribute(element, "media")
        value = attribute(element, "content") or attribute(element, "href")
        found.setdefault(name, []).append(f"{media} {value}".strip())
    return {name: "\n".join(values) for name, values in found.items()}


def data(built: Built, path: str) -> list[dict[str, Any]]:
    """What a page says of itself as JSON-LD."""
    found = top(built, path).select('script[type="application/ld+json"]')
    return [fact for it in found for fact in json.loads(it.string or "")["@graph"]]


def crumbs(built: Built, path: str) -> list[str]:
    lists = [it for it in data(built, path) if it["@type"] == "BreadcrumbList"]
    return [
        f"{it['position']} {it['item'].partition('example')[2]}" for found in lists for it in found["itemListElement"]
    ]


# --- the sample ---------------------------------------------------------------------------------------------------

KINDS: dict[str, tuple[str, str, list[str]]] = {
    "index.html": ("website", "Kubernetes と Cloud Native の気になる話題を", []),
    "issues/index.html": ("website", "Neco Weekly のバックナンバー。", ["1 /", "2 /issues/"]),
    issue_page("2025-12-05"): (
        "article",
        "Ingress NGINX の引退、",
        ["1 /", "2 /issues/", "3 /issues/2025/12/2025-12-05/"],
    ),
    issue_page("2024-05-10"): ("article", "第2回です。", ["1 /", "2 /issues/", "3 /issues/2024/05/2024-05-10/"]),
    "keps/index.html": ("website", "Neco Weekly で取り上げた", ["1 /", "2 /keps/"]),
    "keps/127/index.html": (
        "website",
        "KEP-127「Support User Namespaces」はいま stable v1.36（担当 sig-node）。これまでに 4 号で取り上げ、",
        ["1 /", "2 /keps/", "3 /keps/127/"],
    ),
    "sigs/index.html": ("website", "取り上げた KEP を担当する", ["1 /", "2 /sigs/"]),
    "sigs/sig-node/index.html": ("website", "sig-node が担当する KEP", ["1 /", "2 /sigs/", "3 /sigs/sig-node/"]),
    "topics/index.html": ("website", "KEP のほかに取り上げた", ["1 /", "2 /topics/"]),
    "topics/argo-cd/index.html": ("website", "Git に書いた状態と", ["1 /", "2 /topics/", "3 /topics/argo-cd/"]),
    "releases/index.html": ("website", "Kubernetes のリリースと、", ["1 /", "2 /releases/"]),
    "releases/1.35/index.html": (
        "website",
        "2025-12-17 に出た Kubernetes v1.35 に入った KEP を",
        ["1 /", "2 /releases/", "3 /releases/1.35/"],
    ),
    "releases/1.37/index.html": (
        "website",
        "Kubernetes v1.37 に予定されている",
        ["1 /", "2 /releases/", "3 /releases/1.37/"],
    ),
    "releases/setbacks/index.html": (
        "website",
        "段階や既定値が戻った",
        ["1 /", "2 /releases/", "3 /releases/setbacks/"],
    ),
    "changes/index.html": ("website", "これまでの号で取り上げた KEP の変化を", ["1 /", "2 /changes/"]),
    "following/index.html": ("website", "フォローしている KEP、", ["1 /", "2 /following/"]),
    "links/index.html": ("website", "Neco Weekly の 7 号で紹介した", ["1 /", "2 /links/"]),
    "guide/index.html": ("website", "Neco Weekly の号は、ふつうの Markdown で書きます。", ["1 /", "2 /guide/"]),
    "guide/markdown/index.html": ("website", "", ["1 /", "2 /guide/", "3 /guide/markdown/"]),
}
"""Pages of every kind: what `og:type` says, how their descriptions begin, and the pages above them."""


@pytest.fixture(scope="module")
def sample() -> Built:
    return built_sample()


def test_every_kind_of_page_says_what_it_is(sample: Built) -> None:
    offenders = {}
    for path, (kind, begins, above) in KINDS.items():
        found, canonical = head(sample, path), f"https://neco-weekly.example/{path.removesuffix('index.html')}"
        is_article = kind == "article"
        card = f"assets/social/{path.removesuffix('/index.html')}.png" if is_article else SITE_CARD
        wanted = {
            "og:type": kind,
            "og:site_name": "Neco Weekly",
            "og:locale": "ja_JP",
            "og:url": canonical,
            "canonical": canonical,
            "og:description": found["description"],
            "twitter:description": found["description"],
            "twitter:title": found["og:title"],
            "twitter:card": "summary_large_image",
            "og:image": f"https://neco-weekly.example/{card}",
            "og:image:width": "1200",
            "theme-color": "\n".join(
                f"(prefers-color-scheme: {it}) {HEADER_COLOURS[place]}" for place, it in enumerate(("light", "dark"))
            ),
        }
        differs = {name: found.get(name) for name, value in wanted.items() if found.get(name) != value}
        types = [it["@type"] for it in data(sample, path)]
        expected = ["BlogPosting"] * is_article + (["BreadcrumbList"] if above else ["WebSite"])
        is_right = found["description"].startswith(begins) and types == expected and crumbs(sample, path) == above
        if differs or not is_right or not (sample.site / card).is_file():
            offenders[path] = (differs, found["description"], types, crumbs(sample, path))
    assert offenders == {}


def test_nearly_every_page_has_a_description_that_no_other_has(sample: Built) -> None:
    pages = sorted(sample.paths("**/*.html") - {"404.html"})
    told = {path: head(sample, path)["description"] for path in pages}
    counts = Counter(told.values())
    own = [path for path, text in told.items() if text and counts[text] == 1]
    assert len(own) >= 0.95 * len(pages), sorted(set(pages) - set(own))
    assert {path: text for path, text in told.items() if len(text) > 241 or re.search(r"[<>]|\s\s", text)} == {}


def test_the_page_of_errors_is_in_no_list(sample: Built) -> None:
    found = head(sample, "404.html")
    assert (found["robots"], found.get("og:title"), data(sample, "404.html")) == ("noindex", None, [])
    assert sample.text("robots.txt").endswith("\nSitemap: https://neco-weekly.example/sitemap.xml\n")


def test_an_issue_is_told_by_its_topics_with_its_day(sample: Built) -> None:
    posting = data(sample, issue_page("2025-12-05"))[0]
    assert posting["headline"] == "Ingress NGINX の引退、Gateway API v1.4.0、Argo CD v3.2.0"
    assert (posting["datePublished"], posting["inLanguage"]) == ("2025-12-05", "ja")
    assert (posting["author"]["name"], posting["publisher"]["name"]) == ("Neco Weekly", "Neco Weekly")
    assert "Argo CD" in posting["keywords"]


def test_the_colours_are_those_of_the_header() -> None:
    css = (PROJECT / "plugins/neco_weekly/site/assets/base.css").read_text(encoding="utf-8")
    found = re.findall(r"--md-primary-fg-color: (#\w+);", css)
    assert (found[0], found[-1]) == HEADER_COLOURS


# --- small sites --------------------------------------------------------------------------------------------------


def write(root: Path, **settings: Any) -> Folder:
    folder = new_folder(root, **{**DESIGN, **settings})
    folder.lock(kep(127), kep(666, HOSTILE))
    folder.issue(DATE, f"KEP-127 と KEP-666 の話。{END} まで。\n\n## 猫 {END}\n\nねむる。\n\n## 犬\n\nほえる。")
    folder.issue("2026-06-05", "はじめの話。", title=f"題 {END}")
    folder.write("docs/issues/2026/08/2026-08-07.md", "---\ndraft: true\n---\n# 下書き\n\nまだ。\n")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("heads")
    return write(root, site_description=f'A "site" {END}').build()


def test_hostile_words_end_neither_an_element_nor_an_attribute(built: Built) -> None:
    """A theme of a few lines, which prints neither description nor address: both are there once."""
    offenders = []
    for path in sorted(built.paths("**/*.html")):
        page = top(built, path)
        kinds = {attribute(it, "type") for it in page.select("script") if "alert(1)" in (it.string or "")}
        names = Counter(attribute(it, "name") for it in page.select("meta[name]"))
        if kinds - {"application/ld+json"} or not data(built, path):
            offenders.append(path)
        if names["description"] != 1 or len(page.select("link[rel=canonical]")) != 1:
            offenders.append(path)
    assert offenders == []
    assert data(built, "keps/666/index.html")[0]["itemListElement"][-1]["name"] == f"KEP-666: {HOSTILE}"
    assert head(built, issue_page("2026-06-05"))["og:title"].startswith("題")


def test_without_our_design_nothing_of_it_is_there(tmp_path: Path) -> None:
    built = write(tmp_path, plugins=["search", "neco-weekly"]).build()
    found = head(built, issue_page(DATE))
    assert found == {}
    assert [it for it in built.paths() if "social" in it or it == "robots.txt"] == []


def test_without_an_address_nothing_names_one(tmp_path: Path) -> None:
    built = write(tmp_path, site_url="").build()
    found = head(built, issue_page(DATE))
    assert {"canonical", "og:url", "og:image", "twitter:image"} & found.keys() == set()
    assert found["twitter:card"] == "summary"
    assert found["og:description"].startswith("KEP-127 と KEP-666 の話。")
    assert data(built, issue_page(DATE)) == []
    assert [it for it in built.paths() if "social" in it or it == "robots.txt"] == []


def test_a_draft_that_a_preview_shows_gives_nothing(tmp_path: Path) -> None:
    built = write(tmp_path).build(command="serve")
    assert head(built, issue_page("2026-08-07")) == {}
    assert built.paths("assets/social/**/*.png") == {
        SITE_CARD,
        ISSUE_CARD,
        ISSUE_CARD.replace("07", "06", 1).replace(DATE, "2026-06-05"),
    }


def test_a_writer_s_own_picture_and_robots_stay(tmp_path: Path) -> None:
    folder = write(tmp_path)
    folder.write(f"docs/{ISSUE_CARD}", b"mine")
    folder.write("docs/robots.txt", "mine")
    built = folder.build()
    assert (built.text(ISSUE_CARD), built.text("robots.txt")) == ("mine", "mine")
    assert head(built, issue_page(DATE))["og:image"] == f"https://neco.test/{ISSUE_CARD}"


def test_words_of_authors_come_first(tmp_path: Path) -> None:
    folder = write(tmp_path, theme={**MATERIAL, "palette": {"primary": "teal"}})
    folder.write("docs/_metadata/overrides.yml", "keps:\n  127: { summary: root を root にしない。 }\n")
    text = "---\ndescription: 著者の説明。\nauthors: [ねこ, いぬ]\ntags: [眠り]\n---\n# 7月の号\n\n本文。\n"
    folder.write("docs/issues/2026/07/2026-07-03.md", text)
    folder.write("docs/about.md", "# About\n\n| a |\n|---|\n| b |\n\nThis page is about the people. They write.\n")
    built = folder.build()
    found, posting = head(built, issue_page("2026-07-03")), data(built, issue_page("2026-07-03"))[0]
    assert found["description"].startswith("著者の説明。")
    assert [it["name"] for it in posting["author"]] == ["ねこ", "いぬ"]
    assert head(built, "keps/127/index.html")["description"].startswith("root を root にしない。KEP-127「Title of")
    assert head(built, "tags/眠り/index.html")["description"].startswith("タグ「眠り」の 1 号。")
    assert head(built, "about/index.html")["description"] == "This page is about the people. They write."
    assert "theme-color" not in found  # the header is not in our colours


# --- pictures -----------------------------------------------------------------------------------------------------


def test_a_picture_is_drawn_anew_only_where_its_words_are_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[SocialCard] = []
    draw = drawing.draw_card

    def draws(card: SocialCard) -> bytes:
        drawn.append(card)
        return draw(card)

    monkeypatch.setattr(drawing, "draw_card", draws)
    folder = write(tmp_path)
    first, count = folder.build().contents(), len(drawn)
    assert count == 3
    again = folder.build().contents()
    assert {path: it for path, it in again.items() if path.endswith(".png")} == {
        path: it for path, it in first.items() if path.endswith(".png")
    }
    assert len(drawn) == count
    folder.issue("2026-06-05", "はじめの話。", title="題が変わった")
    folder.build()
    assert [it.title for it in drawn[count:]] == [("題が変わった",)]


def test_what_cannot_be_loaded_is_one_line_and_fails_no_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(card: SocialCard) -> bytes:
        raise ImportError("cannot import name '_imagingft' from 'PIL'")

    folder = write(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(drawing, "draw_card", fails)
        built = folder.build(strict=True)
    told = [it for it in built.infos if "画像" in it]
    assert len(told) == 1
    assert "_imagingft" in told[0]
    assert head(built, issue_page(DATE))["twitter:card"] == "summary"
    monkeypatch.setattr(social_cards, "japanese_phrases", lambda: None)
    assert [it.count("budoux") > 0 for it in folder.build(strict=True).infos if "画像" in it] == [True]


def test_beside_the_pictures_of_material_there_are_none_of_ours() -> None:
    setup: Any = SimpleNamespace(settings=SimpleNamespace(design=True))
    plugins = {"material/social": SimpleNamespace(config=SimpleNamespace(enabled=True))}
    config: Any = SimpleNamespace(site_url="https://neco.test/", plugins=plugins)
    build: Any = None  # not asked for anything
    assert list(social_cards.add_social_cards(setup, build, config)) == []


# --- languages ----------------------------------------------------------------------------------------------------


def test_titles_of_keps_are_english_on_a_japanese_page_and_our_words_japanese_on_an_english_one(tmp_path: Path) -> None:
    settings = {"issues": "issues", "design": True, "locale": "en"}
    built = write(tmp_path, plugins=["search", {"neco-weekly": settings}]).build()
    quotes = [it.get_text() for it in built.page("keps/127/index.html").select("[lang=ja]")]
    assert any("の話。" in it for it in quotes)
    assert built.page("keps/127/index.html").select("[lang=en] h1, h1[lang], h1 [lang]") == []


def test_on_a_japanese_page_the_titles_of_keps_are_english(sample: Built) -> None:
    title = "Support User Namespaces"
    for path in ("keps/127/index.html", issue_page("2026-05-08"), "sigs/sig-node/index.html"):
        article: Any = sample.page(path).select_one("article")
        spoken = article.find_all(string=re.compile(rf"^\s*(?:KEP-127: )?{title}\s*$"))
        assert spoken
        assert [it for it in spoken if it.find_parent(lang=True).get("lang") != "en"] == []
