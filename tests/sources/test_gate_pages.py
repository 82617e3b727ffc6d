"""The page of one feature gate: what its front matter says, and what can be wrong with that."""

from __future__ import annotations

import pytest
from neco_weekly.sources.gates.gate_page import GatePage, parse_gate_page
from neco_weekly.sources.gates.stage_entries import UnusableError

from .gates import entry, page, told

REAL = """\
---
# Removed from Kubernetes
title: SomeGate
content_type: feature_gate
_build:
  list: never
  render: false

stages:
  - stage: alpha\u0020
    defaultValue: false
    fromVersion: "1.28"
    toVersion: "1.29"
  - stage: beta
    defaultValue: false
    fromVersion: 1.30
    toVersion: 1.32
  - stage: stable
    locked: true
    defaultValue: true
    fromVersion: "1.33"
removed: true
---
Enables it.
"""


def parsed(text: str) -> GatePage:
    found = parse_gate_page(text.encode(), file_name="SomeGate")
    assert found
    return found


def test_a_real_page() -> None:
    found = parsed(REAL)
    assert (found.name, found.removed) == ("SomeGate", True)
    assert told(found.stages) == ["alpha v1.28 to v1.29 off", "beta v1.30 to v1.32 off", "stable v1.33… on, locked"]
    assert found.complaints == ("it is removed, but its last stage has no toVersion",)


@pytest.mark.parametrize(
    "change", [("\n", "\r\n"), ("---\n#", "\ufeff---\n#"), ("title: SomeGate", "title: 'SomeGate' ")]
)
def test_the_same_page_as_other_editors_write_it(change: tuple[str, str]) -> None:
    assert parsed(REAL.replace(*change)) == parsed(REAL)


@pytest.mark.parametrize(
    ("stages", "expected", "complaint"),
    [
        pytest.param([entry("GA", "1.9")], ["stable v1.9… on"], None, id="GA is stable"),
        pytest.param([entry("Deprecated", "v1.9")], ["deprecated v1.9… on"], None, id="case, and a v"),
        pytest.param([entry("beta", 1.3)], ["beta v1.3… on"], None, id="YAML's number stays its text"),
        pytest.param([entry("beta", "1.9", defaultValue=None)], ["beta v1.9…"], None, id="no default"),
        pytest.param(
            [entry("beta", "1.9", defaultValue="maybe")],
            ["beta v1.9…"],
            "its defaultValue of beta is 'maybe'",
            id="a default that is none",
        ),
        pytest.param(
            [entry("alpha", "1.24"), entry("beta", "1.30")],
            ["alpha v1.24 to v1.29 off", "beta v1.30… on"],
            None,
            id="no end before another stage",
        ),
        pytest.param(
            [entry("alpha", "1.24", "1.25"), entry("beta", "1.30")],
            ["alpha v1.24 to v1.25 off", "beta v1.30… on"],
            None,
            id="a hole between two stages",
        ),
        pytest.param(
            [entry("beta", "1.30"), entry("alpha", "1.24", "1.29")],
            ["alpha v1.24 to v1.29 off", "beta v1.30… on"],
            None,
            id="the newest first",
        ),
        pytest.param(
            [entry("alpha", "1.28", "1.30"), entry("beta", "1.30")],
            ["alpha v1.28 to v1.29 off", "beta v1.30… on"],
            "its alpha until v1.30 overlaps its beta from v1.30",
            id="overlapping",
        ),
        pytest.param(
            [entry("alpha", "1.20", "1.35"), entry("beta", "1.22", "1.30"), entry("stable", "1.31")],
            ["alpha v1.20 to v1.21 off", "beta v1.22 to v1.30 on", "stable v1.31… on"],
            "its alpha until v1.35 overlaps its beta from v1.22",
            id="one inside another",
        ),
        pytest.param(
            [entry("beta", "1.31.0", "1.31.0"), entry("deprecated", "1.31.1"), entry("deprecated", "1.33")],
            ["deprecated v1.31 to v1.32 on", "deprecated v1.33… on"],
            "of beta and deprecated, both from v1.31, the later counts",
            id="two in patches of one release",
        ),
        pytest.param(
            [entry("alpha", "1.22", "1.20"), entry("beta", "1.30")],
            ["alpha v1.22 to v1.29 off", "beta v1.30… on"],
            "its alpha ends with v1.20, before it begins with v1.22",
            id="an end before the beginning",
        ),
        pytest.param(
            [entry("alpha", "soon"), entry("beta", "1.30", "later")],
            ["beta v1.30… on"],
            "its fromVersion of alpha is 'soon'; its toVersion of beta is 'later'",
            id="versions that are none",
        ),
        pytest.param(
            [entry("alpha", "2.1"), entry("beta", "1.30")],
            ["beta v1.30… on"],
            "its fromVersion of alpha is '2.1'",
            id="a version that no release has",
        ),
        pytest.param(
            [{"stage": "alpha"}, entry("beta", "1.30", "")],
            ["beta v1.30… on"],
            "its alpha has no fromVersion",
            id="no version",
        ),
        pytest.param(
            [entry("gamma", "1.1"), entry("removed", "1.2"), entry("", "1.3"), entry("beta", "1.30")],
            ["beta v1.30… on"],
            "its stage is 'gamma'; its stage is 'removed'; an entry has no stage",
            id="stages that gates do not have",
        ),
        pytest.param(
            ["alpha", ["x"], entry("beta", "1.30")],
            ["beta v1.30… on"],
            "an entry of its stages is no mapping",
            id="entries that are none",
        ),
        pytest.param(
            [entry("be\x00ta\u202e", "1.30"), entry("x" * 500, "1.31")],
            ["beta v1.30… on"],
            f"its stage is '{'x' * 39}…'",
            id="control characters, and far too long",
        ),
    ],
)
def test_stages(stages: list[object], expected: list[str], complaint: str | None) -> None:
    found = parsed(page("SomeGate", *stages))  # type: ignore[arg-type]
    assert told(found.stages) == expected
    assert "; ".join(dict.fromkeys(found.complaints)) == (complaint or "")


