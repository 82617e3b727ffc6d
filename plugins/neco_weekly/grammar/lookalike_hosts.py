"""Host names that look like another one: written with letters of several alphabets, or nearly as a well-known host.

The rule is narrow, for a false alarm teaches people not to read alarms. A name is told where one of its labels mixes
Latin letters with those of an alphabet that has the same shapes (a Latin label with a Cyrillic `а`), or where it is
that of a well-known host once each letter is the Latin one of its shape and has lost its marks (`gíthub.com`). Names in
Japanese, Chinese, Korean, and whole words of any alphabet (`пример.com`, `bücher.example`) are none, nor is what only
ASCII makes alike (`rn` and `m`). See Unicode Technical Standard 39, Unicode Security Mechanisms, 4 and 5.1.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

_WITH_LATIN_SHAPES = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")

_SHAPES = str.maketrans(
    "авекмнорстухіјѕԁԛԝһӏґɡıαεικνορτυχωօսհոց",
    "abekmhopctyxijsdqwhlrgiaeikvoptuxwouhng",
)
"""Letters of other alphabets that are drawn like a small Latin one, and that one."""

WELL_KNOWN = frozenset(
    "amazon.com apple.com cloudflare.com cncf.io connpass.com docker.com docswell.com github.com github.io "
    "githubusercontent.com gitlab.com go.dev google.com hatena.ne.jp hatenablog.com k8s.dev k8s.io kubernetes.io "
    "linuxfoundation.org medium.com microsoft.com note.com npmjs.com openai.com paypal.com pypi.org python.org "
    "qiita.com rakuten.co.jp redhat.com slack.com slideshare.net speakerdeck.com stackoverflow.com twitter.com "
    "wikipedia.org x.com yahoo.co.jp youtube.com zenn.dev".split()
)
"""Hosts whose readers trust what comes from there, and that our issues link to or that are often imitated."""


def looks_like(url: str) -> str | None:
    """Return the host that the host of a URL looks like and is not; None for a URL whose host looks like itself."""
    host = _host(url)
    if host.isascii() and "xn--" not in host:
        return None
    labels = [unicodedata.normalize("NFKC", _readable(label)) for label in host.split(".")]
    if all(map(str.isascii, labels)):  # full-width letters: browsers go to the host that is read
        return None
    shape = ".".join(_shape(label) for label in labels)
    known = next((it for it in WELL_KNOWN if shape == it or shape.endswith(f".{it}")), None)
    if known or any(map(_is_mixed, labels)):
        return known or shape
    return None


def shown_host(url: str) -> str:
    """Return the host of a URL with each letter that is not ASCII, and its name in ASCII behind that."""
    host = _host(url)
    readable = ".".join(map(_readable, host.split(".")))
    return f"{readable} ({host if host != readable else _in_ascii(host)})"


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _readable(label: str) -> str:
    if label.startswith("xn--"):
        try:
            return label[4:].encode("ascii").decode("punycode")
        except UnicodeError:
            return label
    return label


def _in_ascii(host: str) -> str:
    return ".".join(it if it.isascii() else f"xn--{it.encode('punycode').decode()}" for it in host.split("."))


def _shape(label: str) -> str:
    bare = (it for it in unicodedata.normalize("NFD", label) if not unicodedata.combining(it))
    return "".join(bare).translate(_SHAPES)


def _is_mixed(label: str) -> bool:
    """Whether a label has Latin letters and those of an alphabet with Latin shapes."""
    names = [unicodedata.name(letter, "") for letter in label if letter.isalpha()]
    return any(it.startswith("LATIN") for it in names) and any(it.startswith(_WITH_LATIN_SHAPES) for it in names)
