"""What is read from one kep.yaml, with the dirt that real ones hold."""

from __future__ import annotations

import pytest
from neco_weekly.model.keps import EnhancementState, Stage, Status
from neco_weekly.sources.keps.kep_yaml import IrregularError, parse_kep_file

PATH = "keps/sig-node/127-user-namespaces/kep.yaml"


def state_of(text: str, path: str = PATH) -> EnhancementState:
    """The state of a KEP-127 with these further lines."""
    return parse_kep_file(f"kep-number: 127\ntitle: A title\n{text}".encode(), path=path).state


def test_a_clean_file() -> None:
    file = parse_kep_file(
        b"""\
title: Support User Namespaces
kep-number: 127
authors: ["@rata"]
owning-sig: sig-node
status: implementable
creation-date: 2021-13-45
stage: beta
latest-milestone: "v1.35"
milestone:
  alpha: "v1.25"
  beta: v1.30
  stable: 1.36
feature-gates:
  - name: UserNamespacesSupport
    components: [kubelet]
disable-supported: true
""",
        path=PATH,
    )
    assert file.number == 127
    assert file.state == EnhancementState(
        title="Support User Namespaces",
        sig="sig-node",
        status=Status.IMPLEMENTABLE,
        stage=Stage.BETA,
        latest_milestone="v1.35",
        milestones={Stage.ALPHA: "v1.25", Stage.BETA: "v1.30", Stage.STABLE: "v1.36"},
        feature_gates=("UserNamespacesSupport",),
        raw={},
    )


@pytest.mark.parametrize(
    ("written", "number", "raw"),
    [
        ("127", 127, None),
        ('"127"', 127, None),
        ("0127", 127, "0127"),
        ('"0017"', 17, "0017"),
        ("127 # the issue", 127, None),
    ],
)
def test_number(written: str, number: int, raw: str | None) -> None:
    file = parse_kep_file(f"kep-number: {written}".encode(), path=PATH)
    assert (file.number, file.state.raw.get("kep-number")) == (number, raw)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"title: x", "it has no kep-number"),
        (b"kep-number:", "it has no kep-number"),
        (b"kep-number: null", "it has no kep-number"),
        (b"kep-number: {a: 1}", "it has no kep-number"),
        (b"kep-number: 0", "its kep-number is '0'"),
        (b"kep-number: 0000", "its kep-number is '0000'"),
        (b"kep-number: NNNN", "its kep-number is 'NNNN'"),
        (b"kep-number: -1", "its kep-number is '-1'"),
        (b"kep-number: 1.5", "its kep-number is '1.5'"),
        (b"kep-number: 123456", "its kep-number is '123456'"),
        ("kep-number: １２７".encode(), "its kep-number is '１２７'"),
        (b"", "it has no kep-number"),
        (b"- kep-number: 127", "it has no kep-number"),
        (b"kep-number: NNNN\ntitle: a: b", "its kep-number is 'NNNN'"),
        (b"kep-number: 127\n#" + b"x" * 16_000, "it has 16017 bytes"),
    ],
)
def test_no_kep(content: bytes, why: str) -> None:
    with pytest.raises(IrregularError, match=f"^{why}") as caught:
        parse_kep_file(content, path=PATH)
    assert str(caught.value).isprintable()


BROKEN = {
    "an indent": (b"kep-number: 127\n  bad: indent: here", "it cannot be read as YAML: mapping values are not allowed"),
    "no text": (b"kep-number: 127\ntitle: \xff", "it cannot be read as text: invalid start byte"),
    "an alias of nothing": (b"kep-number: 127\ntitle: *unknown", "it cannot be read as YAML: found undefined alias"),
    "a list for a name": (b"kep-number: 127\n? [a, b]\n: x", "it cannot be read as YAML: found unhashable key"),
    "too deep": (b"kep-number: 127\na: " + b"[" * 7_000 + b"]" * 7_000, "it cannot be read as YAML: "),
    "a space before the first line": (
        b" title: x\nkep-number: 127",
        "it cannot be read as YAML: did not find expected",
    ),
    "a second document": (b"kep-number: 127\n---\na: b: c", "it cannot be read as YAML: mapping values"),
    "a list and then lines": (b"- a\nkep-number: 127", "it cannot be read as YAML: did not find expected"),
    "a tab": (b"kep-number: 127\n\tx: y", "it cannot be read as YAML: found "),
}


