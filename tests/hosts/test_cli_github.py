"""GitHub then and now, from `neco refresh` with a token to the page that a reader sees; the API is on loopback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hosts.test_cli_cards import asked, refresh
from tests.sites import new_folder
from tests.sources.sites import Serve

DATE, SHA = "2026-01-09", "0a1b2c3d" * 5
PULL, CODE = "https://github.com/neko/box/pull/7", f"https://github.com/neko/box/blob/{SHA}/main.go#L2-L3"
PRIVATE = "https://github.com/neko/den/pull/7"


def test_what_was_so_and_what_is_so(tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "s3cret")
    pull = {
        "url": "https://api.github.com/repos/neko/box/pulls/7",
        "number": 7,
        "title": "A larger box",
        "created_at": "2026-01-01T00:00:00Z",
        "closed_at": "2026-03-02T00:00:00Z",
        "merged_at": "2026-03-02T00:00:00Z",
        "labels": [{"name": "kind/feature"}],
    }
    events = "/repos/neko/box/issues/7/events?per_page=100&page=1"
    answers = {
        "/repos/neko/box": {"full_name": "neko/box", "private": False},
        "/repos/neko/box/pulls/7": pull,
        events: [{"event": "labeled", "created_at": "2026-02-01T00:00:00Z", "label": {"name": "kind/feature"}}],
        "/repos/neko/den": {"full_name": "neko/den", "private": True},
        "/repos/neko/den/pulls/7": {**pull, "title": "A secret"},
    }
    api = serve({path: (200, {}, json.dumps(answer).encode()) for path, answer in answers.items()})
    raw = serve({f"/neko/box/{SHA}/main.go": (200, {}, b"package main\nfunc main() {\n}\n")})
    folder = new_folder(tmp_path)
    folder.issue(DATE, f"{PULL}\n\n{CODE}\n\n{PRIVATE}")
    options = ("--github-api", api.url, "--github-raw", raw.url, "--per-host-delay", "0")
    done = refresh(folder, *options)
    assert "s3cret" not in done.out + done.error
    assert "A secret" not in done.out + folder.root.joinpath("docs/_metadata/cards.json").read_text("utf-8")
    assert sorted(asked(api)) == sorted(["/repos/neko/box", "/repos/neko/box/pulls/7", events, "/repos/neko/den"])
    assert [it.headers.get("authorization") for it in raw.asked] == [None]
    drawn = folder.build().issue(DATE)
    state = drawn.select_one(f'[data-url="{PULL}"] .neco-card__github')
    assert state is not None
    assert state.text == "号の時点: open → 今: merged (2026-03-02)"
    code = drawn.select_one(f'[data-url="{CODE}"] code.language-go')
    assert code is not None
    assert code.text == "func main() {\n}"
    refresh(folder, *options)
    assert asked(api).count(events) == 1
    assert len(raw.asked) == 1
