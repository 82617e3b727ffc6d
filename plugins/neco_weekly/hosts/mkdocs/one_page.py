"""One page through the theme's template, by the public functions of MkDocs: what its own loop does with each page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import mkdocs.commands.build
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

CAN_DRAW = hasattr(mkdocs.commands.build, "get_context")
"""Whether this MkDocs has all that drawing one page needs. With one that has not, pages are drawn by MkDocs alone."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What all pages of a build are drawn with, once they are rendered."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment

    def html(self, page: Page, then: Callable[[str], str] = lambda html: html) -> str:
        """Return what the theme makes of a page, and `then` of that, with the hooks of all plugins before a template.

        Hooks behind the template are in `then`: as with MkDocs, the page is still the active one of the navigation.
        """
        page.active = True
        try:
            context = mkdocs.commands.build.get_context(self.nav, self.files.documentation_pages(), self.config, page)
            template = self.env.get_template(page.meta.get("template", "main.html"))
            context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
            return then(template.render(context))
        finally:
            page.active = False
