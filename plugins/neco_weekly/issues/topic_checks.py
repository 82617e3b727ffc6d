"""Checks of topics: mistakes in `topics.yml`, and a topic whose page a writer has written."""

from __future__ import annotations

from collections.abc import Iterator

from ..grammar.topics_file import TopicsFile
from ..model.paths import TOPIC_PAGE
from .problem_kinds import make_problem
from .problems import Problem
from .topic_index import IsWritten


def topic_problems(file: TopicsFile, path: str, is_written: IsWritten) -> Iterator[Problem]:
    """Yield the problems of `topics.yml`, which is at `path` as its author knows that."""
    for mistake in file.mistakes:
        yield make_problem("bad-topic", path, mistake.line, detail=mistake.what, remedy=mistake.hint)
    for topic in file.topics:
        page = TOPIC_PAGE.format(slug=topic.slug)
        if is_written(page):
            yield make_problem("topic-page-taken", path, topic.line, written=topic.name, detail=page)
