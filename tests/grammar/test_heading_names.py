"""Names that headings may hold: what a heading is about, without versions, words of the sentence and rubrics."""

from __future__ import annotations

from neco_weekly.grammar.heading_names import may_be_called, names_in_heading

NAMES = {
    "Argo CD v2.5.0 リリース": ("Argo CD", "Argo", "CD"),
    "controller-runtime v0.13.0": (),  # two words of English: only a link to the repository makes it a name
    "Kubebuilder 3.7 と Cilium 1.12": ("Kubebuilder", "Cilium"),
    "eBPF, sidecars, and the future of the service mesh": ("eBPF",),
    "cgroup v2 の memory.high": ("cgroup v2", "cgroup"),
    "Argo CRDs and Kustomize": ("Argo CRDs", "Argo", "CRD"),
    "Server-Side Apply を試す": ("Server-Side Apply",),
    "Why and How to Use containerd": ("containerd",),
    "Teleport 10": ("Teleport",),
    "Loki v2.6.0 released": ("Loki",),
    "Dependabot: grouped updates": ("Dependabot",),
    "OpenTofu is now Generally Available - The GitHub Blog": ("OpenTofu",),
    "What's new in Copilot | DevelopersIO": (),
    "Public Preview of registry.example.io and v4": (),
    "今週の Kubernetes": (),
    "はじめに": (),
    "まとめ": (),
    "小ネタ": (),
    "2022年9月のニュース": (),
    "Release Notes": (),
    "KEP-2091: Add support for AdminNetworkPolicy": (),
    "#127 User Namespaces": (),
    "GitHub で SIG Node": (),
    "": (),
}


def test_names_in_headings() -> None:
    assert {heading: names_in_heading(heading) for heading in NAMES} == NAMES


def test_what_a_repository_may_be_called() -> None:
    names = "argo-cd Node.js controller-runtime roadmap changelog k8s.io sig-release .github".split()
    assert [it for it in names if may_be_called(it)] == ["argo-cd", "Node.js", "controller-runtime"]
