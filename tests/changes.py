"""A small site, and what a team, its lock and other people's plugins may do to it: each change is made by chance."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from neco_weekly.lock.store import Lock, save_lock
from neco_weekly.model.cards import Card
from neco_weekly.model.gates import Gates
from neco_weekly.model.keps import Stage

from tests.gate_lines import gate, gates
from tests.pictures import drawn
from tests.sites import CONFIG, MATERIAL, TODAY, Folder, issue_path, kep, new_folder

DATES = ("2026-06-05", "2026-06-12", "2026-06-19", "2026-06-26", "2026-07-03")
NUMBERS = (127, 5, 3022, 9999)
CARD, OTHER_CARD = "https://example.jp/a", "https://example.jp/b"
TEXTS = (
    *(
        "猫の話。",
        "## 節\n\n鳥",
        "### 小さな節\n\n魚",
        "KEP-127 の話。",
        "## KEP-5\n\nKEP-3022 も。",
        "KEP-9999 とは。",
    ),
    *("Argo CD v2.5.0 が出ました。", "## CEL\n\nCEL とアルゴCD。", "CVE-2025-1974", "NodeSwap の話", "kep127 と K8s"),
    *(f"{CARD}\n", f"@[card]({OTHER_CARD})", "[これ](https://github.com/owner/tool/releases/tag/v1.0.0)"),
    *("![絵](/a.png)", "![絵](../../../a.png)", "[号](2026-06-05.md#節)", "[頁](../../../about.md)", "[無](no.md)"),
    *("[KEP](../../../keps/127.md)", "[話](../../../topics/cel.md)", "[SIG](../../../sigs/sig-node.md)", "$a^2$"),
    *("[PR](https://github.com/kubernetes/enhancements/pull/6093)", ":::message\n注\n:::", "```mermaid\ngraph LR\n```"),
    *(
        "|a|b|\n|-|-|\n|1|2|",
        "脚注[^1]\n\n[^1]: 注",
        "*[CEL]: Common\n\nCEL",
        "<!-- neco: ignore unknown-kep -->\n\n猫",
        '--8<-- "part.txt"',
    ),
    *(f":::correction\n[前の号]({date}.md)は誤り。\n:::" for date in DATES[:3]),
)
"""What an issue may say, a paragraph each."""
TOPICS = """\
argo-cd: { name: Argo CD, aliases: [アルゴCD], repo: argoproj/argo-cd, see_also: [cel] }
cel: { name: CEL, kind: standard }
"""
WATCHED = {"argoproj/argo-cd": {"releases": {"v2.5.*": "2026-06-01 06-03", "v2.6.*": "2026-06-20"}}}
FRONT_MATTER = (
    *("issue: 40", "tags: [猫]", "title: 別の題", "description: 前書き", "date: 2026-06-10", "draft: true"),
    *("published_at: 2026-09-01", "search: {exclude: true}", "search: {boost: 2}", "aliases: [/old/]", "hide: [toc]"),
    *("template: other.html", "status: new", "grammar: python-markdown", ": : nothing"),
)
OWN_PAGES = (
    *(
        "about.md",
        "keps/127.md",
        "keps/README.md",
        "topics/cel.md",
        "index.md",
        "README.md",
        "issues/index.md",
        "tags.md",
    ),
    *("releases/index.md", "about/index.md", "feed.xml", "404.md", "notes/a.md", "notes/b.md"),
)
OWN_TEXTS = (
    *("本文", "<!-- neco:home -->", "<!-- neco:archive -->", "KEP-127", "[号](issues/2026/06/2026-06-05.md)", CARD),
    *("## 節\n\n[別](notes/a.md#節)", "[KEP](keps/127.md)", "![](a.png)", "<!-- material/tags -->"),
)
NAVIGATIONS: Sequence[Any] = (
    *(None, ["index.md"], [{"家": "index.md"}, {"頁": "about.md"}], [{"節": ["about.md", {"号": "issues/index.md"}]}]),
    *(["keps/index.md", {"外": "https://example.jp/"}], ["no.md", "notes/a.md"], [{"KEP": "keps/127.md"}]),
)
SETTINGS: Sequence[Mapping[str, Any]] = (
    *(
        {"site_name": "Cat"},
        {"site_name": "Neco"},
        {"site_description": "話"},
        {"copyright": "猫"},
        {"site_author": "猫"},
    ),
    *({"site_url": "https://cat.test/sub/"}, {"site_url": ""}, {"site_url": "https://neco.test/"}),
    *({"use_directory_urls": False}, {"use_directory_urls": True}, {"repo_url": "https://github.com/a/b"}),
    *({"edit_uri": "edit/main/docs/"}, {"extra": {"motto": "猫"}}, {"extra": {"version": {"provider": "mike"}}}),
    *({"extra_css": ["own.css"]}, {"extra_javascript": ["own.js"]}, {"exclude_docs": "/_metadata/\n/notes/\n"}),
    *({"exclude_docs": "/_metadata/"}, {"not_in_nav": "/notes/\n"}, {"draft_docs": "/about.md\n"}, {"validation": {}}),
    *({"validation": {"links": {"anchors": "warn", "absolute_links": "relative_to_docs"}}}, {"remote_branch": "x"}),
)
OWN_MATERIAL = {**MATERIAL, "custom_dir": "overrides"}
THEMES: Sequence[Mapping[str, Any]] = (
    *(CONFIG["theme"], {**CONFIG["theme"], "language": "en"}, OWN_MATERIAL, {**OWN_MATERIAL, "language": "en"}),
    {**OWN_MATERIAL, "features": ["navigation.indexes", "navigation.tabs", "content.action.edit"]},
    {**OWN_MATERIAL, "palette": {"scheme": "slate"}},
)
OPTIONS: Mapping[str, Sequence[Any]] = {
    "locale": ("ja", "en", None),
    "link": ("never", "first"),
    "now": (True, False),
    "design": (True, False, False),
    "grammar": ("github", "python-markdown"),
    "grammar_for": ("issues", "all"),
    "pages": (True, False),
    "csp": (True, False),
    "releases": ({}, {"v1.37": "2026-07-20"}, {"v1.36": "2026-06-11"}),
    "ignore": ((), ("unknown-kep",)),
}
TOC = {"toc": {"slugify": "SLUGIFY"}}
EXTENSIONS: Sequence[Any] = (
    "pymdownx.snippets",
    "admonition",
    "footnotes",
    "abbr",
    "attr_list",
    "pymdownx.superfences",
    "pymdownx.mark",
)
PLUGINS: Sequence[Any] = (
    ["search"],
    [{"search": {"lang": "ja", "separator": r"[\s]+"}}],
    [{"search": {"enabled": False}}],
    ["search", "material/tags"],
    ["material/tags", {"search": {"lang": ["en", "ja"]}}],
    ["search", {"material/tags": {"tags_file": "tags.md"}}],
    ["search", "material/meta"],
    [],
)
MARK = "{{ mark }}{{ shout() if shout else '' }}"
BASE = "{% extends 'base.html' %}{% block content %}{{ super() }}"
_CONTEXT = "def on_page_context(context, *, page, **_):\n    {}\n    return context\n"
_FUNCTION = "def on_env(env, **_):\n    env.globals['shout'] = lambda: '{}'\n    return env\n"
_FILES = "from mkdocs.structure.files import File\ndef on_files(files, *, config):\n    {}\n    return files\n"
HOOKS = (
    "def on_page_markdown(text, *, page, **_):\n    return text + '\\n\\nKEP-3022' if '06-12' in page.url else text\n",
    "def on_page_markdown(text, *, page, **_):\n    return text + '\\n\\n[無](a.md)' if '06' in page.url else text\n",
    "def on_page_content(html, **_):\n    return html + '<p>犬</p>'\n",
    _CONTEXT.format("context['mark'] = '犬'"),
    _CONTEXT.format("context['mark'] = page.title"),
    _CONTEXT.format("page.thing = object()"),
    _FUNCTION.format("犬"),
    _FILES.format("files.append(File.generated(config, 'extra.md', content='# 足した頁\\n\\nKEP-127'))"),
    _FILES.format("[files.remove(it) for it in list(files) if it.src_uri == 'about.md']"),
    "def on_nav(nav, **_):\n    nav.pages[0].title = '犬'\n    return nav\n",
    "def on_config(config):\n    config.site_name += '犬'\n    return config\n",
    "def on_post_page(html, **_):\n    return html.replace('猫', '犬')\n",
    "def on_env(env, **_):\n    raise ValueError('犬')\n",
    "def on_page_read_source(*, page, **_):\n    return '# 犬\\n\\nKEP-5' if page.url == 'about/' else None\n",
)


T = TypeVar("T")


@dataclass
class ChangingSite:
    """A site's folder, with all that was last said in its settings and in its lock.

    `is_behind`: our plugin comes after the others. `moment` is that of all builds, in seconds since 1970.
    """

    folder: Folder
    chance: random.Random
    settings: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=lambda: {"issues": "issues"})
    extensions: list[Any] = field(default_factory=lambda: list(CONFIG["markdown_extensions"]))
    plugins: list[Any] = field(default_factory=lambda: ["search"])
    is_behind: bool = True
    moment: int = 1785000000
    lock: Lock = field(default_factory=lambda: Lock(as_of=TODAY, fetched={it: kep(it) for it in (127, 5)}))

    def begin(self) -> ChangingSite:
        """Write the site as it is before the first change."""
        template = (self.folder.root / "theme/main.html").read_text(encoding="utf-8")
        for name, mark in (("main.html", MARK), ("other.html", "<p>別</p>")):
            self.folder.write(f"theme/{name}", template + mark)
            self.folder.write(f"overrides/{name}", f"{BASE}{mark}{{% endblock %}}")
        for date in DATES[:3]:
            self.folder.issue(date, "\n\n".join(self.chance.sample(TEXTS, 5)))
        self.folder.write("docs/about.md", "# このサイト\n\n本文\n")
        self.folder.write("docs/a.png", drawn(30, 20))
        self.folder.write("part.txt", "一節")
        self.settings["theme"] = self.some(THEMES)
        self.folder.write("docs/_metadata/topics.yml", TOPICS)
        self.save()
        return self

    def save(self) -> None:
        """Write the settings and the lock."""
        ours = [{"neco-weekly": {name: value for name, value in self.options.items() if value is not None}}]
        plugins = [*self.plugins, *ours] if self.is_behind else [*ours, *self.plugins]
        self.folder.configure(**{"markdown_extensions": self.extensions, "plugins": plugins, **self.settings})
        save_lock(self.lock, self.folder.docs / "_metadata")

    def some(self, values: Sequence[T]) -> T:
        """Return one of some values."""
        return self.chance.choice(values)

    def issue_file(self) -> Path:
        """Return where some issue is, or could be."""
        there = sorted((self.folder.docs / "issues").rglob("2026-*.md"))
        return self.some([*there, self.folder.root / issue_path(self.some(DATES))])

    def page_file(self) -> Path:
        """Return where a page of a writer is, or could be."""
        return self.folder.docs / self.some(OWN_PAGES)


Change = Callable[[ChangingSite], object]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else f"# {path.stem} の号\n\n猫\n"


def _move(path: Path, to: Path) -> None:
    if path.exists() and path != to:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(to, ignore_errors=True) if to.is_dir() else to.unlink(missing_ok=True)
        path.rename(to)


# --- what writers do ----------------------------------------------------------------------------------------------


def new_issue(site: ChangingSite) -> None:
    text = "\n\n".join(site.chance.sample(TEXTS, site.chance.randint(0, 4)))
    site.folder.issue(site.some(DATES), text, title=site.some(["", "別の題", "KEP-127 の号"]))


def more_words(site: ChangingSite) -> None:
    _write(path := site.issue_file(), f"{_text(path)}\n{site.some(TEXTS)}\n")


def words_about_nothing(site: ChangingSite) -> None:
    """Add a paragraph without a reference, which is quoted nowhere: all that is kept of the site stays as it is."""
    there = sorted((site.folder.docs / site.options["issues"]).rglob("2026-*.md"))
    for path in [*there[:1], site.folder.docs / "about.md"]:
        if path.is_file():
            _write(path, f"{_text(path)}\n猫の話、{site.chance.randint(1, 999)} 回目。\n")


def fewer_words(site: ChangingSite) -> None:
    paragraphs = _text(path := site.issue_file()).split("\n\n")
    _write(path, "\n\n".join(paragraphs[:1] + paragraphs[2:]))


def other_order(site: ChangingSite) -> None:
    first, *paragraphs = _text(path := site.issue_file()).split("\n\n")
    _write(path, "\n\n".join([first, *reversed(paragraphs)]))


def front_matter(site: ChangingSite) -> None:
    path = site.some([site.issue_file, site.page_file])()
    body = _text(path).rpartition("---\n")[2]
    said = "\n".join(site.chance.sample(FRONT_MATTER, site.chance.randint(0, 3)))
    _write(path, f"---\n{said}\n---\n{body}" if said else body)


def issue_gone(site: ChangingSite) -> None:
    site.issue_file().unlink(missing_ok=True)


def issue_renamed(site: ChangingSite) -> None:
    date = site.some(DATES)
    names = (issue_path(date), f"docs/issues/{date}.md", f"docs/issues/2026/{date}-cat.md", "docs/issues/README.md")
    _move(site.issue_file(), site.folder.root / site.some(names))


def issues_moved(site: ChangingSite) -> None:
    before, now = site.options["issues"], site.some(["issues", "notes", "issues/weekly"])
    if before == now or now.startswith(before):
        return
    _move(site.folder.docs / before, site.folder.docs / now)
    site.options["issues"] = now


def own_page(site: ChangingSite) -> None:
    _write(site.page_file(), "\n\n".join(["# 頁", *site.chance.sample(OWN_TEXTS, 2)]))


def own_page_gone(site: ChangingSite) -> None:
    site.page_file().unlink(missing_ok=True)


def own_page_renamed(site: ChangingSite) -> None:
    _move(site.page_file(), site.page_file())


def picture(site: ChangingSite) -> None:
    site.folder.write(f"docs/{site.some(['a.png', 'issues/2026/06/a.png', 'b.png'])}", drawn(site.some([20, 900]), 20))


def picture_gone(site: ChangingSite) -> None:
    _move(site.folder.docs / "a.png", site.folder.docs / "b.png")


def style(site: ChangingSite) -> None:
    site.folder.write("docs/own.css", f"p {{ margin: {site.some([1, 2])}px }}")


def part(site: ChangingSite) -> None:
    site.folder.write("part.txt", site.some(["KEP-127 の一節", "別の一節 KEP-5"]))


def meta_file(site: ChangingSite) -> None:
    site.folder.write(
        f"docs/{site.some(['', 'issues/'])}.meta.yml", site.some(["tags: [鳥]\n", "hide: [toc]\n", "{}\n"])
    )


def line_ends(site: ChangingSite) -> None:
    if (file := site.issue_file()).is_file():
        written = file.read_bytes()
        file.write_bytes(written.replace(b"\r\n", b"\n") if b"\r\n" in written else written.replace(b"\n", b"\r\n"))


def later(site: ChangingSite) -> None:
    site.moment += site.some([1, 86_400, 60 * 86_400])


def preview(site: ChangingSite) -> None:
    """Look at a preview, which keeps what it draws in the same folder."""
    site.save()
    with suppress(Exception):  # which the build then ends in, too
        site.folder.build(command="serve", to="preview")


# --- settings -----------------------------------------------------------------------------------------------------


def navigation(site: ChangingSite) -> None:
    site.settings["nav"] = site.some(NAVIGATIONS)


def setting(site: ChangingSite) -> None:
    site.settings |= site.some(SETTINGS)


def theme(site: ChangingSite) -> None:
    site.settings["theme"] = site.some(THEMES)


def template(site: ChangingSite) -> None:
    file = site.folder.root / site.some(["theme/main.html", "overrides/main.html", "theme/other.html"])
    _write(file, file.read_text(encoding="utf-8").replace("{{ mark }}", "<hr>{{ mark }}"))


def option(site: ChangingSite) -> None:
    name = site.some(list(OPTIONS))
    site.options[name] = site.some(OPTIONS[name])


def extension(site: ChangingSite) -> None:
    name = site.some(EXTENSIONS)
    site.extensions = (
        [it for it in site.extensions if it != name] if name in site.extensions else [name, *site.extensions]
    )


def headings(site: ChangingSite) -> None:
    more: Sequence[dict[str, Any]] = ({}, {"permalink": True}, {"toc_depth": 2})
    site.extensions[-4] = {"toc": {**TOC["toc"], **site.some(more)}}


def plugins(site: ChangingSite) -> None:
    site.plugins, site.is_behind = site.some(PLUGINS), site.some([True, True, False])


def hook(site: ChangingSite) -> None:
    site.folder.write("hook.py", site.some(HOOKS))
    site.settings["hooks"] = ["hook.py"]


def hook_edited(site: ChangingSite) -> None:
    if (file := site.folder.root / "hook.py").exists():
        _write(file, file.read_text(encoding="utf-8").translate(str.maketrans("犬鯨", "鯨犬")))


def no_hook(site: ChangingSite) -> None:
    site.settings.pop("hooks", None)


# --- what is fetched, and what people say of it -------------------------------------------------------------------


def stage(site: ChangingSite) -> None:
    it, to = site.some(NUMBERS[:3]), site.some([*Stage, None])
    found = kep(it, site.some(["", "別の題"]), stage=to, milestone=site.some(["v1.35", "v1.36", "v1.37"]))
    site.lock = replace(site.lock, fetched={**site.lock.fetched, it: found}, missing={})


def kep_gone(site: ChangingSite) -> None:
    it = site.some(NUMBERS)
    left = {number: found for number, found in site.lock.fetched.items() if number != it}
    site.lock = replace(site.lock, fetched=left, missing={it: "not-found"})


def card(site: ChangingSite) -> None:
    found = Card(url=site.some([CARD, OTHER_CARD]), title=site.some(["題", "別の題"]), fetched=TODAY)
    site.lock = replace(site.lock, cards={**site.lock.cards, found.url: found})


def no_card(site: ChangingSite) -> None:
    site.lock = replace(site.lock, cards={})


def day(site: ChangingSite) -> None:
    site.lock = replace(site.lock, as_of=TODAY + timedelta(days=site.some([0, 7, 60])))


def pulls(site: ChangingSite) -> None:
    site.lock = replace(site.lock, pulls=site.some([{}, {6093: (127,)}, {6093: (5, 3022)}]))


def others(site: ChangingSite) -> None:
    site.lock = replace(site.lock, others={it: kep(it) for it in site.some([(), (300,), (300, 301)])})


def feature_gates(site: ChangingSite) -> None:
    swap = gate("NodeSwap", "alpha 1.22-1.27 off", *site.some([(), ("beta 1.28 on",)]), keps=(site.some(NUMBERS),))
    site.lock = replace(site.lock, gates=site.some([Gates(), gates(swap)]))


def people(site: ChangingSite) -> None:
    said = (f"{{note: {site.some('猫犬')}}}", "{same_as: 127}", "{stage: beta}")
    more = ("", "cards:\n  example.jp: { size: large }\n", 'official:\n  "1.35": { stable: [5] }\n')
    text = f"keps: {{{site.some(NUMBERS[1:])}: {site.some(said)}}}\n{site.some(more)}"
    site.folder.write("docs/_metadata/overrides.yml", text)


def synonyms(site: ChangingSite) -> None:
    site.folder.write("docs/_metadata/synonyms.yml", site.some(["- [猫, 犬]\n", "- [猫, cat]\n", "[]\n"]))


def topics(site: ChangingSite) -> None:
    more = site.some(["", "tool: { name: 道具, repo: owner/tool }\n", "bird: { name: 鳥, aliases: [節] }\n"])
    site.folder.write("docs/_metadata/topics.yml", site.some([TOPICS, TOPICS.replace("CEL,", "CELs,")]) + more)


def watched(site: ChangingSite) -> None:
    found = site.some([{}, WATCHED, {**WATCHED, "owner/tool": {"releases": {"v1.0.*": "2026-05-01"}}}])
    site.folder.write("docs/_metadata/topics.json", json.dumps({"schema": 1, "watched": found}))


# --- all of them --------------------------------------------------------------------------------------------------

CHANGES: Sequence[Change] = (
    *(words_about_nothing, words_about_nothing, words_about_nothing, new_issue, new_issue, more_words, more_words),
    *(fewer_words, fewer_words, other_order, other_order),
    *(front_matter, front_matter, issue_gone, issue_renamed, issue_renamed, issues_moved, line_ends),
    *(own_page, own_page, own_page, own_page_gone, own_page_renamed, picture, picture, picture_gone, style),
    *(part, meta_file, later, preview, navigation, setting, setting, setting, theme, template),
    *(option, option, option, extension, headings, plugins, hook, hook_edited, hook, hook_edited, no_hook),
    *(
        stage,
        stage,
        kep_gone,
        card,
        card,
        no_card,
        day,
        pulls,
        others,
        feature_gates,
        people,
        synonyms,
        topics,
        watched,
    ),
)
"""One deck: what is done more often, or in more ways, is in it more than once."""


def changing_site(root: Path, chance: random.Random) -> ChangingSite:
    """Return a site of three issues, as it is before the first change."""
    return ChangingSite(new_folder(root), chance).begin()
