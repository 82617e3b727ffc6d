"""The site under its Content-Security-Policy: every kind of page obeys it, and what is injected does not run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import DESKTOP, KINDS, Served, Visit, sample_site, served_below, visit
from tests.browser.test_forms import CONFIGURED
from tests.browser.waiting import becomes
from tests.forms import DRAWN, ISSUE, PAGE, PLAIN, TABS, THEIRS, write_forms
from tests.sites import PROJECT, Folder, copied

pytestmark = pytest.mark.browser

NOTE = "addEventListener('securitypolicyviolation', it => (globalThis.stopped ??= []).push(it.violatedDirective))"
STOPPED = "globalThis.stopped ?? []"
READ = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y)
    await new Promise(requestAnimationFrame)
  }
}"""
WAITING = "pre.neco-diagram:not(details *):not(:has(+ .neco-diagram__failed))"
INJECTED = """() => {
  const script = document.createElement("script")
  script.textContent = "globalThis.injected = true"
  document.body.append(script)
  document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.injected = true'>")
  return new Promise(done => setTimeout(() => done(globalThis.injected ?? false)))
}"""
WRITTEN = """\
# 差し込み

<script>globalThis.injected = true</script>
<script src="https://elsewhere.example/program.js"></script>
<p id="plain" onclick="globalThis.injected = true" style="letter-spacing: 3px">文</p>
"""


@pytest.fixture(scope="module")
def forms() -> Iterator[Served]:
    with sample_site(write_forms) as served:
        yield served


def opened(reader: Visit, path: str) -> Page:
    """A page that was read to its end, and remembers what its policy has stopped."""
    reader.page.add_init_script(NOTE)
    return read(reader, path)


def read(reader: Visit, path: str) -> Page:
    page = reader.open(path)
    assert page.locator("meta[http-equiv='Content-Security-Policy']").count() == 1
    page.evaluate(READ)
    return page


def stopped(page: Page) -> list[str]:
    return sorted(page.evaluate(STOPPED))


def test_every_kind_of_page_obeys_its_policy(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP, own=True) as reader:
        reader.page.add_init_script(NOTE)
        for path in KINDS.values():
            if directives := stopped(read(reader, path)):
                reader.troubles.append(f"{path}: stops {directives}")
    assert not reader.troubles, "\n".join(reader.troubles)


@pytest.mark.parametrize("path", [ISSUE, PAGE, PLAIN, THEIRS, DRAWN])
def test_every_form_and_every_diagram_obeys(browser: Browser, forms: Served, path: str) -> None:
    with visit(browser, forms, width=DESKTOP, own=True) as reader:
        page = opened(reader, path)
        for source in page.locator("pre.neco-diagram").all():
            source.scroll_into_view_if_needed()
        expect(page.locator(WAITING)).to_have_count(0)
        assert page.evaluate(STOPPED) == []
    assert not reader.troubles, "\n".join(reader.troubles)


@pytest.mark.parametrize("path", [KINDS["home"], KINDS["issue"], KINDS["kep"], KINDS["not-found"]])
def test_what_comes_into_a_page_later_does_not_run(browser: Browser, site: Served, path: str) -> None:
    with visit(browser, site, own=True) as reader:
        page = opened(reader, path)
        assert page.evaluate(INJECTED) is False
        becomes(page, stopped, ["script-src-attr", "script-src-elem"])


def test_what_the_text_of_a_page_has_inline_does_not_run(browser: Browser, tmp_path: Path) -> None:
    folder = copied(PROJECT, tmp_path)
    folder.write("docs/injected.md", WRITTEN)
    built = folder.build()
    assert [it.split(" ")[1:3] for it in built.warnings] == [
        ["docs/injected.md:3:", "本文の"],
        ["docs/injected.md:5:", "本文の"],
    ]
    with served_below(built.site, "") as site, visit(browser, site, own=True) as reader:
        page = opened(reader, "injected/")
        page.locator("#plain").click()
        assert page.evaluate("globalThis.injected ?? false") is False
        becomes(page, stopped, ["script-src-attr", "script-src-elem", "script-src-elem"])
        assert page.locator("#plain").evaluate("it => getComputedStyle(it).letterSpacing") == "3px"


def test_a_script_that_was_put_into_the_file_does_not_run(browser: Browser, forms: Served) -> None:
    html = (forms.folder / PLAIN / "index.html").read_text(encoding="utf-8")
    injected = html.replace("</article>", "<script>globalThis.injected = true</script></article>")
    assert injected != html
    with visit(browser, forms, own=True) as reader:
        reader.page.route(f"**/{PLAIN}", lambda route: route.fulfill(body=injected, content_type="text/html"))
        page = opened(reader, PLAIN)
        assert page.evaluate("globalThis.injected ?? false") is False
        becomes(page, stopped, ["script-src-elem"])


