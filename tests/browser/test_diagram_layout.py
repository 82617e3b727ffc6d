"""A diagram of nodes and edges is laid out in turns, and comes out as mermaid draws it in one go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import Served, sample_site, visit
from tests.sites import Folder

PATH, DATE = "issues/2026/01/2026-01-09/", "2026-01-09"

SOURCES = {
    "boxes": "flowchart LR\n  A[書く] -->|保存| B{確かめる}\n  B --> C[公開]\n  B -.-> A\n  A ==> C",
    "one box": "flowchart TD\n  A[ひとり]",
    "an edge to itself": "flowchart TD\n  A --> A\n  A -->|また| B",
    "boxes in a box": "flowchart TB\n  subgraph ノード\n    A --> B\n  end\n  B --> C\n  C --> ノード",
    "boxes in boxes": (
        "flowchart LR\n  subgraph 外\n    direction TB\n    subgraph 内\n      A --> B\n    end\n    C\n  end\n"
        "  subgraph 隣\n    D --> E\n  end\n  内 --> 隣\n  C --> D"
    ),
    "shapes": "flowchart TD\n  A([丸]) --> B[(棚)] --> C((円)) --> D>旗] --> E[/斜め/] --> F{{六角}}",
    "states": "stateDiagram-v2\n  [*] --> A\n  state 公開 {\n    [*] --> 新\n    新 --> 古い\n  }\n  A --> 公開",
    "classes": 'classDiagram\n  Issue "1" *-- "n" Section : 持つ\n  Issue : title\n  Section <|-- Card',
    "entities": "erDiagram\n  ISSUE ||--o{ KEP : mentions\n  KEP {\n    int number\n  }",
}

BOTH = """async sources => {
  const script = document.querySelector("script[src*='assets/diagram.']").src
  const address = new URL(globalThis.necoDiagram, script).href
  await import(address)
  const { load } = globalThis.necoDrawing(address)
  const [layout] = globalThis.necoDiagramWords.layout
  const mermaid = await load()
  mermaid.initialize({ startOnLoad: false, deterministicIds: true, handDrawnSeed: 1 })
  const draw = async () => {
    const drawings = []
    for (const source of sources) {
      const bench = document.body.appendChild(document.createElement("div"))
      bench.innerHTML = (await mermaid.render("same", source, bench)).svg
      // Labels stand side by side, in the order in which they were measured.
      for (const it of bench.querySelectorAll(".edgeLabels")) {
        it.replaceChildren(...[...it.children].sort((a, b) => (a.outerHTML < b.outerHTML ? -1 : 1)))
      }
      drawings.push(bench.innerHTML.replace(/(classId-\\w+)-\\d+/g, "$1")) // numbers count up for ever
      bench.remove()
    }
    return drawings
  }
  const ours = await draw()
  mermaid.registerLayoutLoaders([{ name: "dagre", loader: () => import(new URL(layout, address).href) }])
  return [ours, await draw()]
}"""
"""Draws sources in turns, then as mermaid does, on a page with a diagram."""


def with_diagram(folder: Folder) -> None:
    folder.issue(DATE, f"```mermaid\n{SOURCES['boxes']}\n```")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with sample_site(with_diagram) as served:
        yield served


def test_a_diagram_is_what_mermaid_draws(browser: Browser, served: Served) -> None:
    with visit(browser, served) as reader:
        page = reader.open(PATH)
        expect(page.locator(".neco-diagram__drawing svg").first).to_be_visible()  # mermaid has one set of settings
        ours, theirs = page.evaluate(BOTH, list(SOURCES.values()))
    assert [name for name, here, there in zip(SOURCES, ours, theirs, strict=True) if here != there] == []
    assert all("<path" in it or "<rect" in it for it in ours)
    assert not reader.troubles, "\n".join(reader.troubles)
