"""What decides how a page is rendered, beside its text, its links and the lock: settings, extensions, programs."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from ...extension import NecoWeeklyExtension
from ...model.program import program_digest
from ..settings import Settings
from .page_cache import digest
from .template_inputs import described, described_hooks


def configuration_digest(config: MkDocsConfig, settings: Settings) -> bytes | None:
    """Return a digest of all but text, links and lock that decides how a page is rendered; None if there is none.

    To be asked for when no plugin changes the configuration any more. There is none where an extension's options cannot
    be pickled.
    """
    try:
        extension_options = pickle.dumps(config.mdx_configs)
    except (pickle.PicklingError, TypeError, AttributeError):  # an object that only lives in this process
        return None
    return digest(
        [
            programs_digest(),
            [_name(extension) for extension in config.markdown_extensions],
            [(it.candidates, it.site_url) for it in config.markdown_extensions if isinstance(it, NecoWeeklyExtension)],
            extension_options,
            (settings.for_extension, described(settings.releases)),
            (config.use_directory_urls, config.validation, described_hooks(config)),
        ]
    )


def brought_by_plugins(config: MkDocsConfig) -> bool:
    """Whether other plugins have brought Markdown extensions of their own, which note what they see on each page.

    So mkdocs-autorefs learns which headings there are, and mkdocstrings what it has drawn.
    """
    return any(not isinstance(it, str | NecoWeeklyExtension) for it in config.markdown_extensions)


def programs_digest() -> bytes:
    """Return a digest of this program and all packages with their versions: any may draw a part of a page."""
    installed = sorted(item.name for folder in sys.path for item in Path(folder or ".").glob("*.dist-info"))
    return digest([program_digest(), installed])


def _name(extension: object) -> str:
    return extension if isinstance(extension, str) else type(extension).__qualname__
