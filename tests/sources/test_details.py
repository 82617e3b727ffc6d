"""What a kep.yaml says beside its state: who wrote it, which SIGs take part, and what it refers to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.model.keps import Details, Reference
from neco_weekly.sources.keps.details import Folders, read_details

from .repositories import KEP_127, GitFolder, kep, snapshot

FOLDERS = Folders(
    {"sig-node/127-user-namespaces": 127, "sig-node/7-old-name": 8, "sig-cloud-provider/providers/20-x": 20, "a": 661}
)


def details(**fields: Any) -> Details:
    return read_details({name.replace("_", "-"): value for name, value in fields.items()}, FOLDERS, number=5)


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        pytest.param(["@a", "@b", "@a"], ("@a", "@b"), id="each once"),
        pytest.param("@a", ("@a",), id="one as text"),
        pytest.param(["TBD", "n/a", "", "~", "None", "-", "@a"], ("@a",), id="place holders"),
        pytest.param([{"name": "a"}, None, ["@b"]], (), id="what is no text"),
        pytest.param(None, (), id="nothing"),
        pytest.param([" two\n lines\u202e "], ("two lines",), id="one printable line"),
        pytest.param(["x" * 300], ("x" * 199 + "…",), id="too long"),
    ],
)
def test_authors(written: object, authors: tuple[str, ...]) -> None:
    assert details(authors=written).texts("authors") == authors


@pytest.mark.parametrize(
    ("written", "sigs"),
    [
        (["sig-node", "SIG Auth", "sig-node"], ("sig-node", "sig-auth")),
        ("wg-batch", ("wg-batch",)),
        (["sig-scheduler", "sig-arch", "sig-scheduling"], ("sig-scheduling", "sig-architecture")),
        (["../../etc", "n/a"], ()),
        (None, ()),
    ],
    ids=["several", "one", "spellings", "none that is one", "nothing"],
)
def test_participating_sigs(written: object, sigs: tuple[str, ...]) -> None:
    assert details(participating_sigs=written).texts("participating_sigs") == sigs


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-07-13", dt.date(2021, 7, 13)),
        (" 2021-07-13T10:00:00Z", dt.date(2021, 7, 13)),
        ("2023-14-05", None),
        ("July", None),
        ("", None),
        (None, None),
        (["2021-07-13"], None),
    ],
)
def test_the_day_of_creation(written: object, day: dt.date | None) -> None:
    assert details(creation_date=written).day("created") == day


HUB = "https://github.com/kubernetes/enhancements"
REFERENCES = {
    "a path": ("/keps/sig-node/127-user-namespaces", Reference(kep=127)),
    "a path of another style": ("keps/sig-node/127-user-namespaces/", Reference(kep=127)),
    "a file": ("keps/sig-node/127-user-namespaces/README.md#motivation", Reference(kep=127)),
    "a nested folder": ("/keps/sig-cloud-provider/providers/20-x", Reference(kep=20)),
    "a folder that bears another number": ("/keps/sig-node/7-old-name", Reference(kep=8)),
    "a dead path": ("/keps/sig-node/99-gone", Reference(text="/keps/sig-node/99-gone")),
    "a link to a folder": (f"{HUB}/tree/master/keps/sig-node/127-user-namespaces", Reference(kep=127)),
    "a link to a dead folder": (
        f"{HUB}/tree/master/keps/sig-node/99-gone",
        Reference(url=f"{HUB}/tree/master/keps/sig-node/99-gone"),
    ),
    "a link to an issue": (f"{HUB}/issues/4242", Reference(kep=4242)),
    "a link to a pull request": (f"{HUB}/pull/4242", Reference(url=f"{HUB}/pull/4242")),
    "a short link": ("https://kep.k8s.io/4242", Reference(kep=4242)),
    "Markdown": (f"[the KEP]({HUB}/issues/4242)", Reference(kep=4242)),
    "Markdown to a page": ("[a page](https://example.com/a)", Reference(url="https://example.com/a")),
    "a page": ("https://example.com/a?b=1", Reference(url="https://example.com/a?b=1")),
    "a number that is a KEP": ("KEP-661", Reference(kep=661)),
    "a number that is none": ("KEP 0004", Reference(text="KEP 0004")),
    "two numbers": ("KEP-127 and KEP-661", Reference(text="KEP-127 and KEP-661")),
    "words": ("the old design", Reference(text="the old design")),
    "a script": ("javascript:alert(1)", Reference(text="javascript:alert(1)")),
}


@pytest.mark.parametrize("field", ["see_also", "replaces", "superseded_by"])
@pytest.mark.parametrize(("written", "reference"), REFERENCES.values(), ids=REFERENCES)
def test_references(written: str, reference: Reference, field: str) -> None:
    assert details(**{field: [written]}).references(field) == (reference,)


@pytest.mark.parametrize(
    "written",
    [
        "n/a",
        "",
        "TBD",
        "/keps/sig-aaa/1234-we-heard-you-like-keps",
        "keps/sig-bbb/2345-x",
        "KEP-5",
        None,
        [],
        {"a": "b"},
    ],
    ids=repr,
)
def test_what_refers_to_nothing(written: object) -> None:
    numbers = Folders({"x/5-y": 5})
    assert read_details({"see-also": [written]}, numbers, number=5).references("see_also") == ()


def test_each_reference_once() -> None:
    found = details(see_also=["/keps/sig-node/127-user-namespaces", f"{HUB}/issues/127", "https://kep.k8s.io/127"])
    assert found.references("see_also") == (Reference(kep=127),)


# --- in a repository ----------------------------------------------------------------------------------------------


def test_a_folder_that_was_renamed_still_leads_to_its_kep(upstream: GitFolder, cache: Path) -> None:
    seven = kep(7, **{"see-also": "[/keps/sig-node/127-user-namespaces]", "authors": "['@a']"})
    upstream.commit({KEP_127: kep(), "keps/sig-a/7-x/kep.yaml": seven})
    upstream.commit({KEP_127: None, "keps/sig-auth/127-renamed/kep.yaml": kep()})
    found = snapshot(upstream, cache).enhancements[7]
    assert found.details == Details.of(authors=("@a",), see_also=(Reference(kep=127),))


def test_details_are_those_of_the_last_file(upstream: GitFolder, cache: Path) -> None:
    upstream.commit({KEP_127: kep(authors="['@a']"), "keps/x/7-y/kep.yaml": kep(7)})
    upstream.commit({KEP_127: kep(authors="['@b']")})
    upstream.commit({KEP_127: None})
    assert snapshot(upstream, cache).enhancements[127].details.texts("authors") == ("@b",)
