"""Known items: queries drawn from a site, each with the places that a reader looks for with it.

A heading word for word, a compound that stands in few sections, and the same as they come out of a keyboard: in another
width or case, without a long vowel, with one slip, with a space more or fewer. The same sections and the same seed give
the same items. H@k of them is the share of items of which one target is a visible row in the first k groups of results,
a group being a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice, permutations, zip_longest
from random import Random

from tests.site.search.sections import PageSection, Place

FEW = 3
"""In as many places an item may stand: what is in more is not looked for by itself."""

_COMPOUND = re.compile("[一-鿿々ァ-ヺ][一-鿿々ァ-ヺー]{3,}")
_WORD = re.compile("[A-Za-z]+|[ァ-ヺー]+")
_SLIPPERY = re.compile("[A-Za-z]{5,}|[ァ-ヺ][ァ-ヺー]{3,}")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_NARROW = {
    ord(unicodedata.normalize("NFKC", narrow)): narrow
    for letter in map(chr, range(0xFF66, 0xFF9E))
    for narrow in (letter, f"{letter}ﾞ", f"{letter}ﾟ")
    if len(unicodedata.normalize("NFKC", narrow)) == 1
}
_SCRIPTS = ("[A-Za-z0-9]", "[ァ-ヺー]", "[ぁ-ゖ一-鿿々]")
_JAPANESE = "[ぁ-ゖァ-ヺー一-鿿々]"


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownItem:
    """A query, how it was made (`heading`, `compound`, or a name of `PERTURBATIONS`), and where its answer is."""

    query: str
    kind: str
    targets: tuple[Place, ...]


def headings(sections: Sequence[PageSection], *, count: int, seed: int) -> list[KnownItem]:
    """Headings word for word; the targets are all that are written alike. Fewer than `count` if there are fewer."""
    return list(islice(_headings(_Texts(sections), Random(f"heading {seed}")), count))


def compounds(sections: Sequence[PageSection], *, count: int, seed: int) -> list[KnownItem]:
    """Runs of four and more kanji and katakana; the targets are all sections with one. Fewer if there are fewer."""
    return list(islice(_compounds(_Texts(sections), Random(f"compound {seed}")), count))


def perturbed(sections: Sequence[PageSection], *, each: int, seed: int) -> list[KnownItem]:
    """Headings and compounds by turns, spelt otherwise: `each` of every kind, fewer where there are fewer."""
    texts = _Texts(sections)
    return [
        item
        for kind, perturb in PERTURBATIONS.items()
        for item in islice(_perturbed(texts, kind, perturb, Random(f"{kind} {seed}")), each)
    ]


def folded(text: str) -> str:
    """What a spelling comes down to: width, case, spaces and long vowels aside."""
    return re.sub("(?<=[ァ-ヺー])ー", "", "".join(unicodedata.normalize("NFKC", text).casefold().split()))


class _Texts:
    """Sections, and the folded words of each."""

    def __init__(self, sections: Sequence[PageSection]) -> None:
        self.sections = sections
        self.written = "\n".join(f"{section.heading}\n{section.text}" for section in sections)
        self._folded = [f"{folded(section.heading)}\n{folded(section.text)}" for section in sections]

    def places_with(self, words: str) -> tuple[Place, ...]:
        wanted = folded(words)
        pairs = zip(self.sections, self._folded, strict=True)
        return tuple(section.place for section, text in pairs if wanted in text)


def _headings(texts: _Texts, rng: Random) -> Iterator[KnownItem]:
    known = sorted((section for section in texts.sections if len(folded(section.heading)) > 1), key=_by_heading)
    groups = [list(group) for _, group in groupby(known, lambda section: folded(section.heading))]
    for group in rng.sample(groups, len(groups)):
        targets = tuple(section.place for section in group)
        if len(targets) <= FEW:
            yield KnownItem(query=group[0].heading, kind="heading", targets=targets)


def _by_heading(section: PageSection) -> tuple[str, str, Place]:
    return folded(section.heading), section.heading, section.place


def _compounds(texts: _Texts, rng: Random) -> Iterator[KnownItem]:
    runs = sorted({run for it in texts.sections for words in (it.heading, it.text) for run in _COMPOUND.findall(words)})
    for run in rng.sample(runs, len(runs)):
        targets = texts.places_with(run)
        if len(targets) <= FEW:
            yield KnownItem(query=run, kind="compound", targets=targets)


def _perturbed(texts: _Texts, kind: str, perturb: Perturbation, rng: Random) -> Iterator[KnownItem]:
    """An item of each base that this can happen to."""
    by_turns = chain.from_iterable(zip_longest(_headings(texts, rng), _compounds(texts, rng)))
    for base in filter(None, by_turns):
        spellings = sorted(perturb(base.query) - {base.query})
        query = rng.choice(spellings) if spellings else None
        if query and query not in texts.written and not _means_something_else(query, base, texts):
            yield replace(base, query=query, kind=kind)


def _means_something_else(query: str, base: KnownItem, texts: _Texts) -> bool:
    """Whether a word came out that the site has, too: no mistake, then, but another question."""
    new_words = set(_WORD.findall(query)) - set(_WORD.findall(base.query))
    return folded(query) != folded(base.query) and any(texts.places_with(word) for word in new_words)


# --- spellings ----------------------------------------------------------------------------------------------------


def widths(query: str) -> set[str]:
    """Letters, digits and signs full-width, katakana half-width, or both."""
    wide, narrow = query.translate(_WIDE), query.translate(_NARROW)
    return {wide, narrow, narrow.translate(_WIDE)}


def cases(query: str) -> set[str]:
    """All capitals, no capitals, the other way round."""
    return {query.upper(), query.lower(), query.swapcase()}


def short_vowels(query: str) -> set[str]:
    """Without one of the long vowels."""
    return {query[: mark.start()] + query[mark.end() :] for mark in re.finditer("(?<=[ァ-ヺ])ー", query)}


def slips(query: str) -> set[str]:
    """One slip in a Latin or katakana word: two letters swapped, one left out, one doubled. The first stays: it is
    seldom mistaken. Numbers stay: another number is another thing.
    """
    return {
        query[: word.start()] + slip + query[word.end() :]
        for word in _SLIPPERY.finditer(query)
        for slip in _slips(word[0])
        if folded(slip) != folded(word[0])
    }


def spacings(query: str) -> set[str]:
    """One space taken out, or all that stand beside Japanese, or one put in where the script changes."""
    gaps = {query[: gap.start()] + query[gap.end() :] for gap in re.finditer(" ", query)}
    edges = {
        f"{query[: edge.end()]} {query[edge.end() :]}"
        for before, after in permutations(_SCRIPTS, 2)
        for edge in re.finditer(f"{before}(?={after})", query)
    }
    return {*gaps, re.sub(f" (?={_JAPANESE})|(?<={_JAPANESE}) ", "", query), *edges}


def _slips(word: str) -> Iterator[str]:
    for place in range(1, len(word)):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        yield before + after
        yield before + letter + letter + after
        yield before + after[:1] + letter + after[1:]


Perturbation = Callable[[str], set[str]]
PERTURBATIONS: dict[str, Perturbation] = {
    "width": widths,
    "case": cases,
    "long vowel": short_vowels,
    "typo": slips,
    "spaces": spacings,
}
"""Each gives all spellings that one query may come out as."""
