"""`topics.yml`: what people say of topics, and how each mistake is named and costs nothing else."""

from __future__ import annotations

from pathlib import Path

from neco_weekly.display.problem_words import sentence_in_japanese
from neco_weekly.grammar.topics_file import TopicsFile, load_topics
from neco_weekly.lock.store import load_lock
from neco_weekly.model.keps import Link
from neco_weekly.model.topics import Topic


def load(folder: Path, text: str) -> TopicsFile:
    path = folder / "topics.yml"
    path.write_text(text, encoding="utf-8")
    return load_topics(path)


EVERYTHING = """\
# 人が書くファイル
argo-cd:
  name: Argo CD
  aliases: [argocd, アルゴCD]
  kind: project
  repo: argoproj/argo-cd
  docs: https://argo-cd.readthedocs.io/
  about: >
    Git にある定義へクラスタを
    合わせ続ける。
  sources:
    - https://argo-cd.readthedocs.io/
    - {title: 発表, url: "https://blog.example/argo"}
  see_also: [flux]
flux:
  name: Flux
  repo: https://github.com/fluxcd/flux2
  always: [flux2]
  aliases: flux2
stern: {name: Stern, repo: stern/stern, always: true}
cilium:
cve-2024-3094: {name: xz の裏口}
server-side-apply: {name: Server-Side Apply, kind: standard, always: no}
"""


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    said = load(tmp_path, EVERYTHING)
    assert said.mistakes == ()
    argo, flux, stern, cilium, xz, apply = said.topics
    assert argo == Topic(
        slug="argo-cd",
        name="Argo CD",
        kind="project",
        aliases=("argocd", "アルゴCD"),
        repo="argoproj/argo-cd",
        docs=("https://argo-cd.readthedocs.io/",),
        summary="Git にある定義へクラスタを 合わせ続ける。",
        sources=(
            Link(title="https://argo-cd.readthedocs.io/", url="https://argo-cd.readthedocs.io/"),
            Link(title="発表", url="https://blog.example/argo"),
        ),
        see_also=("flux",),
        is_written=True,
        line=2,
    )
    assert (flux.repo, flux.always, flux.aliases) == ("fluxcd/flux2", frozenset(["flux2"]), ("flux2",))
    assert (stern.always, apply.always, cilium.name) == (frozenset(["Stern"]), frozenset(), "cilium")
    assert [it.kind for it in (flux, cilium, xz, apply)] == ["project", "technique", "vulnerability", "standard"]


def test_nothing_is_no_topic(tmp_path: Path) -> None:
    assert load_topics(tmp_path / "topics.yml") == TopicsFile()
    texts = ("", "# 何もない\n", "---\n", "null\n", "{}\n")
    assert [text for text in texts if load(tmp_path, text) != TopicsFile()] == []


