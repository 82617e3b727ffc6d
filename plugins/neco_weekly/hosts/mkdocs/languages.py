"""The languages of a site that mkdocs-static-i18n builds: each is a build of its own, into a folder of its own.

That plugin calls MkDocs once a language, with the files of that language alone, and gives them new addresses. What is
generated follows: `keps/127/` for the language of the site, `en/keps/127/` beside pages in English
(https://ultrabug.github.io/mkdocs-static-i18n/getting-started/quick-start/, *docs_structure*).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig

_PLUGIN = "i18n"


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a build: `prefix` stands before addresses, `folders` are those of languages in the docs."""

    prefix: str = ""
    folders: Sequence[str] = ()

    def place_of(self, path: str, address: str) -> str:
        """Return where the file of a path is drawn that MkDocs alone draws at an address: `keps/127/index.html`."""
        folder = path.partition("/")[0]
        if folder in self.folders:
            address = address.removeprefix(f"{folder}/")
        return self.prefix + address


def language_of(config: MkDocsConfig) -> Language:
    """Return the language of a build; without mkdocs-static-i18n there is one, which has no folder."""
    plugin = config.plugins.get(_PLUGIN)
    current = getattr(plugin, "current_language", None)
    if plugin is None or not current:
        return Language()
    in_folders = getattr(plugin.config, "docs_structure", "") == "folder"
    return Language(
        prefix="" if plugin.is_default_language_build else f"{current}/",
        folders=tuple(plugin.all_languages) if in_folders else (),
    )


def has_languages(config: MkDocsConfig) -> bool:
    """Whether mkdocs-static-i18n is at work, which refuses every page without a file until it has given addresses."""
    return _PLUGIN in config.plugins
