"""Text made fit to keep or to show: one printable line, a length, a count with its noun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# Controls that are no white space, invisible characters that reorder or hide text, and what XML cannot hold.
# Zero width joiners stay: emoji are built with them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def one_line(text: str) -> str:
    """Return a text as one printable line: no control characters, white space folded; never NFKC, `①` stays `①`."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def shortened(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters, the last of them `…` where something was cut."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def first_sentence(text: str, limit: int) -> str:
    """Return the first sentence of a text, Japanese or English, of at most `limit` characters.

    A full stop between brackets or quotation marks ends no sentence, nor does one inside of a number: `v1.25`.
    """
    depth = 0
    for place, letter in enumerate(text[: limit + 1]):
        if letter in "（「『(":
            depth += 1
        elif letter in "）」』)":
            depth -= 1
        elif depth <= 0 and (letter in "。！？" or (letter in ".!?" and text[place + 1 : place + 2].isspace())):
            return shortened(text[: place + 1], limit)
    return shortened(text, limit)


_SENTENCE_END = re.compile(
    r"(?<![.\s]\w)(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bcf)(?<!\baka)[.!?][\"')\]]*(?=\s)|[。！？][」』）]*",
    re.IGNORECASE,
)
"""The end of a sentence; no abbreviation such as `e.g.`, and no full stop inside of a number or name."""


def sentence_ends(text: str) -> list[int]:
    """Return where the sentences of a text end, Japanese or English, in order."""
    return [it.end() for it in _SENTENCE_END.finditer(text)]


def whole_sentences(text: str, limit: int) -> str:
    """Return the first sentences of a text that fit into `limit` characters, else the beginning of the first with `…`.

    The beginning ends with a word where there is one.
    """
    if len(text) <= limit:
        return text
    ends = [it.end() for it in _SENTENCE_END.finditer(text[: limit + 1]) if it.end() <= limit]
    if ends:
        return text[: ends[-1]]
    words = text[:limit].rsplit(" ", 1)[0]
    return f"{words.rstrip(' ,;:')}…"


def opening_sentence(text: str, limit: int) -> str:
    """Return the first sentence of a text, of at most `limit` characters.

    No abbreviation such as `e.g.` ends one, and no full stop between brackets; what only leads to a list ends with `…`.
    """
    ends = (it.end() for it in _SENTENCE_END.finditer(text))
    end = next((it for it in ends if text.count("(", 0, it) <= text.count(")", 0, it)), len(text))
    sentence = text[:end]
    return whole_sentences(f"{sentence[:-1]}…" if sentence.endswith(":") else sentence, limit)


def counted(count: int, noun: str) -> str:
    """Return a count with its English noun: `1 problem`, `2 problems`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""A pattern for characters that no text of ours holds: controls (Python-Markdown's marks among them) and noncharacters.
"""

_CREDENTIALS = re.compile(
    r"(?i:(?<=http://)|(?<=https://)|(?<=ftp://))(?!(?:[\w.-]*:)?\$\w+@)(?:[\w.~%!$&*+,;=:-]+@)+(?=[\w\[])", re.ASCII
)


def without_credentials(text: str, mask: str = "") -> str:
    """Return a text whose web addresses name no user and no password, with `mask` in the place of each.

    What may stand there says RFC 3986, 3.2.1; a placeholder such as `$TOKEN` is no secret.
    """
    return _CREDENTIALS.sub(mask, text) if "@" in text else text


def masked_addresses(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield scheme, mask and host of the first address of each line that has a user name or password, and the line."""
    for number, line in enumerate(lines, 1):
        masked = without_credentials(line, MASK)
        if masked != line and (found := _MASKED.search(masked)):
            yield found[0], number


_MASKED = re.compile(r"\w+://\*\*\*@[\w.:\[\]-]+")

MASK = "***@"
"""What messages show in the place of a user name and a password."""
