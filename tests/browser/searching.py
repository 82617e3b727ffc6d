"""Queries in the box of the theme's search, and the rows that a reader sees for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from playwright.sync_api import Page

from tests.site.search.sections import Place
from tests.sites import PATIENCE

SEEN = 5
"""Groups of results that are looked at."""

_ASK = """async ({ queries, seen, patience }) => {
  const input = document.querySelector("input.md-search__input")
  const result = document.querySelector("[data-md-component=search-result]")
  const list = result.querySelector(".md-search-result__list")
  const shown = item => [...item.querySelectorAll(":scope > a.md-search-result__link")]
  const address = link => link.pathname + link.hash

  const ask = query => new Promise((resolve, reject) => {
    const started = performance.now()
    const late = setTimeout(() => reject(new Error(`no answer to “${query}”`)), patience)
    let first = null
    const listen = ({ data: { type, data } }) => {
      if (type !== 3 || (data.neco && data.neco.query !== query)) return
      if (data.items.length) first ??= performance.now() - started
      if (data.neco && !data.neco.complete) return
      document.necoSearch.removeEventListener("message", listen)
      clearTimeout(late)
      const groups = [...list.children].slice(0, seen).map(item => shown(item).map(address))
      const whole = performance.now() - started
      const asked = (performance.timeOrigin + started) / 1000
      resolve({ groups, asked, first, whole, state: result.dataset.necoSearch ?? null })
    }
    document.necoSearch.addEventListener("message", listen)
    input.value = query
    input.dispatchEvent(new Event("keyup"))
  })

  input.focus()
  const answers = []
  for (const query of queries) { // somebody who types does so after the last answer was painted
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
    answers.push(await ask(query))
  }
  return answers
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows that are shown of the first pages, and after how many milliseconds there were any, and were all.

    `first` is None where nothing was found; `state` is what the result says of itself. `asked` is when the query was
    typed, in seconds since 1970 by the browser's clock: whoever drives the browser may be late.
    """

    groups: tuple[tuple[Place, ...], ...]
    asked: float
    first: float | None
    whole: float
    state: str | None

    def has(self, targets: Collection[Place], within: int) -> bool:
        """Whether one of the places is a row of the first `within` groups."""
        return any(place in targets for group in self.groups[:within] for place in group)


def ask(page: Page, queries: Sequence[str], *, site: str, patience: float = PATIENCE) -> list[Answer]:
    """Type each query into the box and wait until all of the answer is there; no two in a row may be alike.

    `site` is the address of the site's root, `patience` in seconds is for each.
    """
    if not page.locator("#__search").is_checked():
        page.keyboard.press("/")  # the theme's key, for a focus alone opens nothing
    asked = {"queries": list(queries), "seen": SEEN, "patience": patience * 1000}
    return [
        Answer(
            groups=tuple(tuple(_place(row, site) for row in group) for group in answer["groups"]),
            asked=answer["asked"],
            first=answer["first"],
            whole=answer["whole"],
            state=answer["state"],
        )
        for answer in page.evaluate(_ASK, asked)
    ]


def _place(address: str, site: str) -> Place:
    """An address from the host's root, as a place of the site."""
    root = "/" + site.partition("://")[2].partition("/")[2]
    return Place.at(unquote(address).removeprefix(root))
