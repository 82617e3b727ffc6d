"""Which other names topics could have, by what issues call them."""

from __future__ import annotations

from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.topics_file import TopicsFile
from neco_weekly.issues.alias_suggestions import alias_suggestions
from neco_weekly.issues.index import Index, build_index, make_issue
from neco_weekly.issues.scan import Scanner
from neco_weekly.model.topics import Topic

PAGE = "https://docs.example/cache"
OTHER = "https://docs.example/other"
TOPICS = TopicsFile(
    topics=(
        Topic(slug="cache", name="Consistent list cache", docs=(PAGE,), kind="technique"),
        Topic(slug="other", name="Zorbing", aliases=("Dust",), docs=(OTHER,), kind="technique"),
    )
)


def suggested(*texts: str) -> dict[str, tuple[str, int, int, int]]:
    """Topic, issues that call it so, sections, sections about it; by the alias. Each text is an issue."""

    def read(topics: TopicsFile) -> Index:
        scanner = Scanner(topics=topics)
        parts = {f"issues/2022-01-{day:02}.md": take_apart(text) for day, text in enumerate(texts, 1)}
        return build_index(make_issue(path, it, scanner.scan(it.body)) for path, it in parts.items())

    found = alias_suggestions(read(TOPICS), TOPICS, read)
    return {it.alias: (it.topic.slug, len(it.issues), it.sections, it.known) for it in found}


def link(words: str, page: str = PAGE) -> str:
    return f"[{words}]({page})\n"


def test_what_two_issues_call_a_topic_and_others_write_without_a_link() -> None:
    assert suggested(link("listcache."), link("the Listcache"), "Listcache\n") == {"Listcache": ("cache", 2, 3, 2)}


def test_words_that_find_nothing_new_are_none() -> None:
    assert suggested(link("Listcache"), link("Listcache")) == {}
    assert suggested("Listcache\n", "Listcache\n") == {}


def test_words_of_anything_are_none() -> None:
    everywhere = ["Listcache\n"] * 5
    assert suggested(link("Listcache"), link("Listcache"), *everywhere) == {}
    common = [link("replace"), link("replace"), "replace\n", "replace\n"]
    assert suggested(*common) == {}
    assert suggested(*common, *[link("replace")] * 3) == {"replace": ("cache", 5, 7, 5)}


def test_words_that_lead_to_two_topics_are_none() -> None:
    both = [link("Listcache"), link("Listcache"), link("Listcache", OTHER), "Listcache\n"]
    assert suggested(*both) == {}


def test_one_issue_is_enough_where_the_words_are_of_the_name_or_hardly_stand_elsewhere() -> None:
    assert suggested(link("list cache"), "list cache\n") == {"list cache": ("cache", 1, 2, 1)}
    named = ["Consistent list cache, Listcache\n"] * 2
    assert suggested(link("Listcache"), *named, "Listcache\n") == {"Listcache": ("cache", 1, 4, 3)}
    assert suggested(link("Listcache"), *named[:1], "Listcache\n") == {}


def test_a_name_made_short_needs_no_link() -> None:
    texts = ["Consistent list cache; consistent cache\n"] * 3
    assert suggested(*texts, "the consistent cache\n") == {"Consistent cache": ("cache", 0, 4, 3)}
    assert suggested(*texts[:2], "the consistent cache\n") == {}


def test_a_name_in_small_letters_and_an_abbreviation() -> None:
    dust = [link("dust", OTHER)] * 3
    assert suggested(*dust, "dust\n") == {"dust": ("other", 3, 4, 3)}
    short = ["Consistent list cache (CLC)\n"] * 2
    assert suggested(*short, "CLC\n") == {"CLC": ("cache", 2, 3, 2)}


def test_numbers_sentences_and_addresses_are_no_names() -> None:
    words = ("#1234", "2022", "Was it?", "one two three four five six", "x/y", "12")
    assert [it for it in words if suggested(link(it), link(it), f"{it}\n")] == []