MISTAKES: tuple[tuple[str, int, str, list[str]], ...] = (
    ("- a\n", 1, "expected topics, such as `argo-cd: {name: Argo CD}`", []),
    ("猫\n", 1, "expected topics", []),
    ("a: [b\n", 2, "is not YAML: ", []),
    ("a: &a\n  name: *a\n", 2, "the alias *a repeats what it stands in", []),
    ("aa:\n  colour: red\n", 2, "unknown key 'colour' of the topic aa", ["aa"]),
    ("aa: Argo\nbb:\n", 1, "expected fields of the topic aa", ["bb"]),
    ("aa:\naa: {name: x y}\n", 2, "`aa` stands here for the second time", ["aa"]),
    ("aa: {name: Xx, name: Yy}\n", 1, "`name` stands here for the second time", ["Xx"]),
    ("? [a]\n: b\ncc:\n", 1, "expected topics", ["cc"]),
    ("Argo CD:\ncc:\n", 1, "'Argo CD' cannot be the address of a topic's page", ["cc"]),
    ("../x:\n", 1, "'../x' cannot be the address", []),
    ("index:\n", 1, "'index' cannot be the address", []),
    ("a--b:\n", 1, "'a--b' cannot be the address", []),
    (f"{'a' * 81}:\n", 1, "cannot be the address", []),
    ("aa: {aliases: [b, cc]}\n", 1, "the name 'b' has one letter", ["aa", "cc"]),
    ("aa: {aliases: [猫]}\n", 1, "the name '猫' has one letter", ["aa"]),
    ("aa: {name: 。, aliases: [127]}\n", 1, "the name '127' has no letter", ["aa"]),
    ("a:\n", 1, "the name 'a' has one letter", []),
    (f"aa:\n  aliases:\n    - {'b' * 500}\n", 3, "a name of 500 letters is too long", ["aa"]),
    ("aa: {name: ''}\n", 1, "expected text", ["aa"]),
    ('aa: {name: "b\\u0007c"}\n', 1, "holds a control character", ["aa"]),
    ("aa: {kind: thing}\n", 1, "'thing' is no kind of topic", ["aa"]),
    ("aa: {repo: argo-cd}\n", 1, "'argo-cd' is no repository of GitHub", ["aa"]),
    ("aa: {repo: 'https://github.com/features/actions'}\n", 1, "is no repository of GitHub", ["aa"]),
    ("aa: {repo: 'a/b/c'}\n", 1, "'a/b/c' is no repository of GitHub", ["aa"]),
    ("aa: {docs: ['javascript:alert(1)']}\n", 1, "'javascript:alert(1)' is not an http(s) URL", ["aa"]),
    ("aa: {sources: [{title: x}]}\n", 1, "a source is a URL, or has `title` and `url`", ["aa"]),
    ("aa: {sources: [{title: x, url: b}]}\n", 1, "'b' is not an http(s) URL", ["aa"]),
    ("aa: {see_also: [aa]}\n", 1, "the topic aa names itself", ["aa"]),
    ("aa:\n  see_also:\n  - bb\n", 3, "there is no topic 'bb' here", ["aa"]),
    ("aa: {always: [Bb]}\n", 1, "'Bb' is no name of the topic aa", ["aa"]),
    ("aa: {name: Argo CD}\nbb: {name: Bb, aliases: [argocd, Cc]}\n", 2, "'argocd' is already", ["Argo CD", "Bb", "Cc"]),
    ("aa: {aliases: [Bb]}\nbb: {name: bb}\n", 1, "'Bb' is already a name of the topic bb", ["aa", "bb"]),
    ("aa: {name: Xx}\nbb:\n  name: xx\ncc:\n", 3, "'xx' is already a name of the topic aa", ["Xx", "cc"]),
    ("aa: {repo: x/y}\nbb: {repo: X/Y}\n", 2, "X/Y is already the repository of the topic aa", ["aa", "bb"]),
)
"""A file, the line of a mistake in it, the beginning or a part of what is said, and the names that still count."""


def test_a_mistake_is_one_sentence_with_its_line_and_costs_no_other(tmp_path: Path) -> None:
    wrong = []
    for text, line, what, names in MISTAKES:
        said = load(tmp_path, text)
        left = [name for topic in said.topics for name in topic.names]
        told = [(it.line, it.what) for it in said.mistakes]
        sentences = all(it.hint and "\n" not in f"{it.what}{it.hint}" for it in said.mistakes)
        if not any(line == at and what in it for at, it in told) or left != names or not sentences:
            wrong.append((text, told, left))
    assert wrong == []


def test_every_mistake_is_said_in_japanese(tmp_path: Path) -> None:
    mistakes = [it for text, *_ in MISTAKES for it in load(tmp_path, text).mistakes]
    said = {sentence for it in (*mistakes, *load(tmp_path, BOMB).mistakes) for sentence in (it.what, it.hint)}
    assert [it for it in said if sentence_in_japanese(it) == it] == []


def test_a_file_that_is_too_large_or_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "topics.yml"
    path.write_bytes("argo-cd: {name: アルゴ}\n".encode("cp932"))
    (mistake,) = load_topics(path).mistakes
    assert (mistake.line, mistake.hint) == (1, "save it as UTF-8")
    (mistake,) = load(tmp_path, "#" * 300_000).mistakes
    assert mistake.hint == "shorten it"


BOMB = "a0: &a0 {about: x}\n" + "".join(
    f"a{n}: &a{n} {{see_also: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12)
)


def test_aliases_that_stand_for_gigabytes_are_refused(tmp_path: Path) -> None:
    (mistake,) = load(tmp_path, BOMB).mistakes
    assert "its aliases stand for more than" in mistake.what


def test_two_names_of_one_topic_may_be_one(tmp_path: Path) -> None:
    said = load(tmp_path, "argo-cd: {name: Argo CD, aliases: [argocd, Argo-CD]}\n")
    assert (said.mistakes, len(said.topics)) == ((), 1)


def test_the_lock_has_them_and_notices_when_they_change(tmp_path: Path) -> None:
    assert load_lock(tmp_path).topics == TopicsFile()
    load(tmp_path, "argo-cd: {name: Argo CD}\n")
    assert [it.name for it in load_lock(tmp_path).topics.topics] == ["Argo CD"]
    load(tmp_path, "argo-cd: {name: Argo CDs}\n")
    assert [it.name for it in load_lock(tmp_path).topics.topics] == ["Argo CDs"]
