"""Which topics there are, by `topics.yml` and by what issues name, and which issues are related."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from neco_weekly.grammar.topics_file import TopicMistake, TopicsFile
from neco_weekly.issues.index import Index, build_index
from neco_weekly.issues.related import MOST_RELATED, RelatedIssues
from neco_weekly.issues.topic_checks import topic_problems
from neco_weekly.issues.topic_index import TopicIndex, build_topic_index
from neco_weekly.model.issues import Issue, Mention, ReportedRelease, TopicMention
from neco_weekly.model.topics import Topic

ARGO = Topic(slug="argo-cd", name="Argo CD", repo="argoproj/argo-cd", is_written=True, line=3)


def link(*repos: str) -> tuple[TopicMention, ...]:
    return tuple(TopicMention(topic=it, by="repository", written=f"https://github.com/{it}") for it in repos)


def named(topic: str, *written: str) -> tuple[TopicMention, ...]:
    return tuple(TopicMention(topic=topic, by="name", written=it) for it in written)


def number(*numbers: str) -> tuple[TopicMention, ...]:
    return tuple(TopicMention(topic=it, by="number", written=it) for it in numbers)


def issue(day: int, *mentions: TopicMention, keps: Iterable[int] = (), releases: tuple[str, ...] = ()) -> Issue:
    date = dt.date(2022, 1, 1) + dt.timedelta(weeks=day)
    return Issue(
        path=f"issues/{date}.md",
        title=str(day),
        date=date,
        number=None,
        mentions=tuple(Mention(kep=it, written=f"KEP-{it}") for it in keps),
        topic_mentions=mentions,
        releases=tuple(ReportedRelease(topic="argo-cd", version=it) for it in releases),
    )


def topics(*issues: Issue, written: tuple[Topic, ...] = (), own: tuple[str, ...] = ()) -> TopicIndex:
    return build_topic_index(build_index(issues), written, own.__contains__)


def found(*issues: Issue, written: tuple[Topic, ...] = (), own: tuple[str, ...] = ()) -> dict[str, str]:
    return {slug: it.name for slug, it in topics(*issues, written=written, own=own).topics.items()}


def test_a_repository_is_a_topic_when_two_issues_link_to_it() -> None:
    assert found(issue(1, *link("x/tool"))) == {}
    assert found(issue(1, *link("x/tool")), issue(2, *named("x/tool", "Tool"))) == {}
    assert found(issue(1, *link("x/tool", "x/tool"))) == {}
    assert found(issue(1, *link("x/tool")), issue(2, *link("x/tool"))) == {"tool": "tool"}


def test_it_is_called_as_issues_write_it_most() -> None:
    issues = (
        issue(1, *link("x/tool-box"), *named("x/tool-box", "Tool Box", "toolbox")),
        issue(2, *link("x/tool-box"), *named("x/tool-box", "Tool Box")),
    )
    (topic,) = topics(*issues).topics.values()
    assert (topic.slug, topic.name, topic.repo, topic.kind) == ("tool-box", "Tool Box", "x/tool-box", "project")
    assert not topic.is_written


def test_two_repositories_of_one_name_have_their_owners_in_theirs() -> None:
    repos = ("a/tool", "b/tool", "c/Tool.x", "kubernetes/kubernetes", "d/__")
    both = (issue(1, *link(*repos)), issue(2, *link(*repos)))
    assert found(*both) == {"a-tool": "tool", "b-tool": "tool", "tool-x": "Tool.x", "d": "__"}


def test_none_has_the_page_of_another_or_a_writers_own() -> None:
    both = (issue(1, *link("x/argo-cd", "x/own", "x/index")), issue(2, *link("x/argo-cd", "x/own", "x/index")))
    assert found(*both, written=(ARGO,), own=("topics/own.md", "topics/x-own.md")) == {
        "argo-cd": "Argo CD",
        "x-argo-cd": "argo-cd",
        "x-index": "index",
        "x-own-2": "own",
    }


def test_a_number_is_a_topic_at_once_and_a_repository_of_that_name_another() -> None:
    both = (issue(1, *number("CVE-2022-3162"), *link("x/cve-2022-3162")), issue(2, *link("x/cve-2022-3162")))
    assert found(*both) == {"cve-2022-3162": "CVE-2022-3162", "x-cve-2022-3162": "cve-2022-3162"}
    assert topics(*both).topics["cve-2022-3162"].kind == "vulnerability"


def test_mentions_are_by_topic_newest_first_and_by_issue() -> None:
    old, new = issue(1, *named("argo-cd", "Argo CD"), *link("x/once")), issue(2, *link("x/two"), *link("argo-cd"))
    third = issue(3, *link("x/two"), releases=("v2.5.0",))
    index = topics(old, new, third, written=(ARGO,))
    assert {slug: [it.title for it, _ in places] for slug, places in index.mentions.items()} == {
        "two": ["3", "2"],
        "argo-cd": ["2", "1"],
    }
    assert index.by_issue == {third.path: ("two",), new.path: ("two", "argo-cd"), old.path: ("argo-cd",)}
    assert [(it.title, found[0].version) for it, found in index.releases["argo-cd"]] == [("3", "v2.5.0")]


def test_a_topic_that_nobody_names_is_there_all_the_same() -> None:
    index = topics(issue(1), written=(ARGO,))
    assert (list(index.topics), dict(index.mentions)) == (["argo-cd"], {})


# --- related issues -------------------------------------------------------------------------------------------------


def related(index: Index, path: str) -> list[tuple[str, tuple[int, ...], tuple[str, ...], tuple[str, ...]]]:
    table = RelatedIssues(
        index=index,
        topics=build_topic_index(index, [ARGO, Topic(slug="cilium", name="Cilium")]),
        sig_of={127: "sig-node", 128: "sig-node", 5: "sig-auth"}.get,
    )
    return [(it.issue.title, it.keps, it.sigs, it.topics) for it in table.of(path)]


def test_what_issues_share_makes_them_related_and_rare_things_more() -> None:
    issues = [
        issue(1, *named("argo-cd", "Argo CD"), keps=[127]),
        issue(2, *named("cilium", "Cilium"), keps=[5]),
        issue(3, *named("argo-cd", "Argo CD")),
        issue(4, keps=[128]),
        issue(5, *named("argo-cd", "Argo CD"), *named("cilium", "Cilium")),
        issue(6),
    ]
    index = build_index(issues)
    assert related(index, issues[4].path) == [
        ("2", (), (), ("cilium",)),
        ("3", (), (), ("argo-cd",)),
        ("1", (), (), ("argo-cd",)),
    ]
    assert related(index, issues[3].path) == [("1", (), ("sig-node",), ())]
    assert related(index, issues[5].path) == related(index, "issues/none.md") == []


def test_of_a_thing_that_all_name_only_those_near_in_time_are_looked_at() -> None:
    issues = [issue(it, *named("argo-cd", "Argo CD")) for it in range(200)]
    near = related(build_index(issues), issues[100].path)
    assert [title for title, *_ in near] == ["101", "99", "102"]
    assert len(near) == MOST_RELATED


# --- problems -------------------------------------------------------------------------------------------------------


def test_mistakes_and_pages_that_writers_have_are_problems() -> None:
    file = TopicsFile(topics=(ARGO,), mistakes=(TopicMistake(line=7, what="'b' is bad", hint="correct it"),))
    told = [str(it) for it in topic_problems(file, "docs/_metadata/topics.yml", lambda path: True)]
    assert told == [
        "docs/_metadata/topics.yml:7: 'b' is bad; correct it; until then that alone is left out",
        "docs/_metadata/topics.yml:3: the page topics/argo-cd.md of the topic Argo CD would lie where a page of yours "
        "is; yours stays; give the topic another name in topics.yml if you want both",
    ]
    assert list(topic_problems(TopicsFile(topics=(ARGO,)), "topics.yml", lambda path: False)) == []
