"""`neco card` at a terminal: what a hostile page says is printed as text, and a failure is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import run
from tests.sources.sites import PAGE, Route, Serve, drip, redirect

EVIL = "<title>A \x1b[31m\x1b]0;evil\x07\x9btitle\u202e</title><meta name=description content='\x1b[2J\r\nError: no'>"


def card(url: str, folder: Path) -> tuple[int, str, str]:
    named = ("--allow-private", "127.0.0.1/32", "--per-host-delay", "0", "--timeout", "1")
    done = run("neco", "card", url, *named, cwd=folder)
    return done.returncode, done.stdout, done.stderr


def test_signs_for_a_terminal_are_not_printed(serve: Serve, tmp_path: Path) -> None:
    site = serve({"/": (200, {"Content-Type": "text/html\x1b[31m"}, EVIL.encode()), "/html": (200, {}, EVIL.encode())})
    status, out, error = card(f"{site.url}/html", tmp_path)
    assert (status, error) == (0, "")
    assert "A [31m]0;eviltitle" in out
    assert all(line.isprintable() for line in out.splitlines())
    status, out, error = card(site.url, tmp_path)
    assert (status, out) == (1, "")
    assert error.rstrip("\n").isprintable()


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        pytest.param(drip(b"", b"H"), "/ took longer than 1 s", id="slow drip"),
        pytest.param(redirect("/"), "/ redirects more than 5 times", id="redirect loop"),
        pytest.param(redirect("http://169.254.169.254/"), "is refused: 169.254.169.254 port 80", id="metadata"),
        pytest.param(redirect("//127.0.0.2:1/"), "is refused: 127.0.0.2 port 1 ", id="not the named network"),
        pytest.param(redirect("javascript:alert(1)\x1b"), "is no http or https address", id="program"),
        pytest.param(
            (200, {"Content-Type": "application/pdf"}, b"%PDF"), "is no HTML page but application/pdf", id="PDF"
        ),
    ],
)
def test_a_failure_is_one_sentence(page: Route, sentence: str, serve: Serve, tmp_path: Path) -> None:
    status, out, error = card(serve({"/": page, "/x": PAGE}).url, tmp_path)
    assert (status, out) == (1, "")
    assert error.startswith("Error: ")
    assert sentence in error
    assert error.rstrip("\n").isprintable()
