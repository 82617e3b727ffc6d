"""Values of front matter, however their keys are spelt: title, description, tags, authors, other places, any value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

from ..model.text import one_line, shortened

_LONGEST_TEXT = 500
"""The number of characters of a title or a description that are shown."""


def key_form(key: str) -> str:
    """Return a key in the one form by which keys are compared: `Published_At` and `publishedAt` are `publishedat`."""
    return re.sub(r"[-_\s]", "", key.casefold())


def value_of(meta: Mapping[str, Any], key: str) -> Any:
    """Return the value of a key, given as `key_form` has it, however it is spelt; None without the key."""
    return next((value for name, value in meta.items() if key_form(name) == key), None)


def text_of(value: object) -> str:
    """Return a value of front matter as a line of text; empty for lists, objects and what no text can show."""
    if value is None or isinstance(value, dict | list | set | tuple | bytes):
        return ""
    try:
        return shortened(one_line(str(value)), _LONGEST_TEXT)
    except ValueError:  # a number of more digits than Python writes
        return ""


def written_title(meta: Mapping[str, Any]) -> str:
    """Return the title that front matter gives; empty without one."""
    return text_of(value_of(meta, "title"))


def written_description(meta: Mapping[str, Any]) -> str:
    """Return the description that front matter gives; empty without one."""
    return text_of(value_of(meta, "description"))


def tags_of(meta: Mapping[str, Any]) -> list[str]:
    """Return the tags that front matter gives: `tags`, and Zenn's `topics`, each once."""
    lists = [value for key in ("tags", "topics") if isinstance(value := value_of(meta, key), list)]
    return list(dict.fromkeys(tag for it in chain(*lists) if (tag := text_of(it))))


def authors_of(meta: Mapping[str, Any]) -> list[str]:
    """Return the names that front matter gives as `authors` or `author`, each once; an author may have a `name`."""
    found = chain(*(_several(value_of(meta, key)) for key in ("authors", "author")))
    named = (value_of(it, "name") if isinstance(it, Mapping) else it for it in found)
    return list(dict.fromkeys(name for it in named if (name := text_of(it))))


def places_of(meta: Mapping[str, Any]) -> list[str]:
    """Return the web addresses at which an issue was also published, which front matter gives as `also`, each once."""
    written = map(text_of, _several(value_of(meta, "also")))
    return list(dict.fromkeys(it for it in written if _WEB_ADDRESS.fullmatch(it)))


def _several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


_WEB_ADDRESS = re.compile(r"https?://[^\s/@]+(?:/\S*)?", re.IGNORECASE)
"""A pattern for the address of a page on the web, without a user name."""
