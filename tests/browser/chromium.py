"""A headless Chromium, the sample site on loopback, and a page that remembers everything that went wrong on it."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, Request, Response

from tests.sites import Folder, built_sample

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PHONE, DESKTOP = 360, 1280
VIEWS: tuple[tuple[int, Scheme], ...] = ((PHONE, "light"), (DESKTOP, "dark"))
"""Both widths and both schemes: what is shown depends on the width, its colours on the scheme, and nothing on both."""
HEIGHT = 740
LATE = 60_000
"""Milliseconds after which what a page has not done counts as not happening."""

KINDS = {
    "home": "",
    "archive": "issues/",
    "issue": "issues/2026/06/2026-06-05/",
    "then-and-now": "issues/2022/09/2022-09-02/",
    "kep": "keps/1287/",
    "kep-history": "keps/127/",
    "kep-stale": "keps/3327/",
    "kep-table": "keps/",
    "sig": "sigs/sig-node/",
    "sig-table": "sigs/",
    "topic": "topics/gateway-api/",
    "topic-table": "topics/",
    "release": "releases/1.36/",
    "release-planned": "releases/1.37/",
    "release-table": "releases/",
    "setbacks": "releases/setbacks/",
    "changes": "changes/",
    "following": "following/",
    "upgrade": "releases/compare/1.34-1.36/",
    "compare": "releases/compare/",
    "released": "issues/2025/12/2025-12-05/",
    "links": "links/",
    "guide": "guide/",
    "guide-markdown": "guide/markdown/",
    "guide-zenn": "guide/zenn/",
    "guide-refresh": "guide/refresh/",
    "not-found": "404.html",
}
"""A page of each kind."""

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
"""Programs that are looked for on PATH. The first has no window, and a page takes it a third less of a processor."""
_FEATURES = [
    # A second page in every window, for suggestions in an address bar that nobody sees.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled"),
    # What Playwright turns off itself: of two lists the browser heeds the last.
    *("AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying"),
    *("OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
]
_FLAGS = [
    f"--disable-features={','.join(_FEATURES)}",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str:
    """`NECO_CHROMIUM`, else what is on PATH.

    Raises:
        FileNotFoundError: there is none.
    """
    asked = os.environ.get("NECO_CHROMIUM")
    for name in [asked] if asked else BROWSERS:
        if found := shutil.which(name):
            return found
    missing = f"NECO_CHROMIUM is {asked!r}, which cannot be run" if asked else f"no {' or '.join(BROWSERS)} on PATH"
    raise FileNotFoundError(f"{missing}; install one, or set NECO_CHROMIUM to its path.")


@contextlib.contextmanager
def chromium(playwright: Playwright, *flags: str) -> Iterator[Browser]:
    """A browser for as long as the block runs. Root may not use its sandbox."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*_FLAGS, *sandbox, *flags])
    yield browser
    browser.close()


_UNSEEN = """selector => {
  const isSeen = it => {
    const { width, height } = it.getBoundingClientRect()
    return width > 0 && height > 0 && it.checkVisibility({ visibilityProperty: true })
  }
  const found = [...document.querySelectorAll(selector)]
  const hidden = found.filter(it => !isSeen(it)).map(it => `${selector} is hidden: ${it.outerHTML.slice(0, 100)}`)
  return found.length ? hidden : [`${selector} is nowhere`]
}"""


def unseen(page: Page, selector: str) -> list[str]:
    """What a page that does not change hides of the elements that a CSS selector finds, which must be some."""
    return list(page.evaluate(_UNSEEN, selector))


Kind = tuple[Browser, bool, bool]
"""What a window cannot change: its browser, whether scripts run, whether it is touched."""


@dataclass(frozen=True)
class Served:
    """A built site, its address, which ends with a slash, and the windows that wait for its next readers."""

    folder: Path
    url: str
    waiting: dict[Kind, list[Page]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def pages(self) -> list[str]:
        """The address of every page, from the site's root."""
        files = sorted(self.folder.glob("**/*.html"))
        return [file.relative_to(self.folder).as_posix().removesuffix("index.html") for file in files]


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections open, which makes a visit a third quicker

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who goes on to the next page hangs up: that is no error."""


@contextlib.contextmanager
def sample_site(change: Callable[[Folder], None] | None = None) -> Iterator[Served]:
    """`built_sample`, served on loopback."""
    with served_below(built_sample(change).site, "") as served:
        yield served


@contextlib.contextmanager
def served_below(root: Path, path: str) -> Iterator[Served]:
    """The site that lies below a folder at a path such as `name/`, served on loopback below that path."""
    with _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=str(root))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        served = Served(root / path, f"http://127.0.0.1:{server.server_port}/{path}")
        try:
            yield served
        finally:  # else a thread would go on for ever
            server.shutdown()
            thread.join()
        for (browser, *_), pages in served.waiting.items():
            for page in pages if browser.is_connected() else []:
                page.context.close()


class Visit:
    """A window in which site after site page is opened; `troubles` is what no reader should meet."""

    def __init__(self, page: Page, site: Served) -> None:
        self.site = site
        self.troubles: list[str] = []
        self.page = page
        self._told: dict[str, Callable[..., None]] = {
            "request": self._request,
            "requestfailed": self._failure,
            "response": self._response,
            "console": self._console,
            "pageerror": self._error,
        }
        for event, told in self._told.items():
            page.on(event, told)  # type: ignore[call-overload]

    def open(self, path: str) -> Page:
        """Go to a page of the site and wait until all it asks for is there."""
        self.page.goto(self.site.url + path)
        return self.page

    def leave(self) -> None:
        """Close the page and take along what the reader has left there: the window is as a new one."""
        self.page.unroute_all()
        self.page.goto("about:blank")
        self.page.mouse.move(-1, -1)  # else what comes to lie below it would be hovered
        for event, told in self._told.items():
            self.page.remove_listener(event, told)
        inside = self.page.context.new_cdp_session(self.page)
        inside.send("Storage.clearDataForOrigin", {"origin": self.site.url, "storageTypes": "all"})
        inside.send("Page.resetNavigationHistory")
        inside.detach()

    def _note(self, trouble: str) -> None:
        self.troubles.append(f"{self.page.url.removeprefix(self.site.url) or 'home'}: {trouble}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self._note(f"asks another host: {request.url}")

    def _failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on before all was there
            self._note(f"{request.url} failed: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status} for {response.url}")

    def _error(self, error: Error) -> None:
        self._note(f"error in a script: {error}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"{message.type} in the console: {message.text}")


@contextlib.contextmanager
def visit(
    browser: Browser,
    site: Served,
    *,
    width: int = PHONE,
    height: int = HEIGHT,
    scheme: Scheme = "light",
    javascript: bool = True,
    touch: bool = False,
    own: bool = False,
) -> Iterator[Visit]:
    """A reader's window, as new.

    A window that somebody else has left is half the work of another one. `own` is for who adds scripts to all pages or
    sets the clock: both stay until a window is closed. After a test that fails its window is not used again.
    """
    kind = (browser, javascript, touch)
    waiting = site.waiting.setdefault(kind, [])
    page = waiting.pop() if waiting and not own else _window(kind)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce", media="null", forced_colors="null")
    reader = Visit(page, site)
    yield reader
    if own:
        page.context.close()
    else:
        reader.leave()
        waiting.append(page)


def _window(kind: Kind) -> Page:
    browser, javascript, touch = kind
    context = browser.new_context(java_script_enabled=javascript, has_touch=touch, is_mobile=touch, locale="ja-JP")
    context.set_default_timeout(LATE)
    return context.new_page()
