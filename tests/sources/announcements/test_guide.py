"""The guide to deprecated APIs: what each release no longer serves, and what stands in for it."""

from __future__ import annotations

from neco_weekly.model.removed_apis import removed_between
from neco_weekly.sources.announcements.guide import read_guide

from tests.announcements import GUIDE


def told(text: str) -> list[str]:
    return [
        f"{it.release} {' '.join(it.versions)} {'+'.join(it.kinds)} -> "
        + " ".join(f"{one.name}@{one.since}" if one.since else one.name for one in it.replacements)
        for it in read_guide(text).removals
    ]


def section(sentence: str, *items: str, heading: str = "#### Naps {#naps-v125}") -> str:
    body = "\n".join(items)
    return f"## Removed APIs by release\n\n### v1.25\n\n{heading}\n\n{sentence}\n\n{body}\n\n## What to do\n\n#### X\n"


MOVE = "* Migrate manifests and clients to use the **rest.k8s.io/v1** API version, available since v1.21."
SAID = "The **rest.k8s.io/v1beta1** API version of Nap is no longer served as of v1.25."

SENTENCES = {
    (SAID, MOVE): "v1.25 rest.k8s.io/v1beta1 Nap -> rest.k8s.io/v1@v1.21",
    (SAID.replace("is no longer served as of", "will no longer be served in"), MOVE): (
        "v1.25 rest.k8s.io/v1beta1 Nap -> rest.k8s.io/v1@v1.21"
    ),
    ("Nap and Bed in the **rest.k8s.io/v1beta1** API version are\nno longer served as of v1.25.", MOVE): (
        "v1.25 rest.k8s.io/v1beta1 Nap+Bed -> rest.k8s.io/v1@v1.21"
    ),
    ("The **a/v1beta1** and **b/v1beta2** API versions of Nap, Bed, and Pillow are no longer served.", MOVE): (
        "v1.25 a/v1beta1 b/v1beta2 Nap+Bed+Pillow -> rest.k8s.io/v1@v1.21"
    ),
    (SAID, "* Migrate to use the **a/v1** API version, available since v1.29, or the **a/v2** API version."): (
        "v1.25 rest.k8s.io/v1beta1 Nap -> a/v1@v1.29 a/v2"
    ),
    (SAID, "* Migrate clients to use the **a/v1** API version", "  * Nap is there in **a/v1** since v1.19."): (
        "v1.25 rest.k8s.io/v1beta1 Nap -> a/v1"
    ),
    (SAID, "Migrate to [Sofas](/docs/sofas/) or a [webhook](/docs/)."): "v1.25 rest.k8s.io/v1beta1 Nap -> Sofas",
    (SAID, "* Migrate to use the **rest.k8s.io/v1beta1** API version."): "v1.25 rest.k8s.io/v1beta1 Nap -> ",
    (SAID, "* All objects stay, also in **c/v1**"): "v1.25 rest.k8s.io/v1beta1 Nap -> ",
    ("The **v1beta1** API version of these is no longer served.", MOVE): ("v1.25 v1beta1 Naps -> rest.k8s.io/v1@v1.21"),
}


def test_sentences_of_removals() -> None:
    assert {case: told(section(*case)) for case in SENTENCES} == {case: [it] for case, it in SENTENCES.items()}


def test_a_section_that_says_nothing_is_told_and_the_others_are_read() -> None:
    said = read_guide(section("Naps are over.", "", f"#### Beds\n\n{SAID}"))
    assert said.irregular == [("v1.25 Naps", "no sentence names versions that are no longer served")]
    assert [it.kinds for it in said.removals] == [("Nap",)]


def test_places_in_the_guide() -> None:
    (found,) = read_guide(section(SAID)).removals
    assert found.anchor == "naps-v125"
    (without,) = read_guide(section(SAID, heading="#### Naps")).removals
    assert without.anchor is None


def test_from_1_21_to_1_26_are_the_removals_of_1_22_and_1_25_and_1_26() -> None:
    found = removed_between(read_guide(GUIDE).removals, "v1.21", "v1.26")
    count = {release: sum(it.release == release for it in found) for release in ("v1.22", "v1.25", "v1.26")}
    assert (count, len(found)) == ({"v1.22": 2, "v1.25": 3, "v1.26": 1}, 6)
    assert all(it.replacements and it.versions and it.kinds for it in found)
    assert read_guide(GUIDE).irregular == []


HOSTILE = {
    "nothing": "",
    "bold": "### v1.25\n#### X\n" + "**" * 200_000,
    "versions": "### v1.25\n#### X\n" + "**a/v1** " * 100_000,
    "kinds": "### v1.25\n#### X\nAPI version of " + "A, " * 100_000,
    "markup": "### v1.25\n#### <script>alert(1)</script>\nno longer\n",
    "releases": "### v1.999\n#### X\n" + SAID,
    "comment": "<!--\n" + GUIDE.replace("<!-- body -->", ""),
}


def test_hostile_guides_end_and_tell_nothing() -> None:
    assert {name: told(text) for name, text in HOSTILE.items()} == {name: [] for name in HOSTILE}
