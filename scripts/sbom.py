"""Prints what a release is made of, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).

It lists the Python packages that `requirements/build.txt` pins, which the release was tested with, each with its
digests, and what third parties built for readers' browsers, which lies in the package.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
NAME = "neco-weekly"

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def document(root: Path) -> dict[str, Any]:
    """The bill of materials of the project in a folder. It follows from the project's files alone, without a day."""
    text = (root / "plugins/neco_weekly/__init__.py").read_text(encoding="utf-8")
    version = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    assert version
    about = {"type": "application", "bom-ref": NAME, "name": NAME, "version": version[1]}
    about["purl"] = f"pkg:pypi/{NAME}@{version[1]}"
    components = [*python_packages((root / "requirements/build.txt").read_text(encoding="utf-8"))]
    manifest = json.loads((root / "plugins/neco_weekly/vendor/manifest.json").read_text(encoding="utf-8"))
    components += vendored(manifest)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": about},
        "components": components,
        "dependencies": [{"ref": NAME, "dependsOn": [it["bom-ref"] for it in components]}],
    }


def python_packages(requirements: str) -> Iterator[dict[str, Any]]:
    """The packages of a pinned list of requirements; one that has two versions, by Python's, is there twice."""
    pins = list(_PIN.finditer(requirements))
    for pin, end in zip(pins, [*(it.start() for it in pins[1:]), len(requirements)], strict=True):
        purl = f"pkg:pypi/{re.sub('[-_.]+', '-', pin['name']).lower()}@{pin['version']}"
        digests = sorted(_HASH.findall(requirements[pin.end() : end]))
        # One package has several files, and a component's own hashes are those of one: each file's is a reference.
        references = [
            {"type": "distribution", "url": purl, "hashes": [{"alg": "SHA-256", "content": it}]} for it in digests
        ]
        yield _component(pin["name"], pin["version"], purl) | {"externalReferences": references}


def vendored(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The bundles of `vendor/manifest.json`."""
    for name, entry in manifest.items():
        algorithm, _, digest = entry["integrity"].partition("-")
        content = base64.b64decode(digest).hex()
        yield _component(name, entry["version"], f"pkg:npm/{quote(entry['package'])}@{entry['version']}") | {
            "licenses": [{"expression": entry["license"]}],
            "hashes": [{"alg": f"SHA-{algorithm.removeprefix('sha')}", "content": content}],
        }


def _component(name: str, version: str, purl: str) -> dict[str, Any]:
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


if __name__ == "__main__":
    json.dump(document(ROOT), sys.stdout, indent=2)
    sys.stdout.write("\n")
