"""A web on loopback for `bench cards`: pages with an image and an icon, on many hosts, each answer after a while.

As a program it prints its port, serves until its input ends, and then tells as JSON how often it was `asked`, and how
many connections a host had at once at `most`.
"""

from __future__ import annotations

import asyncio
import html
import io
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator

import generate
import vocabulary as words
from PIL import Image, ImageDraw

HOSTS, PAGES_PER_HOST, LATENCY = 40, 5, 0.1
PAGE_BYTES = 60_000
_KINDS = {"html": "text/html; charset=utf-8", "jpg": "image/jpeg", "png": "image/png"}


def paths() -> list[str]:
    """The paths of the pages, the same on each host."""
    return [f"/{number}.html" for number in range(PAGES_PER_HOST)]


def hosts() -> list[str]:
    """The addresses of the hosts."""
    return [f"127.0.1.{number}" for number in range(1, HOSTS + 1)]


def answers(host: str) -> Iterator[tuple[str, bytes]]:
    """Every path of a host with its answer."""
    rng = random.Random(f"neco-weekly {host}")
    for path in paths():
        image = path.replace("html", "jpg")
        yield path, _page(rng, image).encode()
        yield image, _image(rng)
    yield "/icon.png", _icon(rng)


def _page(rng: random.Random, image: str) -> str:
    title, description = (html.escape(text) for text in generate.card_words(rng)[1:])
    head = (
        f"<!doctype html><html lang=ja><head><title>{title} | 技術ブログ</title>"
        f'<meta property=og:title content="{title}"><meta property=og:description content="{description}">'
        f"<meta property=og:site_name content=技術ブログ><meta property=og:image content={image}>"
        "<link rel=icon href=/icon.png sizes=64x64></head><body><main>"
    )
    text = ""
    while len(head) + 3 * len(text) < PAGE_BYTES:
        text += f"<p class=text>{html.escape(generate.fill(rng, rng.choice(words.SENTENCES)))}</p>\n"
    return f"{head}{text}</main></body></html>"


def _image(rng: random.Random) -> bytes:
    """1200×630, as for Open Graph: soft colours, sharp edges, a little noise."""
    soft = [Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270))) for _ in range(3)]
    picture = Image.merge("RGB", [it.resize((1200, 630)) for it in soft])
    draw = ImageDraw.Draw(picture)
    for _ in range(80):
        x, y = rng.randrange(1200), rng.randrange(630)
        draw.rectangle((x, y, x + rng.randrange(200), y + rng.randrange(60)), fill=rng.randrange(1 << 24))
    noise = Image.effect_noise((1200, 630), 40).convert("RGB")
    return _saved(Image.blend(picture, noise, 0.1), "JPEG")


def _icon(rng: random.Random) -> bytes:
    return _saved(Image.new("RGB", (64, 64), rng.randrange(1 << 24)), "PNG")


def _saved(picture: Image.Image, written: str) -> bytes:
    file = io.BytesIO()
    picture.save(file, written)
    return file.getvalue()


class _Web:
    """All hosts and their answers, and what happens to them."""

    def __init__(self) -> None:
        self.answers = {host: dict(answers(host)) for host in hosts()}
        self.asked = 0
        self.now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        host = str(writer.get_extra_info("sockname")[0])
        self.now[host] += 1
        self.most[host] = max(self.most[host], self.now[host])
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            self.asked += 1
            await asyncio.sleep(LATENCY)
            path = request.split(b" ", 2)[1].decode()
            body = self.answers[host].get(path)
            writer.write(_response(path, body))
            await writer.drain()
        finally:
            self.now[host] -= 1
            writer.close()


def _response(path: str, body: bytes | None) -> bytes:
    if body is None:
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    kind = _KINDS[path.rpartition(".")[2]]
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve() -> None:
    web = _Web()
    server = await asyncio.start_server(web.answer, "0.0.0.0", 0, backlog=512)  # noqa: S104 (for all hosts)
    async with server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)
    print(json.dumps({"asked": web.asked, "most": max(web.most.values(), default=0)}))


if __name__ == "__main__":
    asyncio.run(_serve())
