"""An issue as one file of HTML for mail: styles in its elements, pictures at the site's own address, nothing that runs.

What programs for mail know is https://www.caniemail.com/: tables, lists, quotes, code and pictures everywhere, boxes
that fold and formulas nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files as package_files
from pathlib import PurePosixPath

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from markupsafe import Markup

from ...display.words import Strings
from ...extension.source_spans import SourceBlocks
from ...grammar.info_strings import read_info_string
from ...model.errors import NecoError
from ..feeds.plain_html import in_xml, plain_html
from ..styles import squeezed
from .export_values import Around, Exported, IssueToExport, Remark

WIDEST = 568
"""The width of a picture in a mail of 600 pixels, less its edges. Outlook on Windows knows no `max-width`."""

CUT_OFF_AT = 102_000
"""The number of bytes from which on Gmail shows a mail cut off: https://www.caniemail.com/clients/gmail/."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail to be: the `html` of the issue's page as drawn, the `address` of that page, the file's `name`.

    `kep_address` returns that of a KEP's page, `picture_address` that of a file of the site by its path.
    """

    issue: IssueToExport
    html: str
    address: str
    around: Around
    words: Strings
    kep_address: Callable[[int], str | None]
    picture_address: Callable[[str], str | None]
    name: str = ""
    remarks: list[Remark] = field(default_factory=list)

    def exported(self) -> Exported:
        """Return the file.

        Raises:
            NecoError: css-inline, which writes styles into elements, is not installed.
        """
        self.remarks.extend(_not_in_mail(self.issue))
        page = _template().render(
            lang=self.words.locale,
            title=self.issue.title,
            css=Markup(_styles()),  # noqa: S704 (ours)
            address=self.address,
            words=self.words,
            content=Markup(self._content()),  # noqa: S704 (its writers' own, as the page has it)
            site_name=self.issue.site_name,
            day=self.issue.date,
        )
        text = _inlined(page)
        if len(text.encode()) > CUT_OFF_AT:
            self._remark(
                f"the mail has {len(text.encode()) // 1000} kB: Gmail shows 102 of them, then a link to the rest"
            )
        name = self.name or PurePosixPath(self.issue.path).stem
        remarks = sorted(self.remarks, key=lambda it: it.line)
        return Exported(texts={f"{name}.html": text}, remarks=tuple(remarks))

    def _content(self) -> str:
        root = fragment_fromstring(in_xml(self.html), create_parent="div")
        for note in root.xpath("//comment() | //processing-instruction()"):
            note.drop_tree()
        for link in root.iter("a"):
            self._link(link)
        for picture in list(root.iter("img")):
            self._picture(picture)
        for badge in root.xpath(_BADGES):
            if "neco-kep--quiet" in badge.get("class", ""):
                badge.drop_tree()  # the heading has said it
            else:
                _set_apart(badge)
        for box in root.xpath(".//*[contains(concat(' ', @class, ' '), ' admonition ')]"):
            box.tag = "blockquote"
        for fold in list(root.iter("details")):
            _unfold(fold)
        inside = (etree.tostring(it, encoding="unicode", method="html") for it in root)
        plain = plain_html(f"{escape(root.text or '')}{''.join(inside)}", url=self.address)
        return _with_scrolling_tables(plain)

    def _link(self, link: HtmlElement) -> None:
        """Let a link lead to the site: those to KEPs to their pages, and others where they lead from outside."""
        href, kep = link.get("href"), link.get("data-kep")
        if not href or href.startswith("#"):
            return
        if kep and kep.isdigit() and (page := self.kep_address(int(kep))):
            link.set("href", page)
        elif (address := self.around.link(href)[0]) is not None:
            link.set("href", address)
        else:
            self._remark(f"link to {href}: {self.around.link(href)[1]}; only its text is left", is_lost=True)
            del link.attrib["href"]

    def _picture(self, picture: HtmlElement) -> None:
        """Let a picture come from the site, in a size that fits; what is not the site's own is a link, or its text."""
        src, alt = picture.get("src", ""), picture.get("alt", "")
        found = self.around.picture(src)
        address = self.picture_address(found.path) if found and found.file else None
        if address:
            picture.set("src", address)
            _fit(picture)
            return
        is_link = found is None and src.startswith(("https://", "http://"))
        element = fragment_fromstring("<a></a>" if is_link else "<span></span>")
        if is_link:
            element.set("href", src)
            self._remark(f"picture {src}: of another host, which a mail asks for nothing; it is a link")
        else:
            why = found.why if found else "not of the site"
            self._remark(f"picture {src[:60]}: {why}; only its text is left", is_lost=True)
        element.text, element.tail = alt or (src if is_link else ""), picture.tail
        picture.addprevious(element)
        picture.tail = None
        picture.drop_tree()

    def _remark(self, what: str, *, is_lost: bool = False) -> None:
        self.remarks.append(Remark(line=self.issue.line_of[0] if self.issue.line_of else 1, what=what, is_lost=is_lost))