def test_the_title_is_the_name_and_not_the_file_s() -> None:
    found = parsed(page("AnotherGate"))
    assert found.name == "AnotherGate"
    assert found.complaints == ("its title AnotherGate is not the file's name",)


def test_without_a_title_the_file_s_name_is_the_gate_s() -> None:
    assert parsed(page("")).name == "SomeGate"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\ntitle: SomeGate\n---\n", "it has no stages"),
        ("---\ncontent_type: feature_gate\n---\n", "it has no stages"),
        ("---\ntitle: SomeGate\nstages: []\n---\n", "it has no stages"),
        ("---\ntitle: SomeGate\nstages: alpha\n---\n", "it has no list of stages"),
        ("---\ntitle: SomeGate\nstages:\n  stage: alpha\n---\n", "it has no list of stages"),
        (page("SomeGate", entry("alpha", "TBD")), "its fromVersion of alpha is 'TBD'"),
        (page("Some Gate"), "'Some Gate' is no name of a gate"),
        (page("../../x"), "'../../x' is no name of a gate"),
        (page("猫"), "'猫' is no name of a gate"),
        (page("x" * 101), f"'{'x' * 39}…' is no name of a gate"),
        (page("A<b>\x07"), "'A<b>' is no name of a gate"),
        ("---\ntitle: SomeGate\nstages: [\n---\n", "it cannot be read as YAML: "),
        ("---\ntitle: SomeGate\nstages:\n", "its front matter does not end"),
        (f"---\nstages: {'[' * 15_000}\n---\n", "it cannot be read as YAML: "),
        (f"---\n# {'x' * 17_000}\nstages: []\n---\n", "its front matter is longer than any page of a gate needs"),
        ("x" * 65_000, "it has 65000 bytes, more than any page of a gate needs"),
    ],
)  # fmt: skip
def test_what_is_no_gate_says_why(text: str, why: str) -> None:
    with pytest.raises(UnusableError) as error:
        parsed(text)
    assert str(error.value).startswith(why)
    assert str(error.value).isprintable()
    assert len(str(error.value)) <= 300


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("Words.", id="no front matter"),
        pytest.param("---\ntitle: Feature Gates\nweight: 10\n---\n", id="the index"),
        pytest.param("---\ntitle: [\n---\n", id="no YAML"),
        pytest.param("---\n- a\n---\n", id="no mapping"),
        pytest.param("---\n---\n", id="empty front matter"),
        pytest.param("---\ntitle: Feature Gates\n", id="front matter without an end"),
        pytest.param("--- title: x\nstages: []\n", id="a line and words"),
    ],
)
def test_other_pages_are_none(text: str) -> None:
    assert parse_gate_page(text.encode(), file_name="SomeGate") is None


def test_a_page_that_is_no_text_does_no_harm() -> None:
    assert parse_gate_page(b"\xff\xfe---\nstages:\n", file_name="SomeGate") is None
    assert parsed(REAL.replace("Removed", "\udcff").encode("utf-8", "surrogateescape").decode("utf-8", "replace")).name
