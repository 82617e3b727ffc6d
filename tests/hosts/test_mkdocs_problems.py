"""What an author should know reaches MkDocs' log with file and line, counts for `--strict`, and never stops a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from neco_weekly.issues.problem_kinds import KINDS
from neco_weekly.issues.style_kinds import STYLE_KINDS
from neco_weekly.model.cards import Card, CardPicture, Failures, Proposal
from neco_weekly.model.keps import Stage

from tests.sites import ENGLISH, TODAY, Folder, issue_path, kep, new_folder, run, squeezed

DATE, OTHER = "2026-01-09", "2026-01-16"
ISSUE = issue_path(DATE)


@dataclass(frozen=True)
class Case:
    """Text of an issue, cards of the lock, and how the message begins. `page` are words that its page still has; None
    where the issue is held back and has no page.
    """

    text: str | bytes
    said: str
    line: int = 5
    page: str | None = "前の段落"
    path: str = ISSUE
    cards: tuple[Card, ...] = ()


def body(text: str) -> str:
    return f"# 号\n\n前の段落\n\n{text}\n"


URL = "https://example.org/page"
PICTURE = CardPicture(url="https://example.org/p.png", file="0123456789abcdef0123.webp", width=480, height=252)
PICTURED = Card(url=URL, title="絵のある頁", image=PICTURE)
PROPOSED = Card(
    url=URL,
    title="知られた頁",
    proposed=Proposal(title="別", reason="asks for a password", date=dt.date(2026, 7, 1)),
)
DEAD = Card(url=URL, title="失われた頁", failures=Failures(count=3, gone=3, last="410", date=dt.date(2026, 7, 1)))

CASES = {
    "unknown-kep": Case(
        body("KEP-9999"),
        f"KEP-9999 exists neither in kubernetes/enhancements nor as an issue there (as of {TODAY}); "
        "correct the number, or write under `keps:` in overrides.yml: `9999: {title: …}`",
    ),
    "pull-request-as-kep": Case(
        body("KEP-6112"),
        "KEP-6112 names a pull request of kubernetes/enhancements as KEP-6112; "
        "link the KEP's issue or its folder instead",
    ),
    "looks-like-kep": Case(
        body("KEP_127"),
        "'KEP_127' looks like a KEP and is none that is known; it stays text; "
        "write a KEP as KEP-127, and what is no KEP as code or in other words",
        page="KEP_127",
    ),
    "pull-request-of-several-keps": Case(
        body("[二つの PR](https://github.com/kubernetes/enhancements/pull/6093)"),
        "https://github.com/kubernetes/enhancements/pull/6093 is a pull request of several KEPs (KEP-127, KEP-128), "
        "so that the link is no reference; name the KEP in its text, if it is about one",
        page="二つの PR",
    ),
    "unsafe-link": Case(
        body("[文](javascript:alert(1))"),
        "the link javascript:alert(1) would run or draw what it holds itself, so it is drawn as text; "
        "link to a page, or show what it holds as code",
    ),
    "credentials-in-address": Case(
        body("- https://user:secret@example.org/"),
        "the address https://***@example.org has a user name or password, which is left out of the site; "
        "write it without, and change that password: it is in the history of the repository",
    ),
    "lookalike-host": Case(
        body("- https://gíthub.com/"),
        "the host gíthub.com (xn--gthub-zsa.com) looks like github.com and is another one; "
        "correct the link; remove it if you do not know that host",
    ),
    "kep-not-fetched": Case(body("KEP-8888"), "KEP-8888 is not in the lock; run `neco refresh`"),
    "card-not-fetched": Case(
        body("https://example.org/a"),
        "the card of https://example.org/a has no title yet; run `neco refresh` or give it one",
    ),
    "dead-link": Case(
        body(URL),
        f"the link {URL} is dead (failed on 3 days, noted last on 2026-07-01 with 410); "
        f'give a copy as @[card]({URL}){{archive="https://…"}}, or remove it',
        page="失われた頁",
        cards=(DEAD,),
    ),
    "undecided-proposal": Case(
        body(URL),
        f"{URL} says '別' since 2026-07-01, which its card has not taken, for the page asks for a password; "
        f"run `neco refresh {URL} --accept` to take it, or write `reject` as its decision in cards.json",
        page="知られた頁",
        cards=(PROPOSED,),
    ),
    "missing-card-picture": Case(
        body(URL),
        f"the picture docs/assets/cards/{PICTURE.file} of the card of {URL} is missing; "
        f"run `neco refresh {URL}`, or commit the file; the card is drawn without",
        page="絵のある頁",
        cards=(PICTURED,),
    ),
    "kep-number-mismatch": Case(
        body("[KEP-128](https://github.com/kubernetes/enhancements/issues/127)"),
        "the link text 'KEP-128' names another KEP than its address, KEP-127; "
        "the address counts; correct one of the two",
    ),
    "bad-kep-number": Case(
        body("KEP-12345678901234567890"),
        "KEP-12345678901234567890 cannot be a KEP number; KEP numbers run from 1 to 99999; it stays text",
        page="KEP-12345678901234567890",
    ),
    "bad-card": Case(
        body("@[card](https://example.org/a){titel=x}"),
        "'https://example.org/a' is not written as a card is: cannot read 'titel=x'; "
        "known are title, desc, archive, image, hide and size; "
        'write @[card](https://…){title="…" desc="…" image="a.png" hide=site size=large archive="https://…"}',
        page="example.org",
    ),
    "left-over-sign": Case(
        body("これは** 太字 **です"),
        "'** 太字 **です' is left on the page as text: strong words need `**` on both sides, and no space "
        "inside of it; correct it, ",
        page="** 太字 **",
    ),
    "looks-like-markup": Case(
        body("これは**太字です"), "'**太字です' stands on the page as text: strong words ", page="**太字"
    ),
    "fence-in-code": Case(
        body("```text\n一\n```sh\nls\n```"), "'```sh' stands inside of the code that begins in line 5; ", line=7
    ),
    "prose-in-code": Case(body("    ## 見出し"), "'## 見出し' is drawn as code, ", page="## 見出し"),
    "missing-image": Case(
        body("![図](./missing.png)"), "the picture ./missing.png does not exist; add the file, or correct its path"
    ),
    "unclosed-fence": Case(
        body("```yaml\na: 1"),
        "the code that '```yaml' opens is never closed; all that follows is code; "
        "close it with a line of the same marks",
        page="a: 1",
    ),
    "unclosed-box": Case(
        body(":::message\n箱"),
        "the box that ':::message' opens is never closed; all that follows is in the box; "
        "close it with a line of as many colons",
        page="箱",
    ),
    "correction-of-nothing": Case(
        body(":::correction\n箱\n:::"),
        "the box of a correction links to no issue, so that no issue shows the correction; "
        "let the first link of the box lead to the corrected section, `[…](2022-08-26.md#heading)`",
        page="箱",
    ),
    "too-deep": Case(
        body("> " * 51 + "底"),
        "lists, quotes and boxes lie more than 50 deep in each other; what is deeper is shown as text; "
        "nest them less deeply",
        page="> 底",
    ),
    "lost-cells": Case(
        body("| 一 |\n| --- |\n| 1 | 余り |"),
        "the row '| 1 | 余り |' has more cells than the first row of its table; the others are not shown; "
        "add columns to the first two rows, or write `\\|` for a `|` that is text",
        line=7,
    ),
    "repeated-footnote": Case(
        body("注[^a]\n\n[^a]: 一\n\n[^a]: 二"),
        "the footnote [^a] is defined once more, which is not shown; the first definition counts; give it another name",
        line=9,
        page="一",
    ),
    "unknown-tag": Case(
        body('<note kind="info">'),
        "<note> is no element of HTML; it stays text; correct the name, or write words in angle brackets as code",
        page="kind=",
    ),
    "bad-math": Case(
        body("$\\unknown$"),
        r"the formula `\unknown` cannot be drawn: \unknown is not known; "
        "correct its TeX; until then it is shown as written",
        page=r"\unknown",
    ),
    "bare-number": Case(
        body(" #127 が beta に"),
        "#127 alone is no reference to a KEP; write the number behind `KEP-`, or a link",
        page="#127 が beta に",
    ),
    "remote-picture": Case(
        body("![図](https://img.example.org/a.png)"),
        "readers' browsers ask img.example.org for the picture https://img.example.org/a.png; "
        "run `neco refresh`, which keeps a copy, or put the file into the docs folder",
    ),
    "foreign-request": Case(
        body('<iframe src="https://www.youtube.com/embed/x"></iframe>'),
        "<iframe> makes readers' browsers ask www.youtube.com; "
        "link to it, as a card for example, or put its file into the docs folder",
    ),
    "broken-front-matter": Case(
        "---\ntitle: a: b\n---\n\n# 号\n\n前の段落\n",
        "the front matter cannot be read (mapping values are not allowed in this context), so the issue is held back; "
        "correct or shorten it; a value that holds a colon needs quotes",
        line=2,
        page=None,
    ),
    "front-matter-not-first": Case(
        "\n\n---\ndate: 2026-01-09\n---\n\n# 号\n\n前の段落\n",
        "something stands before the front matter, so that GitHub and others print it as text; "
        "let the file begin with the front matter",
        line=3,
    ),
    "held-back": Case(
        "---\ntitle: 号\npublished: false\n---\n\n前の段落\n",
        "the issue is held back, for its front matter says `published: false`; remove that to publish it",
        line=3,
        page=None,
    ),
    "held-back-until": Case(
        "---\npublished_at: 2999-01-01 09:00\n---\n\n前の段落\n",
        "the issue is held back until 2999-01-01; build the site on that day or later, or correct the day",
        line=2,
        page=None,
    ),
    "held-back-unclear": Case(
        "---\nDraft: yes please\n---\n\n前の段落\n",
        "nobody can tell what `Draft: yes please` means, so the issue is held back; "
        "write `draft: true` or `draft: false`, and a day as YYYY-MM-DD",
        line=2,
        page=None,
    ),
    "unreadable-issue": Case(
        "# 号\n\n猫\n".encode("cp932"),
        "the file is not UTF-8 (byte 0x8d), it looks like Shift_JIS, so the issue is held back; save it as UTF-8 text",
        line=1,
        page=None,
    ),
    "empty-issue": Case(
        "---\ntitle: 号\n---\n\n<!-- あとで\n書く -->\n\u3000\n",
        "the issue has no text, so it is held back; write its text, or remove the file",
        line=1,
        page=None,
    ),
    "link-to-held-back": Case(
        body(f"前の段落と[次の号]({OTHER}.md#x)"),
        f"the link {OTHER}.md#x leads to an issue that is held back, so it is drawn as text; "
        "publish that issue, or remove the link",
        page="前の段落と次の号",
    ),
    "titles-differ": Case(
        "---\ntitle: 一の題\n---\n\n# 二の題\n\n前の段落\n",
        "the front matter calls the issue '一の題', and its heading '二の題'; "
        "the title of the front matter is drawn; remove one of the two",
    ),
    "issue-without-title": Case(
        "前の段落\n",
        "the issue has no title, so its date or its file's name is shown; "
        "begin it with `# title`, or write `title:` in its front matter",
        line=1,
        page=f"Issue of {DATE}",
    ),
    "future-date": Case(
        "---\ndate: 2999-01-01\n---\n" + body(""),
        "the date 2999-01-01 is still to come; write `draft: true` or `published_at:` to hold the issue back",
        line=1,
    ),
    "duplicate-issue-number": Case(
        "# Weekly #5\n\n前の段落\n",
        f"the number 5 is also that of docs/issues/2026/01/{DATE}.md; give one of the two its own number",
        line=1,
        path=issue_path(OTHER),
    ),
    "swallowed-first-line": Case(
        "KEP-1234: 最初の行\n\n# 号\n\n前の段落\n",
        "the first line 'KEP-1234: 最初の行' would be taken for metadata and vanish; "
        "put an empty line or a heading before it",
        line=1,
    ),
    "issue-without-date": Case(
        body(""),
        "the issue has no date; name the file YYYY-MM-DD.md, or write `date: YYYY-MM-DD` in its front matter",
        line=1,
        path="docs/issues/special.md",
    ),
    "duplicate-issue-date": Case(
        f"---\ndate: {OTHER}\n---\n" + body(""),
        f"the date {OTHER} is also the date of docs/issues/2026/01/{DATE}.md; give one of the two its own date",
        line=1,
        path=issue_path(OTHER),
    ),
}
INFORMATION = {
    "pull-request-of-several-keps",
    "kep-not-fetched",
    "card-not-fetched",
    "dead-link",
    "undecided-proposal",
    "missing-card-picture",
    "bare-number",
    "looks-like-markup",
    "prose-in-code",
    "remote-picture",
    "foreign-request",
    "held-back",
    "held-back-until",
    "issue-without-title",
    "future-date",
    "duplicate-issue-number",
}


OF_FILE_NAMES = {"no-issue-by-name", "names-differ-in-case"}
"""What follows from names alone: tests/issues/test_file_name_checks.py."""

OF_LINKS = {"missing-page", "missing-anchor", "link-to-held-back", "absolute-link"}
"""What MkDocs tells in its own words, so that only `neco check` tells it in ours."""


OF_THE_SITE = {"other-issues-folder", "no-issues", "no-issues-yet", "kep-from-plugin", "stopped-by-policy", "no-feeds"}
OF_THE_SITE |= {"no-social-cards", "no-phrases"}
"""What is told of the folder of the issues, of other plugins, policies, feeds, pictures: each has tests of its own."""


OF_ALIASES = {"bad-alias", "alias-taken"}
"""What is told of old addresses: tests/hosts/test_old_addresses.py."""

OF_TOPICS = {"bad-topic", "topic-page-taken"}
"""What is told of `topics.yml`: tests/hosts/test_mkdocs_topics.py."""

OF_THE_LOCK = {"old-lock"}
"""What is told of the lock as a whole: tests/hosts/test_cli_releases.py."""


def test_every_kind_of_problem_has_its_case() -> None:
    told_elsewhere = {
        "settings-differ",
        "example-site-url",
        *OF_FILE_NAMES,
        *OF_LINKS,
        *OF_THE_SITE,
        *OF_THE_LOCK,
        *OF_TOPICS,
        *OF_ALIASES,
        *STYLE_KINDS,
    } - {"link-to-held-back"}
    assert CASES.keys() == KINDS.keys() - told_elsewhere
    assert {code for code, kind in KINDS.items() if kind.severity == "info"} - told_elsewhere == INFORMATION


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path, **ENGLISH, validation={"links": {"not_found": "info"}})
    folder.lock(missing={9999: "not-found"})
    return folder


def write(code: str, folder: Folder) -> Case:
    case = CASES[code]
    folder.lock(
        kep(127, stage=Stage.ALPHA),
        missing={9999: "not-found", 6112: "pull-request"},
        cards=case.cards,
        pulls={6093: (127, 128)},
    )
    folder.write(case.path, case.text)
    if code == "duplicate-issue-date":
        folder.write(ISSUE, f"---\ndate: {OTHER}\n---\n# 号\n")
    if code == "duplicate-issue-number":
        folder.write(ISSUE, "# Weekly 第5回\n")
    if code == "link-to-held-back":
        folder.write(issue_path(OTHER), "---\ndraft: true\n---\n# 次の号\n")
    return case


@pytest.mark.parametrize("code", CASES)
def test_it_is_said_with_file_and_line_and_the_page_is_still_drawn(code: str, folder: Folder) -> None:
    case = write(code, folder)
    built = folder.build()
    said = built.infos if code in INFORMATION else built.warnings
    assert len(said) == 1
    assert said[0].startswith(f"neco-weekly: {case.path}:{case.line}: {case.said}")
    page = case.path.removeprefix("docs/").removesuffix(".md") + "/index.html"
    if case.page is None:
        assert page not in built.paths()
    else:
        assert case.page in squeezed(built.page(page).text)


@pytest.mark.parametrize("code", sorted(CASES.keys() - INFORMATION))
def test_a_warning_ends_a_strict_build(code: str, folder: Folder) -> None:
    write(code, folder)
    with pytest.raises(Abort):
        folder.build(strict=True)


@pytest.mark.parametrize("code", sorted(INFORMATION))
def test_what_is_not_fetched_yet_does_not_end_a_strict_build(code: str, folder: Folder) -> None:
    write(code, folder)
    assert folder.build(strict=True).warnings == []


def test_lines_are_those_of_the_file(folder: Folder) -> None:
    folder.write(ISSUE, "---\ntitle: 号\ndate: 2026-01-09\n---\n\n\n# 号\n\n- 一\n- KEP-9999\n")
    assert [message.split(": ")[1] for message in folder.build().warnings] == [f"{ISSUE}:10"]


def test_a_picture_that_is_there_is_no_problem(folder: Folder) -> None:
    folder.write(ISSUE, body("![図](./図%20一.png) ![ロゴ](../../../assets/logo.svg) ![外](https://example.org/x.png)"))
    folder.write("docs/issues/2026/01/図 一.png", b"")
    folder.write("docs/assets/logo.svg", "<svg/>")
    assert folder.build(strict=True).warnings == []


def test_a_picture_of_a_card_that_is_there_is_no_problem(folder: Folder) -> None:
    write("missing-card-picture", folder)
    folder.write(f"docs/assets/cards/{PICTURE.file}", b"RIFF")
    assert folder.build(strict=True).infos == []


def test_an_issue_without_problems_is_looked_at_again_where_a_file_or_the_lock_is_another(folder: Folder) -> None:
    picture = f"docs/assets/cards/{PICTURE.file}"

    def said() -> list[str]:
        built = folder.build()
        return [it.split(": ")[1] for it in (*built.warnings, *built.infos)]

    write("missing-card-picture", folder)
    folder.write(picture, b"RIFF")
    assert [said(), said()] == [[], []]
    (folder.root / picture).unlink()
    assert [said(), said()] == [[f"{ISSUE}:5"], [f"{ISSUE}:5"]]
    folder.write(picture, b"RIFF")
    assert said() == []
    folder.lock(kep(127))
    assert said() == [f"{ISSUE}:5"]


def test_a_problem_is_told_once_for_each_place(folder: Folder) -> None:
    folder.write(ISSUE, body("KEP-9999\n\nKEP-9999 ![図](a.png)\n\n![図](b.png)"))
    assert [message.split(": ")[1] for message in folder.build().warnings] == [f"{ISSUE}:{line}" for line in (5, 7, 9)]


# --- what cannot be read ------------------------------------------------------------------------------------------

UNREADABLE = {
    "a truncated lock": ("docs/_metadata/keps.json", b'{\n "schema": 1,\n', "keps.json:3: is not JSON"),
    "a lock of a newer version": (
        "docs/_metadata/cards.json",
        b'{"schema": 99}',
        "cards.json: was written by a newer neco-weekly (schema 99, this one reads up to 3); update neco-weekly",
    ),
    "a lock with merge markers": (
        "docs/_metadata/keps.json",
        b"{\n<<<<<<< HEAD\n",
        "keps.json:2: holds merge markers; take either side whole, then run `neco refresh`",
    ),
    "an override with an unknown key": (
        "docs/_metadata/overrides.yml",
        b"keps:\n  5:\n    titel: x\n",
        "overrides.yml:3: unknown key 'titel' of KEP 5",
    ),
    "a synonym that has none": (
        "docs/_metadata/synonyms.yml",
        "- [猫, cat]\n- 犬\n".encode(),
        "synonyms.yml:2: expected a list of words that mean the same; write each as `- [名前空間, namespace]`",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_ends_the_build_with_one_sentence(name: str, folder: Folder) -> None:
    path, content, sentence = UNREADABLE[name]
    folder.issue(OTHER)
    file = folder.write(path, content)
    done = run("mkdocs", "build", "-q", cwd=folder.root)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2  # MkDocs adds a line of its own
    assert file.read_bytes() == content
