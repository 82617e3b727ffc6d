"""A site whose one issue has cards of every kind, with pictures drawn here: what a refresh leaves, asking nobody."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace

from neco_weekly.lock.pictures import save_picture
from neco_weekly.lock.store import load_lock, save_lock
from neco_weekly.model.cards import DEAD_AFTER, Card, CardPicture, Failures, PictureKind
from neco_weekly.model.paths import FOLDER
from neco_weekly.sources.pictures.thumbnail import read_picture
from PIL import Image, ImageDraw

from tests.sites import PROJECT, Folder, issue_path

DATE = "2026-08-07"
PAGE = f"issues/{DATE[:4]}/{DATE[5:7]}/{DATE}/"
WANTED = "2026-08-14"
WANTED_PAGE = f"issues/{WANTED[:4]}/{WANTED[5:7]}/{WANTED}/"
"""The issue whose authors want something of their cards."""

SAMPLES = PROJECT / "tests/data/cards"
"""The issue, and what is known of the pages it links to. They are all made up, and in part hostile."""

GONE = Failures(count=DEAD_AFTER, gone=DEAD_AFTER, last="404", date=dt.date(2026, 8, 6))
_COMMIT = "0a1b2c3d" * 5
CODE, DOOR = (f"https://github.com/neko/box/blob/{_COMMIT}/pkg/{it}" for it in ("tree.go#L10-L24", "door.go#L12-L16"))
PULL, REPOSITORY = "https://github.com/neko/box/pull/7", "https://github.com/neko/old-box"
PAPER = "https://talks.example.org/2026/paper.pdf"
IMAGES = {
    "https://blog.example.jp/entry/2026/07/30/memory-qos": (1200, 630),
    "https://example.com/posts/user-namespaces-in-production": (1200, 630),
    "https://git.example.com/neco/moco": (460, 460),
    "https://talks.example.org/2026/scheduler": (1600, 900),
    "https://example.net/title-and-image": (800, 420),
    "https://old.example.com/2019/gone": (1200, 630),
    "https://blog.example.jp/entry/2026/08/01/topology": (600, 1000),
    "https://hostile.example/word": (1200, 630),
    "https://example.com/tiny": (48, 48),
    "https://example.com/banner": (1200, 200),
    "https://example.com/photo": (1600, 1000),
    PAPER: (900, 1270),
    PULL: (1200, 600),
    "https://events.example.org/2026/cats": (1200, 630),
    CODE: (1200, 600),
}
"""Sizes of the pictures that pages have for their cards."""
LARGE = {"https://example.com/photo", "https://example.com/banner"}
NO_ICON = {"https://example.net/title-only", "https://hostile.example/arabic"}


def write_cards(folder: Folder) -> None:
    """Give a site the two issues, their cards and the pictures of these."""
    folder.write(issue_path(DATE), (SAMPLES / "issue.md").read_bytes())
    folder.write(issue_path(WANTED), (SAMPLES / "wanted.md").read_bytes())
    folder.write(issue_path(WANTED).replace(f"{WANTED}.md", "own.png"), drawn("own", 900, 600))
    folder.write("docs/_metadata/cards.json", (SAMPLES / "cards.json").read_bytes())
    _change_cards(folder, lambda card: _with_pictures(folder, card))


def add_pictures(folder: Folder) -> None:
    """Give every card that a site's lock has an image and an icon."""
    _change_cards(folder, lambda card: _with_pictures(folder, card, size=(1200, 630)))


def _change_cards(folder: Folder, change: Callable[[Card], Card]) -> None:
    metadata = folder.docs / "_metadata"
    lock = load_lock(metadata)
    save_lock(replace(lock, cards={url: change(card) for url, card in lock.cards.items()}), metadata)


def _with_pictures(folder: Folder, card: Card, size: tuple[int, int] | None = None) -> Card:
    size = size or IMAGES.get(card.url)
    kind: PictureKind = "large" if card.url in LARGE else "image"
    image = keep(folder, card.url, drawn(card.url, *size), kind) if size else None
    icon = None if card.url in NO_ICON else keep(folder, card.url, drawn(card.url, 32, 32), "icon")
    return replace(card, image=image, icon=icon)


def keep(folder: Folder, url: str, picture: bytes, kind: PictureKind) -> CardPicture:
    """Write a picture as a refresh does."""
    small = read_picture(picture, kind=kind)
    save_picture(small, folder.docs / FOLDER)
    return CardPicture(url=f"{url}.png", file=small.name, width=small.width, height=small.height)


def drawn(name: str, width: int, height: int) -> bytes:
    """A PNG with a sky and three hills, of other colours for another name."""
    hue = sum(name.encode()) % 256
    picture = Image.new("HSV", (width, height), (hue, 90, 230))
    draw = ImageDraw.Draw(picture)
    for hill, (left, top) in enumerate(((-0.3, 0.55), (0.35, 0.45), (0.1, 0.75))):
        box = (left * width, top * height, (left + 0.9) * width, (top + 1) * height)
        draw.ellipse(box, fill=((hue + 40 * hill) % 256, 150, 200 - 45 * hill))
    file = io.BytesIO()
    picture.convert("RGB").save(file, "PNG")
    return file.getvalue()