# --- what the theme does ------------------------------------------------------------------------------------------

FEATURES = "content.tabs.link content.code.annotate content.tooltips content.footnote.tooltips search.suggest".split()
FEATURED = """\
# 題 { #top }

=== "甲"

    文[^1]

    [^1]: 脚注

=== "乙"

    HTML は[リンク](index.md "題名")

| 左 | 右 |
| :- | -: |
| 一 | 二 |

``` yaml
kind: Pod # (1)!
```

1. 注釈

*[HTML]: 略語
"""


def write_featured(folder: Folder) -> None:
    """Give a site all of Material's features that work in a page, and a page that uses them."""
    shutil.rmtree(folder.docs / "issues")  # whose KEPs have most of the pages
    folder.write("docs/featured.md", f"---\ntags: [a]\n---\n\n{FEATURED}")
    path = folder.root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8").replace("  - tables\n", f"  - tables\n{TABS}")
    path.write_text(
        text.replace("  features:\n", "  features:\n" + "".join(f"    - {it}\n" for it in FEATURES)), encoding="utf-8"
    )


def test_what_the_theme_does_works_under_the_policy(browser: Browser) -> None:
    with sample_site(write_featured) as site, visit(browser, site, width=DESKTOP, own=True) as reader:
        page = opened(reader, "featured/")
        page.locator(".tabbed-labels label", has_text="乙").click()
        expect(page.get_by_text("HTML は")).to_be_visible()
        page.locator(".md-annotation").click()
        expect(page.get_by_text("注釈")).to_be_visible()
        page.locator("abbr").hover()
        expect(page.locator(".md-tooltip2--active, .md-tooltip--active").first).to_be_visible()
        page.locator("button[data-clipboard-target], .md-code__button").first.click()
        scheme = page.evaluate("document.body.dataset.mdColorScheme")
        page.locator("label[for^=__palette]:visible").first.click()
        expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", scheme)
        page.reload()
        expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", scheme)
        expect(page.get_by_text("HTML は")).to_be_visible()  # the tab of before, which an inline script opens
        assert page.get_by_role("cell", name="二").evaluate("it => getComputedStyle(it).textAlign") == "right"
        assert page.evaluate(STOPPED) == []
    assert not reader.troubles, "\n".join(reader.troubles)


# --- one document for many pages ----------------------------------------------------------------------------------

MARK = "globalThis.documentOfBefore = true"
IS_MARKED = "globalThis.documentOfBefore ?? false"
POLICY = "document.querySelector('meta[http-equiv=Content-Security-Policy]').content"


def followed(page: Page, path: str, fragment: str = "") -> bool:
    """Follow a link to a page of the site; whether the theme has shown the page in the document that was there."""
    page.evaluate(MARK)
    page.evaluate(
        """address => {
      const link = document.createElement("a")
      link.href = address
      document.querySelector("article").append(link)
      link.click()
    }""",
        f"/{path}{fragment}",
    )
    page.wait_for_url(f"**/{path}{fragment}")
    expect(page.locator(f"link[rel=canonical][href$='/{path}']")).to_have_count(1)
    page.wait_for_load_state()
    return bool(page.evaluate(IS_MARKED))


@pytest.mark.parametrize("fragment", ["", "#there"])
def test_a_page_with_another_policy_is_loaded_anew_and_one_with_the_same_is_not(
    browser: Browser, forms: Served, fragment: str
) -> None:
    pages = (forms.folder / "sitemap.xml").read_text(encoding="utf-8").replace(CONFIGURED, forms.url)
    with visit(browser, forms, width=DESKTOP, own=True) as reader:
        reader.page.route("**/sitemap.xml", lambda route: route.fulfill(body=pages, content_type="text/xml"))
        with reader.page.expect_response("**/sitemap.xml"):
            page = opened(reader, PLAIN)
        plain = page.evaluate(POLICY)
        assert followed(page, "keps/1287/")
        assert page.evaluate(POLICY) == plain
        assert not followed(page, THEIRS, fragment)
        assert "'unsafe-inline'" in page.evaluate(POLICY)
        assert "'unsafe-inline'" not in plain
        expect(page.locator("div.mermaid")).to_have_count(1)
        assert page.evaluate(STOPPED) == []
        page.go_back()
        expect(page.locator("link[rel=canonical][href$='/keps/1287/']")).to_have_count(1)
        page.wait_for_load_state()
        assert page.evaluate(POLICY) == plain
    assert not reader.troubles, "\n".join(reader.troubles)
