"""All kinds of problems: what each says, what it tells an author to do, and how grave it is."""

from __future__ import annotations

from ..display.problem_words import filled
from ..display.words import load_strings
from ..model.text import MASK, without_credentials
from .problems import Kind, Problem
from .style_kinds import STYLE_KINDS

_ENGLISH = load_strings("en")


KINDS = {
    "unknown-kep": Kind(
        message="KEP-{number} exists neither in kubernetes/enhancements nor as an issue there{asked}",
        hint="correct the number, or write under `keps:` in overrides.yml: `{number}: {{title: …}}`",
    ),
    "pull-request-as-kep": Kind(
        message="{written} names a pull request of kubernetes/enhancements as {detail}",
        hint="link the KEP's issue or its folder instead",
    ),
    "looks-like-kep": Kind(
        message="{written!r} looks like a KEP and is none that is known; it stays text",
        hint="write a KEP as KEP-127, and what is no KEP as code or in other words",
    ),
    "pull-request-of-several-keps": Kind(
        message="{written} is a pull request of several KEPs ({detail}), so that the link is no reference",
        hint="name the KEP in its text, if it is about one",
        severity="info",
    ),
    "kep-not-fetched": Kind(message="KEP-{number} is not in the lock", hint="run `neco refresh`", severity="info"),
    "kep-from-plugin": Kind(
        message="another plugin has put KEP-{number} into the page, which is not in the lock",
        hint="run `neco refresh KEP-{number}`; no refresh finds it by itself",
        severity="info",
    ),
    "card-not-fetched": Kind(
        message="the {what} {written} has no title yet{attempts}",
        hint="run `neco refresh` or give it one",
        tried="give it one, for the page did not: `{remedy}`",
        severity="info",
    ),
    "dead-link": Kind(
        message="the link {written} is dead{attempts}",
        hint='give a copy as @[card]({written}){{archive="https://…"}}, or remove it',
        severity="info",
    ),
    "undecided-proposal": Kind(
        message="{written} says {new!r} since {day}, which its card has not taken, for the page {detail}",
        hint="run `neco refresh {argument} --accept` to take it, or write `reject` as its decision in cards.json",
        severity="info",
    ),
    "missing-card-picture": Kind(
        message="the picture {picture} of the card of {written} is missing{attempts}",
        hint="run `neco refresh {argument}`, or commit the file; the card is drawn without",
        tried="commit the file, or write `@[card]({written}){{image=none}}`; the card is drawn without",
        severity="info",
    ),
    "kep-number-mismatch": Kind(
        message="the link text {written!r} names another KEP than its address, {detail}",
        hint="the address counts; correct one of the two",
    ),
    "bad-kep-number": Kind(
        message="{written} cannot be a KEP number", hint="KEP numbers run from 1 to 99999; it stays text"
    ),
    "bad-card": Kind(
        message="{written!r} is not written as a card is: {detail}",
        hint='write @[card](https://…){{title="…" desc="…" image="a.png" hide=site size=large archive="https://…"}}',
    ),
    "left-over-sign": Kind(
        message="{written!r} is left on the page as text: {detail}",
        hint="correct it, or write it as code or with a backslash before it where readers are to see it",
    ),
    "looks-like-markup": Kind(
        message="{written!r} stands on the page as text: {detail}",
        hint="if it is meant so, write it as code or with a backslash before it",
        severity="info",
    ),
    "fence-in-code": Kind(
        message="{written!r} stands inside of the code that begins in line {detail}",
        hint="end that code before, or begin and end it with a longer fence where it is to show this one",
    ),
    "prose-in-code": Kind(
        message="{written!r} is drawn as code, for it is indented by four spaces or more",
        hint="indent it less, or mark the code with a fence",
        severity="info",
    ),
    "unclosed-fence": Kind(
        message="the code that {written!r} opens is never closed; all that follows is code",
        hint="close it with a line of the same marks",
    ),
    "unclosed-box": Kind(
        message="the box that {written!r} opens is never closed; all that follows is in the box",
        hint="close it with a line of as many colons",
    ),
    "correction-of-nothing": Kind(
        message="the box of a correction {detail}, so that no issue shows the correction",
        hint="let the first link of the box lead to the corrected section, `[…](2022-08-26.md#heading)`",
    ),
    "too-deep": Kind(
        message="lists, quotes and boxes lie more than {written} deep in each other; what is deeper is shown as text",
        hint="nest them less deeply",
    ),
    "lost-cells": Kind(
        message="the row {written!r} has more cells than the first row of its table; the others are not shown",
        hint="add columns to the first two rows, or write `\\|` for a `|` that is text",
    ),
    "repeated-footnote": Kind(
        message="the footnote {written} is defined once more, which is not shown; the first definition counts",
        hint="give it another name",
    ),
    "missing-image": Kind(message="the picture {written} does not exist", hint="add the file, or correct its path"),
    "bad-alias": Kind(
        message="the alias {written!r} is no address of the site",
        hint="write the path of the old page from the site's root, `2022/08/2022-08-26.html` or `2022/08/pods/`",
    ),
    "alias-taken": Kind(
        message="the alias {written} is not drawn, for {detail} has that address",
        hint="remove it here or there",
    ),
    "unknown-tag": Kind(
        message="{written}> is no element of HTML; it stays text",
        hint="correct the name, or write words in angle brackets as code",
    ),
    "bad-math": Kind(
        message="the formula `{written}` cannot be drawn: {detail}",
        hint="correct its TeX; until then it is shown as written",
    ),
    "bare-number": Kind(
        message="{written} alone is no reference to a KEP",
        hint="write the number behind `KEP-`, or a link",
        severity="info",
    ),
    "missing-page": Kind(
        message="the link {written} leads to no page or file of the site",
        hint="correct it; a page is linked by the path of its `.md` file, from the file where the link stands",
    ),
    "missing-anchor": Kind(
        message="the link {written} leads to no place of {detail}{near}",
        hint="correct what stands behind `#`; the anchor of a heading is made of its words",
    ),
    "absolute-link": Kind(
        message="the link {written} begins at the root of the host, where the site need not be",
        hint="write {detail}",
        severity="info",
    ),
    "unsafe-link": Kind(
        message="the link {written} would run or draw what it holds itself, so it is drawn as text",
        hint="link to a page, or show what it holds as code",
    ),
    "credentials-in-address": Kind(
        message="the address {written} has a user name or password, which is left out of the site",
        hint="write it without, and change that password: it is in the history of the repository",
    ),
    "lookalike-host": Kind(
        message="the host {written} looks like {detail} and is another one",
        hint="correct the link; remove it if you do not know that host",
    ),
    "no-issue-by-name": Kind(
        message="the file {written} is no issue, for its name does not end in `.md`",
        hint="call it {detail}",
    ),
    "names-differ-in-case": Kind(
        message="{written} and {detail} are one file where case does not count, as on macOS and Windows",
        hint="give one of the two another name",
    ),
    "remote-picture": Kind(
        message="readers' browsers ask {host} for the picture {written}{attempts}",
        hint="run `neco refresh`, which keeps a copy, or put the file into the docs folder",
        tried="put the file into the docs folder and name that",
        severity="info",
    ),
    "foreign-request": Kind(
        message="{written} makes readers' browsers ask {detail}",
        hint="link to it, as a card for example, or put its file into the docs folder",
        severity="info",
    ),
    "broken-front-matter": Kind(
        message="the front matter cannot be read ({detail}), so the issue is held back",
        hint="correct or shorten it; a value that holds a colon needs quotes",
    ),
    "front-matter-not-first": Kind(
        message="something stands before the front matter, so that GitHub and others print it as text",
        hint="let the file begin with the front matter",
    ),
    "held-back": Kind(
        message="the issue is held back, for its front matter says `{detail}`",
        hint="remove that to publish it",
        severity="info",
    ),
    "held-back-until": Kind(
        message="the issue is held back until {detail}",
        hint="build the site on that day or later, or correct the day",
        severity="info",
    ),
    "held-back-unclear": Kind(
        message="nobody can tell what `{detail}` means, so the issue is held back",
        hint="write `draft: true` or `draft: false`, and a day as YYYY-MM-DD",
    ),
    "unreadable-issue": Kind(message="the file {detail}, so the issue is held back", hint="save it as UTF-8 text"),
    "empty-issue": Kind(message="the issue has no text, so it is held back", hint="write its text, or remove the file"),
    "link-to-held-back": Kind(
        message="the link {written} leads to an issue that is held back, so it is drawn as text",
        hint="publish that issue, or remove the link",
    ),
    "titles-differ": Kind(
        message="the front matter calls the issue {detail!r}, and its heading {written!r}",
        hint="the title of the front matter is drawn; remove one of the two",
    ),
    "issue-without-title": Kind(
        message="the issue has no title, so its date or its file's name is shown",
        hint="begin it with `# title`, or write `title:` in its front matter",
        severity="info",
    ),
    "future-date": Kind(
        message="the date {detail} is still to come",
        hint="write `draft: true` or `published_at:` to hold the issue back",
        severity="info",
    ),
    "duplicate-issue-number": Kind(
        message="the number {detail}", hint="give one of the two its own number", severity="info"
    ),
    "swallowed-first-line": Kind(
        message="the first line {detail!r} would be taken for metadata and vanish",
        hint="put an empty line or a heading before it",
    ),
    "issue-without-date": Kind(
        message="the issue has no date",
        hint="name the file YYYY-MM-DD.md, or write `date: YYYY-MM-DD` in its front matter",
    ),
    "old-lock": Kind(
        message="the lock is of {day}, more than three weeks before this issue: what it says of KEPs may be outdated",
        hint="run `neco refresh`, or merge the pull request of the last refresh",
        severity="info",
    ),
    "bad-topic": Kind(message="{detail}", hint="{remedy}; until then that alone is left out"),
    "topic-page-taken": Kind(
        message="the page {detail} of the topic {written} would lie where a page of yours is",
        hint="yours stays; give the topic another name in topics.yml if you want both",
        severity="info",
    ),
    "settings-differ": Kind(message="`{written}` is {detail}", hint="keep one of the two; the first counts"),
    "stopped-by-policy": Kind(
        message="{written} in the text of the page does not work under the site's Content-Security-Policy",
        hint="write the program into a file that `extra_javascript` names, or set `csp: false` in mkdocs.yml",
    ),
    "other-issues-folder": Kind(
        message="the folder {written} holds no issue", hint="write `issues: {near}`, if that folder is meant"
    ),
    "no-issues": Kind(
        message="the folder {written} holds no issue",
        hint="write under `issues` a folder that does, as it is called below {near}",
    ),
    "no-issues-yet": Kind(
        message="the folder {written} holds no issue yet",
        hint="write the first there, or under `issues` another folder below {near}",
        severity="info",
    ),
    "example-site-url": Kind(
        message="`site_url` is {written}, an address for examples, which links, feed and 404 page then name",
        hint="write the address at which readers find the site; the workflows of `neco init --github` fill it in",
        severity="info",
    ),
    "no-feeds": Kind(
        message="without `site_url` there are no feeds and no pictures for sharing, for these need an address that"
        " leads there from anywhere",
        hint="write the address at which readers find the site",
        severity="info",
    ),
    "no-social-cards": Kind(
        message="no pictures for sharing are drawn: {detail}",
        hint="install Pillow as our package asks for it, with FreeType",
        severity="info",
    ),
    "no-phrases": Kind(
        message="budoux cannot be loaded, so that lines on pictures for sharing end between any two characters",
        hint="install budoux as our package asks for it",
        severity="info",
    ),
    "duplicate-issue-date": Kind(message="the date {detail}", hint="give one of the two its own date"),
    **STYLE_KINDS,
}
"""All kinds of problems, by their stable code."""


def make_problem(code: str, path: str, line: int, *, tried: bool = False, **words: object) -> Problem:
    """Return a problem of the kind that a code names, at a line of a file; `words` fill the kind's message and hint.

    The problem is in English; `problems.in_words` says it in the site's language.

    `tried`: a refresh has asked in vain, so that the hint is the one for that.
    """
    kind = KINDS[code]
    words = {name: without_credentials(it, MASK) if isinstance(it, str) else it for name, it in words.items()}
    hint = kind.tried if tried and kind.tried else kind.hint
    return Problem(
        path=path,
        line=line,
        code=code,
        message=filled(kind.message, words, _ENGLISH),
        hint=filled(hint, words, _ENGLISH),
        severity=kind.severity,
        fields=tuple(words.items()),
        tried=tried,
    )
