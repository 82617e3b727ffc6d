"""Which pictures of a page open large, and what becomes of the page's HTML."""

from __future__ import annotations

from neco_weekly.site.large_pictures import with_large_pictures

IMG = '<img alt="図" decoding="async" height="100" loading="lazy" src="a.png" width="240" />'
LINK = f'<a class="neco-zoom" href="a.png" title="大きく">{IMG}</a>'

STAY = {
    "a link of its writer": f'<a href="x">{IMG}</a>',
    "a small sign": IMG.replace("240", "47"),
    "the picture of a card": IMG.replace("<img", '<img class="neco-card__image"'),
    "what our extension has not seen": IMG.replace(' decoding="async"', ""),
    "what stands in a button": f"<button>{IMG}</button>",
    "what is pressed to open more": f"<summary>{IMG}</summary>",
    "one of several sources": f'<picture><source srcset="b.png">{IMG}</picture>',
    "code": f"<pre>{IMG}</pre>",
    "a remark": f"<!-- {IMG} -->",
    "no address": IMG.replace('src="a.png"', ""),
}
OPEN = {
    "alone": (IMG, LINK),
    "two in a row": (f"<p>{IMG}{IMG}</p>", f"<p>{LINK}{LINK}</p>"),
    "behind a link": (f'<a href="x">x</a>{IMG}', f'<a href="x">x</a>{LINK}'),
    "without a size": (IMG.replace(' width="240"', ""), LINK.replace(' width="240"', "")),
    "without words": (
        IMG.replace("図", ""),
        LINK.replace("図", "").replace('"大きく"', '"大きく" aria-label="大きく"'),
    ),
    "with a sign of markup in its words": (IMG.replace("図", "a > b"), LINK.replace("図", "a > b")),
}


def test_a_picture_is_a_link_to_its_file_unless_it_is_one_already() -> None:
    wrong = {}
    for name, (before, after) in {**{name: (html, html) for name, html in STAY.items()}, **OPEN}.items():
        page = "<header>{}</header><article>{}{}</article>"
        script = "" if before == after else '<script src="z.js"></script>'
        found = with_large_pictures(page.format(IMG, before, ""), "大きく", "z.js")
        if found != page.format(IMG, after, script):
            wrong[name] = found
    assert wrong == {}
