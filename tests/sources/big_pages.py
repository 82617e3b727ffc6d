"""Pages of 2 MB in every shape that could take all of the time and memory, and a process that tells what one takes."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

SIZE = 2_000_000
HEAD = '<meta property=og:title content="A title">'
_TEXTS: dict[str, Callable[[], str]] = {
    "prose": lambda: HEAD + '<main><p>ここは <a href="/x?y=1">猫の文章</a> です。<b>text &amp; more</b></p>' * 17_000,
    "10,000 metas": lambda: HEAD + '<meta property="og:x" content="猫">' * 10_000 + "<p>x" * 300_000,
    "metas of one name": lambda: '<meta property=og:title content="A title">' * 45_000,
    "deep": lambda: HEAD + "<div>" * 400_000,
    "deep articles": lambda: HEAD + "<article><p>" * 160_000,
    "deep paragraphs": lambda: HEAD + "<main>" + "<div>" * 2_000 + "<p>abc" * 300_000,
    "svg titles": lambda: HEAD + "<svg><title>x</title></svg>" * 70_000,
    "links": lambda: HEAD + "<link rel=icon href=/a sizes=16x16>" * 55_000,
    "attributes": lambda: f"{HEAD}<b {' '.join(f'a{it}' for it in range(200_000))}>",
    "attributes of many": lambda: HEAD + "<p a b c d e f>x" * 125_000,
    "quoted attributes": lambda: HEAD + "<b " + " ".join(f"a{it}='> <i '" for it in range(120_000)) + ">",
    "linked data": lambda: HEAD + "<script type=application/ld+json>[" + '{"@type":"Article","headline":"a"},' * 55_000,
    "many scripts": lambda: HEAD + '<script type=application/ld+json>{"@type":"Article"}</script>' * 30_000,
    "separators": lambda: HEAD + "<title>a" + " | a" * 500_000,
    "unclosed": lambda: HEAD + "<meta" * 400_000,
    "labels": lambda: HEAD + "<meta charset" * 150_000,
    "entities": lambda: HEAD + "&" * SIZE,
    "spaces": lambda: HEAD + "<main><p>" + " " * SIZE,
    "NULs": lambda: HEAD + "\0" * SIZE,
    "brackets": lambda: HEAD + "<title>a" + "」" * (SIZE // 3),
    "names": lambda: HEAD + "<title>the page " + "before you continue to google " * 66_000,
    "marks": lambda: HEAD + "<title>a" + "\u0301" * (SIZE // 2),
    "long forms": lambda: HEAD + "<title>" + "\ufdfa" * (SIZE // 3),
    "placeholders": lambda: HEAD + "<title>" + "{{a}} " * 333_000,
    "blank linked data": lambda: HEAD + "<script type=application/ld+json>" + " " * SIZE,
    "junk before linked data": lambda: HEAD + "<script type=application/ld+json>" + "//" * (SIZE // 2),
    "commas of linked data": lambda: HEAD + "<script type=application/ld+json>[1" + ", " * (SIZE // 2),
    "broken linked data": lambda: HEAD + "<script type=application/ld+json>{</script>" * 45_000,
    "a refresh of digits": lambda: HEAD + "<meta http-equiv=refresh content='" + "0" * SIZE,
    "sizes of an icon": lambda: HEAD + "<link rel=icon href=/a sizes='" + "1x1 " * 499_000 + "'>",
    "an address of dots": lambda: HEAD + "<link rel=icon href='" + "../" * 660_000 + "'>",
    "a host of labels": lambda: HEAD + "<link rel=icon href='http://" + "é." * 660_000 + "'>",
    "footnotes": lambda: HEAD + "<main><p>" + "<sup><b></b>x</sup>" * 100_000,
    "places": lambda: HEAD + "<div id=content>" * 120_000,
    "no scripts": lambda: HEAD + "<noscript>" * 190_000 + "<h1>x</h1>",
    "forms": lambda: HEAD + "<form><input>" * 150_000,
    "open quotes": lambda: HEAD + "<a " + "='" * (SIZE // 2),
    "unknown letters": lambda: HEAD + "\ue9e9" * (SIZE // 3),
}
_ENCODINGS = ("text/html", "text/html; charset=euc-jp", "text/html; charset=shift_jis")
_FILLINGS = (b"\xff", b"\xad\xa1", b"\xffa", b"\x1b$BG-\x1b(B", bytes(range(256)))


@dataclass(frozen=True)
class BigPage:
    """What a server sends; its body is made each time somebody asks, for all together are 100 MB."""

    make: Callable[[], bytes]
    content_type: str = "text/html"

    @property
    def body(self) -> bytes:
        return self.make()[:SIZE]


def _encoded(text: Callable[[], str]) -> bytes:
    return text().encode()


def _filled(filling: bytes) -> bytes:
    return HEAD.encode() + filling * (SIZE // len(filling) + 1)


BIG = {
    **{name: BigPage(partial(_encoded, text)) for name, text in _TEXTS.items()},
    **{
        f"{filling[:5]!r} as {kind}": BigPage(partial(_filled, filling), kind)
        for kind in _ENCODINGS
        for filling in _FILLINGS
    },
}


@dataclass(frozen=True)
class Taken:
    """What was found on a page, at most how many MB the process had, and how many seconds of a processor it took."""

    title: str
    megabytes: int
    seconds: float


# Each page is read by a fork, whose peak is its own. Not getrusage: that tells the peak of the one that was forked.
_READER = """
    import os, sys, time
    from pathlib import Path
    from neco_weekly.sources.pages.read import extract_page

    def read(path, content_type):
        body, started = Path(path).read_bytes(), time.process_time()
        title = extract_page(body, url="https://example.jp/", content_type=content_type).title.value
        seconds = time.process_time() - started
        peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
        print(title, int(peak) // 1024, seconds, sep="|", flush=True)

    for line in sys.stdin:
        if not os.fork():
            read(*line.rstrip("\\n").split("|"))
            os._exit(0)
        if os.wait()[1]:
            print("nothing", 0, 0, sep="|", flush=True)
"""


@contextlib.contextmanager
def reader(folder: Path) -> Iterator[Callable[[BigPage], Taken]]:
    """A process that reads page after page; the folder holds the one it reads."""
    command, file = [sys.executable, "-c", textwrap.dedent(_READER)], folder / "page.html"
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        asked, told = process.stdin, process.stdout
        assert asked
        assert told

        def read(page: BigPage) -> Taken:
            file.write_bytes(page.body)
            print(file, page.content_type, sep="|", file=asked, flush=True)
            title, megabytes, seconds = told.readline().strip().split("|")
            return Taken(title, int(megabytes), float(seconds))

        yield read
