"""Versions as real projects write them in tags: read, put in order, told apart by what they are versions of."""

from __future__ import annotations

import random

import pytest
from neco_weekly.model.versions import Version, own_families

READ = {
    "v1.13.5": "1.13.5",
    "V1.2": "1.2.0",
    "1.13.5": "1.13.5",
    "2022.08.1": "2022.8.1",
    "v1.2": "1.2.0",
    "v251": "251.0.0",
    "v0.0.0.1": "0.0.0.1",
    "release-1.20": "1.20.0",
    "stable-2.12.0": "2.12.0",
    "release/v1.2": "1.2.0",
    "kustomize/v5.0.1": "kustomize 5.0.1",
    "cmd/ctl/v1.0.0": "cmd/ctl 1.0.0",
    "helm-chart-4.5.2": "helm-chart 4.5.2",
    "operator-v0.13.0": "operator 0.13.0",
    "jq-1.7": "jq 1.7.0",
    "log4j-2.17.1": "log4j 2.17.1",
    "curl-7_85_0": "curl 7.85.0",
    "go1.19.2": "go 1.19.2",
    "@scope/pkg@1.2.3": "@scope/pkg 1.2.3",
    "v2.0.0-rc.1": "2.0.0 before: rc.1",
    "v1.0.0-beta.2": "1.0.0 before: beta.2",
    "go1.20rc1": "go 1.20.0 before: rc1",
    "1.0.0b2": "1.0.0 before: b2",
    "v2.0.0-M1": "2.0.0 before: m1",
    "v1.0.0-unheard": "1.0.0 before: unheard",
    "rc-1.2": "1.2.0 before: rc",
    "v1.24.1-rc1+k3s1": "1.24.1 before: rc1 after: k3s1",
    "v1.24.1+k3s1": "1.24.1 after: k3s1",
    "5.3.22.RELEASE": "5.3.22 after: release",
    "v2.4.8-1": "2.4.8 after: 1",
    "OpenSSL_1_1_1q": "openssl 1.1.1 after: q",
}

NONE = [
    *"latest nightly canary stable main v version 42 v123456 1234567 abcdef1 deadbeef 3e12345abc".split(),
    *"v1.2.3-5-gabc12de v0.0.0-20220801120000-abcdef123456 v1.20220801.0 2022-08-01 nightly-2022.08.01".split(),
    *"edge-22.8.2 v12.3.0-canary.1 v1.2.3-snapshot 1.2.3.4.5 v1.2.3.4.5 \N{FULLWIDTH DIGIT ONE}.2".split(),
    *("", "v1.2\n", "v1.2 ", "v1.2 <b>", "v1." + "2" * 200, "a" * 9999),
]


def shown(tag: str) -> str | None:
    it = Version.parse(tag)
    if it is None:
        return None
    said = [it.family, ".".join(map(str, it.numbers))]
    said += [f"before: {it.pre}"] * bool(it.pre) + [f"after: {it.after}"] * bool(it.after)
    return " ".join(part for part in said if part)


def test_tags_of_real_forms_are_read() -> None:
    assert {tag: shown(tag) for tag in READ} == READ


def test_what_nobody_calls_a_version_is_none() -> None:
    assert [tag for tag in NONE if shown(tag) is not None] == []


def test_versions_are_put_in_the_order_of_their_releases() -> None:
    tags = """v0.9.0 v1.0.0-alpha v1.0.0-alpha.1 v1.0.0-alpha.beta v1.0.0-beta v1.0.0-beta.2 v1.0.0-beta.11 v1.0.0-rc.1
    v1.0.0 v1.0.0-1 v1.0.0-2 v1.0.0-10 v1.0.0.1 v1.0.1 v1.2 v1.2.1 v1.10.0 v2.0.0 2022.08.1""".split()
    mixed = random.Random(17).sample(tags, len(tags))
    assert sorted(mixed, key=lambda it: Version.parse(it) or pytest.fail(it)) == tags


@pytest.mark.parametrize(
    ("older", "newer", "step"),
    [
        ("v1.13.4", "v1.13.5", "patch"),
        ("v1.12.9", "v1.13.5", "minor"),
        ("v1.12.9", "v2.0.0", "major"),
        ("v0.12.0", "v0.13.0", "minor"),
        ("v0.13.0", "v1.0.0", "major"),
        ("v1.0.0-1", "v1.0.0-2", "patch"),
    ],
)
def test_what_a_version_is_against_one_before_it(older: str, newer: str, step: str) -> None:
    first, second = Version.parse(older), Version.parse(newer)
    assert first
    assert second
    assert second.step_from(first) == step


def test_what_a_version_is_by_its_own_numbers() -> None:
    tags = {"v2.0.0": "major", "v2.1.0": "minor", "v0.13.0": "minor", "v0.0.0": "minor", "v2.1.1": "patch"}
    assert {tag: it.step for tag in tags if (it := Version.parse(tag))} == tags


def test_a_tag_of_one_number_is_short() -> None:
    assert [tag for tag in ("v4", "v4.0.0", "v1beta1") if (it := Version.parse(tag)) and it.is_short] == ["v4"]


@pytest.mark.parametrize(
    ("repository", "families", "own"),
    [
        ("kubernetes-sigs/kubebuilder", {""}, {""}),
        ("kubernetes-sigs/kustomize", {"kustomize", "api", "kyaml", ""}, {"kustomize", ""}),
        ("apache/Log4j_2", {"log4j-2", "other"}, {"log4j-2"}),
        ("kubernetes/ingress-nginx", {"controller", "helm-chart"}, {"controller"}),
        ("prometheus-community/helm-charts", {"some-chart", "other-chart"}, {"some-chart", "other-chart"}),
        ("example/operators", {"one", "two"}, {"one", "two"}),
    ],
)
def test_the_families_that_are_the_project_itself(repository: str, families: set[str], own: set[str]) -> None:
    assert own_families(families, repository) == own
