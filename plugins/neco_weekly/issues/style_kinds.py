"""Kinds of problems that only `neco check` tells of: style, what it can mend, what it asks other sites about."""

from __future__ import annotations

from .problems import Kind

_MEND = "`neco check --fix` does it, `--diff` shows it before"

STYLE_KINDS = {
    "heading-jump": Kind(
        message="the heading {written!r} skips a level ({detail})",
        hint="write it one level below the heading before it",
        severity="info",
        only_check=True,
    ),
    "repeated-link": Kind(
        message="the link {written} stands here once more, {detail} lines below the first",
        hint="remove one of the two, or say what is another",
        severity="info",
        only_check=True,
    ),
    "stage-contradiction": Kind(
        message="{written!r} is not what had shipped of {detail} on {day}: {had}",
        hint="correct the stage, or say that it is a plan",
        only_check=True,
    ),
    "image-without-alt": Kind(
        message="the picture {written} has no alternative text",
        hint="say what it shows in `![…]({written})`; `<img alt=…>` may be empty for mere decoration",
        severity="info",
        only_check=True,
    ),
    "large-image": Kind(
        message="the picture {written} has {size} kB",
        hint="make it smaller than 500 kB: scale it down, or save it as WebP",
        severity="info",
        only_check=True,
    ),
    "term-in-two-ways": Kind(
        message="the issue writes {written!r} here and {detail!r} before",
        hint="choose one of the two",
        severity="info",
        only_check=True,
    ),
    "kep-spelling": Kind(
        message="{written!r} is written {detail} elsewhere",
        hint=f"write it so: {_MEND}",
        severity="info",
        only_check=True,
    ),
    "embedly-html": Kind(
        message="the card of {written} is written as Embedly's HTML",
        hint=f"write {{detail}}: {_MEND}",
        severity="info",
        only_check=True,
    ),
    "embedly-script": Kind(
        message="Embedly's script {written} stands there for nothing: cards need none",
        hint=f"remove it: {_MEND}",
        severity="info",
        only_check=True,
    ),
    "tracking-parameters": Kind(
        message="the address {written} tells its site where readers come from",
        hint=f"write {{detail}}: {_MEND}",
        severity="info",
        only_check=True,
    ),
    "url-end": Kind(
        message="other programs read on behind the end of {written}",
        hint=f"write {{detail}}: {_MEND}",
        severity="info",
        only_check=True,
    ),
    "broken-link": Kind(
        message="the link {written} leads to nothing: {detail}",
        hint="correct it, lead to a copy such as web.archive.org's, or remove it",
        only_check=True,
    ),
    "unreached-link": Kind(
        message="nobody can tell whether the link {written} is alive: {detail}",
        hint="open it in a browser",
        severity="info",
        only_check=True,
    ),
    "private-link": Kind(
        message="the link {written} leads into a private network, where readers get nothing",
        hint="link to a public page; `--allow-private` names networks that may be asked",
        severity="info",
        only_check=True,
    ),
    "unknown-code": Kind(
        message="no problem has the code {written!r}, which is to be ignored{near}",
        hint="correct it; the guide lists all codes",
        severity="info",
    ),
}
"""These kinds, by their stable code; and the one of codes to be ignored, which builds tell of, too."""
