"""Generated sites: weekly issues of realistic Japanese Markdown, the same for the same dates and KEP numbers.

An issue depends on nothing but its date and the KEP numbers: the site of 10 issues is the newest part of that of 1000.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import vocabulary as words

NEWEST = dt.date(2026, 7, 17)
ISSUE_BYTES = 9_000
REFERENCES = 16
CARDS = 7
SUBSECTIONS = 10
COMPOUNDS, GATES = 20_000, 4_000
"""How many compounds and names of feature gates the authors know."""

REFERENCE_PLACES = ("heading",) * 5 + ("list",) * 5 + ("sentence",) * 6

ISSUE_URL = "https://github.com/kubernetes/enhancements/issues"
HEADING_FORMS = (
    f"[#{{n}}]({ISSUE_URL}/{{n}}) {{title}}",
    f"{{title}} [KEP-{{n}}]({ISSUE_URL}/{{n}})",
    "KEP-{n}: {title}",
)
LIST_FORMS = (
    f"- [KEP-{{n}}]({ISSUE_URL}/{{n}}): {{reason}}",
    "- [{reason}](https://kep.k8s.io/{n})",
    "- kubernetes/enhancements#{n}: {reason}",
    "- {reason}（KEP #{n}）",
)
SENTENCE_FORMS = ("KEP-{n}", "KEP {n}", "KEP #{n}", "KEP-{n:04}", f"[提案]({ISSUE_URL}/{{n}})", "k/enhancements#{n}")


def write_site(folder: Path, count: int, kep_numbers: Sequence[int]) -> None:
    """Write `docs/` with an index page and the newest `count` issues below `folder`."""
    docs = folder / "docs"
    (docs / "issues").mkdir(parents=True, exist_ok=True)
    for date in issue_dates(count):
        path = docs / f"issues/{date:%Y/%m}/{date}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(issue_text(date, kep_numbers), encoding="utf-8")
    (docs / "index.md").write_text("# Neco Weekly\n\nクラウドネイティブの話題を毎週お届けします。\n", encoding="utf-8")


def issue_dates(count: int) -> Iterator[dt.date]:
    """The dates of `count` weekly issues, newest first."""
    return (NEWEST - dt.timedelta(weeks=week) for week in range(count))


def issue_text(date: dt.date, kep_numbers: Sequence[int]) -> str:
    """Markdown of the issue of `date`: about ISSUE_BYTES of UTF-8 with REFERENCES references and CARDS cards."""
    rng = random.Random(f"neco-weekly {date}")
    places = rng.sample(REFERENCE_PLACES, REFERENCES)
    references = list(zip(places, rng.sample(kep_numbers, REFERENCES), strict=True))
    with_card = set(rng.sample(range(SUBSECTIONS), CARDS))
    text = f"# Neco Weekly ({date}号)\n\n{fill(rng, rng.choice(words.OPENING))}\n"
    sections = iter(rng.sample(words.SECTIONS, SUBSECTIONS))
    for number in range(SUBSECTIONS):
        if number % 3 == 0:
            text += f"\n## {next(sections)}\n"
        text += "\n" + "\n\n".join(_subsection(rng, references[number::SUBSECTIONS], card=number in with_card)) + "\n"
        while len(text.encode()) < ISSUE_BYTES * (number + 1) // SUBSECTIONS - 250:
            text += f"\n{_paragraph(rng)}\n"
    return f"{text}\n## あとがき\n\n{fill(rng, rng.choice(words.CLOSING))}\n"


def fill(rng: random.Random, sentence: str) -> str:
    """The sentence with its slots filled, inline code in backticks."""
    for slot, choose in SLOTS.items():
        while slot in sentence:
            sentence = sentence.replace(slot, choose(rng), 1)
    return sentence


def _compound(rng: random.Random) -> str:
    """A compound: some are in fashion and in every issue, most are seldom heard of."""
    return _made(rng, COMPOUNDS, lambda it: it.choice(words.FRONTS) + it.choice(words.MIDDLES) + it.choice(words.BACKS))


def _gate(rng: random.Random) -> str:
    return _made(rng, GATES, lambda it: "".join(it.sample(words.GATE_WORDS, 3)))


def _made(rng: random.Random, count: int, make: Callable[[random.Random], str]) -> str:
    """One of `count` words, as people use them: the second half as often as the first, the tenth a tenth as often."""
    rank = int(count ** rng.random())
    return make(random.Random(f"neco-weekly {count} {rank}"))


SLOTS: Mapping[str, Callable[[random.Random], str]] = {
    "{part}": lambda rng: rng.choice(words.PARTS),
    "{place}": lambda rng: rng.choice(words.PLACES),
    "{code}": lambda rng: f"`{rng.choice(words.CODES)}`",
    "{compound}": _compound,
    "{gate}": _gate,
}


class CardWords(NamedTuple):
    """An invented web page: its address and what it says of itself, as plain text."""

    url: str
    title: str
    desc: str


def card_words(rng: random.Random) -> CardWords:
    """A page that nobody has written yet."""
    return CardWords(
        url=f"https://{rng.choice(words.HOSTS)}.example/{rng.randint(2015, 2026)}/{rng.randrange(16**6):06x}",
        title=fill(rng, rng.choice(words.CARD_TITLES)).replace("`", ""),
        desc=fill(rng, rng.choice(words.SENTENCES)).replace("`", ""),
    )


def _subsection(rng: random.Random, references: Sequence[tuple[str, int]], *, card: bool) -> Iterator[str]:
    """The blocks of one subsection, each reference in its place."""
    numbers = {place: [n for where, n in references if where == place] for place in REFERENCE_PLACES}
    yield "### " + _heading(rng, numbers["heading"])
    yield _paragraph(rng, numbers["sentence"])
    if numbers["list"]:
        items = (rng.choice(LIST_FORMS).format(n=n, reason=rng.choice(words.LIST_REASONS)) for n in numbers["list"])
        yield "\n".join((*items, f"- {rng.choice(words.LIST_REASONS)}: `{rng.choice(words.CODES)}`"))
    if card:
        yield _card(rng)
    extra = rng.random()
    if extra < 0.1:
        yield _table(rng)
    elif extra < 0.2:
        yield _yaml(rng)


def _heading(rng: random.Random, numbers: Sequence[int]) -> str:
    """A heading of level 3; with several numbers it names them all, as authors do."""
    named = (rng.choice(HEADING_FORMS).format(n=n, title=_title(rng)) for n in numbers)
    return " + ".join(named) or _title(rng)


def _title(rng: random.Random) -> str:
    return fill(rng, rng.choice(words.HEADINGS))


def _paragraph(rng: random.Random, numbers: Sequence[int] = ()) -> str:
    """Two sentences, and one more for each number."""
    mentions = (
        rng.choice(words.MENTIONS).replace("{kep}", rng.choice(SENTENCE_FORMS).format(n=number)) for number in numbers
    )
    return "\n".join(fill(rng, sentence) for sentence in (*rng.sample(words.SENTENCES, 2), *mentions))


def _card(rng: random.Random) -> str:
    """A card whose title and description the author gives: our own form, or what Embedly's editor writes."""
    card = card_words(rng)
    if rng.random() < 0.5:
        return f'@[card]({card.url}){{title="{card.title}" desc="{card.desc}"}}'
    heading = f'<h4><a href="{card.url}">{card.title}</a></h4>'
    return f'<blockquote class="embedly-card" data-card-controls="0">{heading}<p>{card.desc}</p></blockquote>'


def _table(rng: random.Random) -> str:
    rows = ((item, f"{rng.randint(1, 90)}", f"{rng.randint(1, 90)}") for item in rng.sample(words.TABLE_ITEMS, 3))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (words.TABLE_HEAD, ("---",) * 3, *rows))


def _yaml(rng: random.Random) -> str:
    block = words.YAML_BLOCK.format(
        name=rng.choice(words.HOSTS),
        replicas=rng.randint(2, 9),
        grace=rng.choice((30, 60, 90)),
        minor=rng.randint(20, 36),
        comment=rng.choice(words.LIST_REASONS),
        cpu=rng.randint(1, 8),
        memory=rng.choice((256, 512, 1024)),
    )
    return f"```yaml\n{block}```"
