"""A small guide to deprecated APIs in the form of kubernetes/website, on real removals."""

from __future__ import annotations


def _section(release: str, kind: str, old: str, new: str, since: str = "") -> str:
    available = f", available since v{since}" if since else ""
    return (
        f"#### {kind} {{#{kind.lower()}-v{release.replace('.', '')}}}\n\n"
        f"The **{old}** API version of {kind} is no longer served as of v{release}.\n\n"
        f"* Migrate what uses it to use the **{new}** API version{available}.\n"
        f"* What is stored stays readable, in **other/v9** too.\n"
    )


_SECURITY = """#### PodSecurityPolicy {#psp-v125}

PodSecurityPolicy in the **policy/v1beta1** API version is no longer served as of v1.25,
and its admission controller goes.

Migrate to [Pod Security Admission](/docs/concepts/security/pod-security-admission/) or to a webhook.
"""

GUIDE = "\n".join(
    [
        "---\ntitle: A Guide\n---\n\n<!-- body -->\n\n## Removed APIs by release\n\n### v1.27\n\nThat release:\n",
        _section("1.27", "CSIStorageCapacity", "storage.k8s.io/v1beta1", "storage.k8s.io/v1", "1.24"),
        "### v1.26\n",
        _section("1.26", "HorizontalPodAutoscaler", "autoscaling/v2beta2", "autoscaling/v2", "1.23") + "### v1.25\n",
        _section("1.25", "CronJob", "batch/v1beta1", "batch/v1", "1.21"),
        _SECURITY,
        _section("1.25", "RuntimeClass", "node.k8s.io/v1beta1", "node.k8s.io/v1", "1.20"),
        "### v1.22\n",
        _section("1.22", "Lease", "coordination.k8s.io/v1beta1", "coordination.k8s.io/v1", "1.14"),
        _section("1.22", "Ingress", "networking.k8s.io/v1beta1", "networking.k8s.io/v1", "1.19"),
        "### v1.16\n",
        _section("1.16", "DaemonSet", "apps/v1beta2", "apps/v1"),
        "## What to do\n\n### Test it\n\nSet `--runtime-config=**a/v1**=false`, no longer.\n",
    ]
)
"""The guide: removals of v1.27, v1.26, v1.25, v1.22 and v1.16."""
