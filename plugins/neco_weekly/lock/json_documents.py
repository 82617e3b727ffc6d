"""The lock's JSON files as a whole: read within bounds, and written in their canonical form.

A file that somebody else may have written must not fill the memory or take minutes: what is larger than a lock is
refused before a value is made of it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..grammar.bounded_files import TooLargeError, read_text_within
from ..model.errors import NecoError
from ..model.text import shortened
from .json_values import WrongError

LARGEST = 16 * 1024 * 1024
"""The number of bytes that a file of the lock may have: that of twenty thousand cards, or of ten times all KEPs."""

_MOST_OBJECTS, _MOST_VALUES, _MOST_DIGITS = 100_000, 500_000, 20

_LONGEST = 300
"""The most characters of a place, and of what is wrong there, in a message."""

_RESTORE = "restore it from git, or delete it and run `neco refresh`"


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Raise a WrongError of the context as one sentence with the name of the lock file `path`.

    Raises:
        NecoError: the context raised a WrongError.
    """
    try:
        yield
    except WrongError as wrong:
        place = f"{shortened(wrong.place.lstrip('.'), _LONGEST)}: " if wrong.place else ""
        raise NecoError(f"{path}: {place}{shortened(wrong.message, _LONGEST)}; {_RESTORE}") from wrong


def read_document(path: Path, *, schema: int) -> Mapping[str, Any]:
    """Return the JSON object in a lock file of at most that schema; a file that does not exist gives an empty object.

    Raises:
        NecoError: the file cannot be read, is not JSON, holds a name twice, or has no or a newer schema.
    """
    try:
        written = read_text_within(path, LARGEST)
    except FileNotFoundError:
        return {}
    except TooLargeError as error:
        raise NecoError(f"{path}: {error}; {_RESTORE}") from error
    except OSError as error:
        raise NecoError(f"{path}: cannot be read ({error.strerror}); {_RESTORE}") from error
    except UnicodeDecodeError as error:
        raise NecoError(f"{path}: cannot be read ({error}); {_RESTORE}") from error
    try:
        with naming(path):
            _check_size(written)
            document = json.loads(written, object_pairs_hook=_object, parse_int=_whole_number)
    except (ValueError, RecursionError) as error:
        raise NecoError(_json_message(path, written, error)) from error
    return _checked_schema(path, document, schema)


def to_text(document: dict[str, Any]) -> str:
    """Return the canonical text of a lock file's JSON object: one field a line, UTF-8."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object from its pairs, refusing a name that stands twice, as a merge of the lock may leave behind.

    Python's `json` would take the last of the two.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise WrongError(f"holds {next(name for name, count in counts.items() if count > 1)!r} twice")
    return found


def check_written(path: Path, text: str) -> str:
    """Return the text of a lock file that is about to be written, if it can be read again.

    Raises:
        NecoError: it is larger than a lock may be.
    """
    try:
        if len(text.encode()) > LARGEST:
            raise WrongError(f"would have more than {LARGEST:,} bytes")
        _check_size(text)
    except WrongError as wrong:
        advice = "`neco refresh --prune` removes what no page mentions"
        raise NecoError(f"{path}: {wrong}, which no lock may have; nothing was changed; {advice}") from wrong
    return text


def _check_size(written: str) -> None:
    """Refuse JSON that would fill the memory, by its signs: an object takes 200 bytes, any other value 100."""
    objects, values = written.count("{"), written.count(",") + written.count("[")
    if objects > _MOST_OBJECTS or values > _MOST_VALUES:
        raise WrongError(f"has more than {_MOST_OBJECTS:,} objects or {_MOST_VALUES:,} other values")


def _whole_number(written: str) -> int:
    if len(written) > _MOST_DIGITS:
        raise WrongError(f"holds a number of {len(written):,} digits")
    return int(written)


def _json_message(path: Path, written: str, error: Exception) -> str:
    marker = re.search(r"^(<{7}|={7}|>{7})", written, re.MULTILINE)
    if marker:
        line = written.count("\n", 0, marker.start()) + 1
        return f"{path}:{line}: holds merge markers; take either side whole, then run `neco refresh`"
    if isinstance(error, RecursionError):
        return f"{path}: is no lock, it is nested too deeply; {_RESTORE}"
    if isinstance(error, json.JSONDecodeError):
        rest = written[error.pos :].rstrip()
        begun = any(word.startswith(rest) for word in ("true", "false", "null"))  # also where nothing is left
        at_end = begun or error.msg.startswith("Unterminated")
        truncated = " (the file ends too early)" if at_end else ""
        return f"{path}:{error.lineno}: is not JSON: {error.msg}{truncated}; {_RESTORE}"
    return f"{path}: is not JSON: {error}; {_RESTORE}"


def _checked_schema(path: Path, document: object, newest: int) -> Mapping[str, Any]:
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, int) or isinstance(schema, bool) or not isinstance(document, dict):
        raise NecoError(f"{path}: expected an object with a number in `schema`; {_RESTORE}")
    if schema > newest:
        raise NecoError(
            f"{path}: was written by a newer neco-weekly (schema {schema}, this one reads up to {newest}); "
            "update neco-weekly"
        )
    return document
