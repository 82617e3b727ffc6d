"""Names of SIGs: every spelling that a kep.yaml of kubernetes/enhancements ever had, and what it is taken as."""

from __future__ import annotations

import re
from pathlib import Path

import neco_weekly
import pytest
from neco_weekly.model.sig_names import SPELLINGS, sig_name

OFFICIAL = frozenset(
    "committee-code-of-conduct committee-security-response committee-steering sig-api-machinery sig-apps"
    " sig-architecture sig-auth sig-autoscaling sig-cli sig-cloud-provider sig-cluster-lifecycle"
    " sig-contributor-experience sig-docs sig-etcd sig-instrumentation sig-k8s-infra sig-multicluster sig-network"
    " sig-node sig-release sig-scalability sig-scheduling sig-security sig-storage sig-testing sig-ui"
    " sig-windows".split()
)
"""The groups of https://github.com/kubernetes/community that do not end, unlike working groups."""

HISTORIC = frozenset(
    "sig-jobset sig-pm sig-service-catalog sig-usability wg-component-standard wg-k8s-infra wg-lts wg-multitenancy"
    " kubelet-garbage-collection-wg".split()
)
"""Groups that came to an end, were merged, or never were one: the name says what it says."""

OWNING = (
    "api-machinery sig-api-machinery sig-apps sig-architecture sig-auth sig-autoscaling sig-cli sig-cloud-provider"
    " sig-cluster-lifecycle sig-contributor-experience sig-docs sig-etcd sig-instrumentation sig-multicluster"
    " sig-network sig-node sig-pm sig-release sig-scheduling sig-security sig-storage sig-testing sig-ui"
    " sig-windows".split()
)
"""Every `owning-sig` of all versions of all kep.yaml files, but for the template's."""

PARTICIPATING = [
    *OWNING,
    "Kubelet garbage collection WG",
    *"committee-security-response sig-api sig-apimachinery sig-arch sig-contribex sig-jobset sig-k8s-infra".split(),
    *"sig-machinery sig-scalability sig-scheduler sig-service-catalog sig-usability wg-component-standard".split(),
    *"wg-k8s-infra wg-lts wg-multitenancy".split(),
]
"""Every item of `participating-sigs` of these, but for the template's and TBD."""


@pytest.mark.parametrize("written", PARTICIPATING)
def test_every_spelling_in_use_is_taken_as_a_group_that_there_is_or_was(written: str) -> None:
    assert sig_name(written) in OFFICIAL | HISTORIC


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("sig-node", "sig-node"),
        ("SIG Node", "sig-node"),
        (" sig_node\n", "sig-node"),
        ("SIG Arch", "sig-architecture"),
        ("sig-scheduler", "sig-scheduling"),
        ("sig-contribex", "sig-contributor-experience"),
        ("api-machinery", "sig-api-machinery"),
        ("sig-aws", "sig-aws"),
        ("../../etc", None),
        ("sig-", None),
        ("", None),
    ],
)
def test_names(written: str, name: str | None) -> None:
    assert sig_name(written) == name


def test_a_spelling_leads_to_an_official_name_at_once() -> None:
    assert set(SPELLINGS.values()) <= OFFICIAL
    assert {name: sig_name(name) for name in OFFICIAL} == {name: name for name in OFFICIAL}
    assert set(SPELLINGS) <= set(PARTICIPATING)


def test_the_search_has_the_same_table() -> None:
    script = Path(neco_weekly.__file__).parent / "site/assets/search/sigs.js"
    pairs = re.findall(r'\["([a-z-]+)", "([a-z0-9-]+)"\]', script.read_text(encoding="utf-8"))
    bare = {written.removeprefix("sig-"): name.removeprefix("sig-") for written, name in SPELLINGS.items()}
    assert dict(pairs) == {written: name for written, name in bare.items() if written != name}
