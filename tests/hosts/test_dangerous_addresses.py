"""Addresses that hold a secret or a program: nothing of them is published, kept or told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from neco_weekly.model.errors import NecoError
from neco_weekly.model.text import MASK, without_credentials

from tests.guards import coming_to_an_end
from tests.hosts.test_cli import LOOPBACK, neco
from tests.sites import Built, Folder, links, new_folder
from tests.sources.sites import PAGE, Serve

DATE = "2026-01-09"


# --- text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("https://user:pw@host/a", "https://host/a"),
        ("HTTP://user@host", "HTTP://host"),
        ("https://u:p@ss@host/", "https://host/"),
        ("(https://u:%40x@[::1]/)", "(https://[::1]/)"),
        ("ftp://anonymous:me@host/", "ftp://host/"),
        ("https://a:b@x https://c:d@y", "https://x https://y"),
    ],
)
def test_what_is_left_of_an_address(written: str, left: str) -> None:
    assert without_credentials(written) == left
    assert without_credentials(written, MASK).count(MASK) == left.count("//")


@pytest.mark.parametrize(
    "written",
    [
        "https://host/@user", "https://host/a@b", "mail@host", "https://host、宛先@foo", "https://host?a=b@c", "https://host#@",
        "https://$TOKEN@host", "https://user:$TOKEN@host", "https://${TOKEN}@host", "https://<user>@host", "git@host:a",
        "https://user:pw@ host", "https://@host",
    ],
)  # fmt: skip
def test_what_holds_no_secret(written: str) -> None:
    assert without_credentials(written) == written


def test_no_text_takes_long() -> None:
    with coming_to_an_end("masking"):
        for part in ("http://", "https://a:", "a@", "https://a@", "https://$a"):
            without_credentials(part * 100_000 + "@")


def test_an_error_names_no_secret() -> None:
    assert str(NecoError("https://user:pw@host/: is none")) == f"https://{MASK}host/: is none"


# --- a site -------------------------------------------------------------------------------------------------------

SECRETS = """\
---
title: 号 https://user:geheim@title.example/
description: 題 https://user:geheim@words.example/
---

https://user:geheim@example.com/card

@[card](https://user:geheim@example.com/kind){archive="https://user:geheim@example.org/"}

## 題 https://user:geheim@heading.example/

文 https://user:geheim@example.com/bare と [文](https://user:geheim@example.com/ "題") と
<a href="https://user:geheim@example.com/raw">文</a> KEP-127 `https://user:geheim@code.example/`

![図](https://user:geheim@img.example/a.png) [一][a] [https://user:geheim@example.com/:title] [^1]

[a]: https://user:geheim@example.com/defined
[^1]: https://user:geheim@note.example/

```sh
git clone https://user:geheim@github.com/a
git clone https://$TOKEN@github.com/a
```
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path / "project")


def test_a_secret_is_in_nothing_that_is_written_or_said(folder: Folder) -> None:
    folder.write(f"docs/issues/{DATE}.md", SECRETS)
    built = folder.build()
    page = built.text(f"issues/{DATE}/index.html")
    assert "https://example.com/bare" in page
    assert "https://$TOKEN@github.com/a" in built.page(f"issues/{DATE}/index.html").get_text()
    written = {**Built(folder.root / ".cache").contents(), **built.contents()}
    assert [path for path, content in written.items() if b"geheim" in content] == []
    said = neco(folder, "check", "--json")
    assert "credentials-in-address" in said.out
    assert "geheim" not in said.out + said.error + "".join(built.warnings + built.infos)
    lines = [it for it in json.loads(said.out) if it["code"] == "credentials-in-address"]
    assert [it["line"] for it in lines] == [2, 3, 6, 8, 10, 12, 13, 15, 17, 18, 21]


def test_a_secret_gets_neither_into_the_lock_nor_to_its_host(folder: Folder, serve: Serve) -> None:
    site = serve({"/a": PAGE})
    folder.issue(DATE, site.url.replace("//", "//user:geheim@") + "/a")
    done = neco(folder, "refresh", "--only", "cards", "--report", "report.md", *LOOPBACK)
    assert done.status == 0, done.error
    assert f"{site.url}/a: new: A page" in done.out
    written = Built(folder.root).contents()
    assert [path for path, content in written.items() if b"geheim" in content] == [f"docs/issues/2026/01/{DATE}.md"]
    assert not any("authorization" in it.headers for it in site.asked)
    assert "geheim" not in done.out + done.error


@pytest.mark.parametrize("command", ["refresh", "card"])
def test_a_secret_on_the_command_line_is_not_repeated(command: str, folder: Folder) -> None:
    done = neco(folder, command, "https://user:geheim@example.com/")
    assert done.status != 0
    assert "geheim" not in done.out + done.error
    assert "Traceback" not in done.error


PROGRAMS = [
    "[文](javascript:alert(1))",
    "[文](JavaScript:alert(1))",
    "[文](<java&#10;script:alert(1)>)",
    "[文](&#106;avascript:alert(1))",
    "[文](vbscript:x)",
    "[文](data:text/html,x)",
    "[文][a]\n\n[a]: javascript:alert(1)",
    '<a href="javascript:alert(1)">文</a>',
    '<a href=" &#1;javascript:alert(1)">文</a>',
    '<div><a href="javascript:alert(1)">文</a></div>',
    "文[^1]\n\n[^1]: [文](javascript:x)",
]


@pytest.mark.parametrize("written", PROGRAMS)
def test_a_link_that_runs_a_program_is_told(written: str, folder: Folder) -> None:
    folder.issue(DATE, written)
    built = folder.build()
    assert [it for it in built.warnings if "中身をブラウザー" in it] != []
    assert [it for it in links(built.issue(DATE), "article a") if not it.startswith("#")] == []


@pytest.mark.parametrize(
    "written",
    ["[文](a.md#javascript:x)", "[文](https://a.jp/javascript:x)", "`javascript:x`", "![図](data:image/png;base64,xx)"],
)
def test_a_link_that_runs_nothing(written: str, folder: Folder) -> None:
    folder.issue(DATE, written)
    assert [it for it in folder.build().warnings if "中身をブラウザー" in it] == []


def test_other_pages_are_as_their_writers_wrote_them(folder: Folder) -> None:
    """On a page that is no issue nothing changes but references to KEPs."""
    folder.write("docs/note.md", "[文](javascript:alert(1)) https://user:pw@example.com/")
    assert 'href="javascript:alert(1)"' in folder.build().text("note/index.html")