@pytest.mark.parametrize(("content", "why"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_yaml_is_read_line_by_line_and_tells_why(content: bytes, why: str) -> None:
    file = parse_kep_file(content, path=PATH)
    assert file.number == 127
    assert file.state.raw["kep.yaml"].startswith(why)
    assert file.state.raw["kep.yaml"].isprintable()


def test_what_lines_tell_one_by_one() -> None:
    text = """\
title: "Support: User" Namespaces
kep-number: 0127  # the issue
owning-sig: sig-node
status: 'implementable'
stage: beta
latest-milestone: "v1.35"
milestone:
  alpha: "v1.25"
  beta: v1.30  # was 1.29
disable-supported: true
metrics:
  stable: v1.99
"""
    state = parse_kep_file(text.encode(), path=PATH).state
    assert (state.sig, state.status, state.stage) == ("sig-node", Status.IMPLEMENTABLE, Stage.BETA)
    assert (state.latest_milestone, state.milestones) == ("v1.35", {Stage.ALPHA: "v1.25", Stage.BETA: "v1.30"})
    assert state.raw["kep-number"] == "0127"


def test_aliases_do_not_multiply() -> None:
    laughs = "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert state_of(f"{laughs}stage: *a59\nstatus: *a0").raw == {"status": "ha, ha"}


def test_further_documents_are_left_alone() -> None:
    assert state_of("stage: beta\n---\nstage: alpha\n").stage is Stage.BETA


def test_a_byte_order_mark_is_no_content() -> None:
    assert parse_kep_file(b"\xef\xbb\xbfkep-number: 127", path=PATH).number == 127


@pytest.mark.parametrize(
    ("written", "status", "raw"),
    [
        ("implemented", Status.IMPLEMENTED, None),
        ("Implementable", Status.IMPLEMENTABLE, "Implementable"),
        ("implementeable", Status.IMPLEMENTABLE, "implementeable"),
        ("implemented (alpha)", Status.IMPLEMENTED, "implemented (alpha)"),
        ("superseded", Status.REPLACED, "superseded"),
        ("removed", Status.WITHDRAWN, "removed"),
        ("provisional|implementable", None, "provisional|implementable"),
        ("'  deferred  '", Status.DEFERRED, None),
        ("", None, None),
        ("null", None, None),
        ("[implemented, replaced]", None, "implemented, replaced"),
        ("{a: b}", None, None),
    ],
)
def test_status(written: str, status: Status | None, raw: str | None) -> None:
    state = state_of(f"status: {written}")
    assert (state.status, state.raw.get("status")) == (status, raw)


@pytest.mark.parametrize(
    ("written", "stage", "raw"),
    [
        ("stable", Stage.STABLE, None),
        ("GA", Stage.STABLE, "GA"),
        ("alpha (deprecated)", Stage.DEPRECATED, "alpha (deprecated)"),
        ("alpha|beta|stable", None, "alpha|beta|stable"),
        ("~", None, None),
    ],
)
def test_stage(written: str, stage: Stage | None, raw: str | None) -> None:
    state = state_of(f"stage: {written}")
    assert (state.stage, state.raw.get("stage")) == (stage, raw)


@pytest.mark.parametrize(
    ("written", "release", "raw"),
    [
        ("v1.25", "v1.25", None),
        ("1.25", "v1.25", None),
        ("1.30", "v1.30", None),
        ('"1.30"', "v1.30", None),
        ("1.9", "v1.9", None),
        ("0.0", None, "0.0"),
        ("TBD", None, "TBD"),
        ("v1.yy", None, "v1.yy"),
        ("never", None, "never"),
        ("v1.21, v1.37", None, "v1.21, v1.37"),
        ("[v1.21, v1.37]", None, "v1.21, v1.37"),
        ('""', None, None),
        ("", None, None),
    ],
)
def test_milestones(written: str, release: str | None, raw: str | None) -> None:
    latest = state_of(f"latest-milestone: {written}")
    assert (latest.latest_milestone, latest.raw.get("latest-milestone")) == (release, raw)
    beta = state_of(f"milestone:\n  beta: {written}")
    assert (beta.milestones.get(Stage.BETA), beta.raw.get("milestone.beta")) == (release, raw)


@pytest.mark.parametrize("written", ["", "null", "v1.25", "[v1.25]", "{gamma: v1.25}"])
def test_milestones_of_no_stage(written: str) -> None:
    state = state_of(f"milestone: {written}")
    assert (state.milestones, state.raw) == ({}, {})


@pytest.mark.parametrize(
    ("written", "gates"),
    [
        ("[{name: A, components: null}, {name: B}]", ("A", "B")),
        ("[A, B]", ("A", "B")),
        ("[{name: A}, A, {name: A}]", ("A",)),
        ("[{name: None}, {name: n/a}, {name: null}, {name: ''}, {components: [x]}, N/A]", ()),
        ("{name: A}", ("A",)),
        ("A", ("A",)),
        ("null", ()),
        ("", ()),
        ("[[A]]", ("A",)),
        ("[{name: 'CSIMigration{vendor}'}]", ("CSIMigration{vendor}",)),
    ],
)
def test_feature_gates(written: str, gates: tuple[str, ...]) -> None:
    assert state_of(f"feature-gates: {written}").feature_gates == gates


@pytest.mark.parametrize(
    ("written", "path", "title"),
    [
        ("KEP Template", "keps/sig-security/2763-ambient-capabilities/kep.yaml", "Ambient capabilities"),
        ("kep template", "keps/sig-apps/85-Graduate-PDB-to-Stable/kep.yaml", "Graduate PDB to Stable"),
        ("", "keps/sig-x/127-a_b/kep.yaml", "A b"),
        ("KEP Template", "keps/sig-x/127/kep.yaml", "KEP-127"),
        ("KEP Template", "keps/kep.yaml", "Keps"),
    ],
)
def test_a_title_that_was_left_from_the_template(written: str, path: str, title: str) -> None:
    state = parse_kep_file(f"kep-number: 127\ntitle: {written}".encode(), path=path).state
    assert (state.title, state.raw.get("title", "")) == (title, written)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"DRA: `a` & <b>"', "DRA: `a` & <b>"),
        ("①㈱髙", "①㈱髙"),
        ('"two\\nlines\\tand\\u3000space "', "two lines and space"),
        ('"\\e[31mred\\u202etxt.exe\\0"', "[31mredtxt.exe"),
        ("👩\u200d💻 for all", "👩\u200d💻 for all"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_a_title_is_one_printable_line(written: str, title: str) -> None:
    state = parse_kep_file(f"kep-number: 127\ntitle: {written}".encode(), path=PATH).state
    assert (state.title, state.raw) == (title, {})


@pytest.mark.parametrize(
    ("written", "sig", "raw"),
    [
        ("sig-node", "sig-node", None),
        ("SIG Node", "sig-node", "SIG Node"),
        ("wg-batch", "wg-batch", None),
        ("api-machinery", "sig-api-machinery", "api-machinery"),
        ("../../etc", None, "../../etc"),
        ("", None, None),
    ],
)
def test_sig(written: str, sig: str | None, raw: str | None) -> None:
    state = state_of(f"owning-sig: {written}")
    assert (state.sig, state.raw.get("owning-sig")) == (sig, raw)