_BADGES = (
    ".//a[contains(concat(' ', @class, ' '), ' neco-kep ')][span[contains(concat(' ', @class, ' '), ' neco-hidden ')]]"
)
"""Badges that stand beside what their author wrote, whose first words are for those who see no badge."""


def _set_apart(badge: HtmlElement) -> None:
    """Set a badge apart from the words before it; one in a heading goes below that."""
    heading = next((it for it in badge.iterancestors() if re.fullmatch(r"h[1-6]", str(it.tag))), None)
    small = fragment_fromstring("<small></small>")
    if heading is None:
        badge.addprevious(small)
        small.tail, badge.tail = badge.tail, None
        small.text = "("
        small.append(badge)
        badge.tail = ")"
        previous = small.getprevious()
        if previous is not None:
            previous.tail = f"{previous.tail or ''} "
        return
    badge.drop_tree()
    badge.tail = None
    below = fragment_fromstring("<p></p>")
    small.append(badge)
    below.append(small)
    below.tail, heading.tail = heading.tail, None
    heading.addnext(below)


def _fit(picture: HtmlElement) -> None:
    width, height = picture.get("width", ""), picture.get("height", "")
    if width.isdigit() and int(width) > WIDEST:
        if height.isdigit():
            picture.set("height", str(round(int(height) * WIDEST / int(width))))
        picture.set("width", str(WIDEST))


def _unfold(fold: HtmlElement) -> None:
    """Make text that folds a quote with its title, for few programs for mail fold."""
    fold.tag = "blockquote"
    summary = fold.find("summary")
    if summary is not None:
        summary.tag = "p"
        title = fragment_fromstring("<strong></strong>")
        title.text, summary.text = summary.text, None
        title.extend(list(summary))
        summary.append(title)


_TABLE = re.compile(r"<(?P<end>/?)table\b[^<>]*>")


def _with_scrolling_tables(html: str) -> str:
    """Return HTML whose tables stand in boxes that scroll, on screens that are narrower."""
    return _TABLE.sub(lambda it: "</table></div>" if it["end"] else f'<div class="scroll">{it[0]}', html)


def _not_in_mail(issue: IssueToExport) -> Iterator[Remark]:
    """Yield what of an issue mail cannot say."""
    source = SourceBlocks(issue.body)
    for token in source.tokens:
        line = issue.line_of[token.map[0]] if token.map and token.map[0] < len(issue.line_of) else 1
        if token.type == "neco_formula":
            yield Remark(line=line, what="a formula: mail shows its TeX")
        elif token.type == "fence" and read_info_string(token.info).language == "mermaid":
            yield Remark(line=line, what="a diagram of mermaid: mail shows its source")
        elif token.type == "inline" and any(it.kind == "formula" for it in source.pieces(token.content)):
            yield Remark(line=line, what="a formula: mail shows its TeX")


def _template() -> Template:
    loader = PackageLoader("neco_weekly.site.export")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template(
        "email.html"
    )


def _styles() -> str:
    return squeezed(package_files(__package__).joinpath("templates", "email.css").read_text(encoding="utf-8"))


def _inlined(page: str) -> str:
    """Return a page with its styles in its elements; no file and no address is read for that."""
    try:
        from css_inline import CSSInliner  # noqa: PLC0415 (an extra, which only mail needs)
    except ImportError as error:
        what = "css-inline is not installed; run `pip install 'neco-weekly[email]'`, and export again"
        raise NecoError(what) from error
    inlined = CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True).inline(page)
    kept = _KEPT.search(inlined)  # which css-inline has put before the name of the encoding
    return inlined if kept is None else f"{_KEPT.sub('', inlined, count=1).replace('</head>', f'{kept[0]}</head>', 1)}"


_KEPT = re.compile(r"<style>[^<]*</style>\s*")
