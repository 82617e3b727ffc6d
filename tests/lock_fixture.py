"""The lock that the Markdown pairs and the tests of the core are drawn from: small, fixed, and in part hostile."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardPicture, Failures, RemotePicture
from neco_weekly.model.keps import Enhancement, EnhancementState, Link, Source, Stage, Status
from neco_weekly.model.releases import load_releases

TODAY = dt.date(2026, 7, 24)
HOSTILE = '</a><script>alert(1)</script> [x](javascript:alert(1)) **bold** `code` & "quoted" KEP-128'
"""What a page or a kep.yaml may call itself; it must be read as text and as nothing else."""


def kep(
    number: int,
    title: str,
    stage: Stage | None = None,
    milestone: str | None = None,
    *,
    sig: str | None = "sig-node",
    status: Status | None = Status.IMPLEMENTABLE,
    source: Source | None = None,
    gates: tuple[str, ...] = (),
) -> Enhancement:
    """An enhancement as a refresh finds it."""
    state = EnhancementState(
        title=title,
        sig=sig,
        status=status,
        stage=stage,
        latest_milestone=milestone,
        milestones={stage: milestone} if stage and milestone else {},
        feature_gates=gates,
    )
    found = Source(kind="git", date=dt.date(2026, 7, 1), path=f"keps/sig-node/{number}-x/kep.yaml", pull=9000 + number)
    return Enhancement(number=number, state=state, source=source or found)


def card(url: str, title: str | None, description: str | None = None, site: str | None = None) -> Card:
    """A card as a refresh finds it."""
    return Card(url=url, title=title, description=description, site=site, fetched=dt.date(2026, 7, 2))


LOCK = Lock(
    as_of=TODAY,
    fetched={
        found.number: found
        for found in (
            kep(127, "Support User Namespaces", Stage.STABLE, "v1.36", status=Status.IMPLEMENTED),
            kep(128, "Nodes That Sleep", Stage.BETA, "v1.35"),
            kep(129, "No Stage Yet", None, None, sig=None, status=Status.PROVISIONAL),
            kep(661, "StatefulSet Volume Expansion", Stage.ALPHA, "v1.37", sig="sig-apps"),
            kep(666, HOSTILE, Stage.ALPHA, "v1.37"),
        )
    },
    missing={9999: "not-found", 4242: "pull-request"},
    pulls={6092: (127,), 6093: (127, 128), 6094: (1234,), 661: (661,)},
    cards={
        found.url: found
        for found in (
            card("https://example.com/", "Example Domain", "説明のためのドメインです。", "Example"),
            card("https://example.com/title-only", "題だけのページ"),
            card("https://example.com/same", "同じ", "同じ"),
            card("https://example.com/hostile", HOSTILE, HOSTILE, f"{HOSTILE} site"),
            card("https://example.com/nothing", None),
            Card(
                url="https://example.com/everything",
                title="Everything | Example",
                description="A page with all that a page can say of itself.",
                site="Example",
                image=CardPicture(url="https://example.com/a.png", file=f"{'a' * 20}.webp", width=480, height=252),
                icon=CardPicture(url="https://example.com/b.ico", file=f"{'b' * 20}.png", width=32, height=32),
                lang="en",
                published="2026-06-30T09:00:00+09:00",
                fetched=dt.date(2026, 7, 2),
            ),
            Card(
                url="https://example.com/gone",
                title="なくなったページ",
                failures=Failures(count=3, gone=3, last="404", date=TODAY),
                archive="https://web.archive.org/web/20220826120000/https://example.com/gone",
            ),
        )
    },
    overrides={
        5: Override(
            number=5,
            title="Pod Security Policy",
            sig="sig-auth",
            stage=Stage.REMOVED,
            note="v1.25 で削除されました。",
            links=(Link(title="公式ドキュメント", url="https://example.com/psp"),),
        )
    },
    pictures={
        "https://example.com/kept.png": RemotePicture(
            url="https://example.com/kept.png",
            copy=CardPicture(url="https://example.com/kept.png", file=f"{'c' * 20}.webp", width=800, height=450),
        )
    },
    aliases={5127: 127, 5998: 9998},
)


class Host(Extension):
    """What MkDocs leaves on a Markdown instance: the path of the page that it draws."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        processor = Treeprocessor(md)
        processor.file = SimpleNamespace(src_uri=self.path)  # type: ignore[attr-defined]
        md.treeprocessors.register(processor, "relpath", 0)


def as_of_today(lock: Lock) -> KepsAsOf:
    """The KEPs of a lock as an extension takes them, with the releases of the package."""
    return KepsAsOf(lock, load_releases())
