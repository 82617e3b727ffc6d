"""Builds a public site as its authors have it, with our plugin or without it.

`python -m tests.extra.public_site SITE OUT [ours]`.

What the environment lacks of the site's plugins and extensions is left out of both, and named.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.utils.yaml import get_yaml_loader

OURS = "neco-weekly"
"""Our plugin as somebody adds it to a site: with no option but a cache that is not kept in the site's folder."""

LEFT_OUT = frozenset({"mkdocstrings", "social", "git-committers", "privacy"})
"""Plugins that need what a copy of the docs has not: packages to document, a history, the web."""


def main(site: str, out: str, *ours: str) -> None:
    """Build the site in `site` into `out`."""
    with contextlib.chdir(site):
        settings = yaml.load(Path("mkdocs.yml").read_text(encoding="utf-8"), Loader=lenient_loader())
        known = {it.name for it in entry_points(group="mkdocs.plugins")} - LEFT_OUT
        plugins = list(
            kept(
                "plugin", settings.get("plugins", ["search"]), lambda name: name in known or f"material/{name}" in known
            )
        )
        extensions = list(kept("extension", settings.get("markdown_extensions", []), is_extension))
        if ours:
            plugins.append({OURS: {"cache": False}})
        config = load_config(
            "mkdocs.yml", site_dir=out, plugins=plugins, markdown_extensions=extensions, strict=False, repo_url=None
        )
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()


def lenient_loader() -> Any:
    """MkDocs' loader of YAML, for which a name of Python that is not installed is nothing."""

    class Loader(get_yaml_loader()):  # type: ignore[misc]
        pass

    def name(loader: Any, suffix: str, node: yaml.Node) -> object:
        module, _, attribute = suffix.replace("materialx.", "material.extensions.").rpartition(".")
        with contextlib.suppress(ImportError, AttributeError):
            return getattr(importlib.import_module(module), attribute)
        return None

    Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", name)
    return Loader


def kept(kind: str, items: Any, is_there: Any) -> Iterator[Any]:
    """Those plugins or extensions that are installed."""
    for item in [{name: options} for name, options in items.items()] if isinstance(items, dict) else items:
        name = next(iter(item)) if isinstance(item, dict) else item
        if is_there(name):
            yield item
        else:
            print(f"left out: {kind} {name}")


def is_extension(name: str) -> bool:
    try:
        Markdown(extensions=[name])
    except (ImportError, AttributeError, TypeError):
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
