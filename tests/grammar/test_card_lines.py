"""The written grammar of cards: what a line asks for, what is wrong with it, and Hatena's forms."""

from __future__ import annotations

import re

import pytest
from neco_weekly.grammar.card_lines import (
    KINDS,
    CardLine,
    CardSyntaxError,
    HatenaLink,
    begins_card,
    read_card_line,
    read_hatena,
)
from neco_weekly.model.cards import CardText

from tests.guards import coming_to_an_end
from tests.lengthy import CARDS, LONG, Lengthy

URL = "https://example.com/a"


def url_of(line: str) -> str | None:
    """The address of the card a line asks for."""
    card = read_card_line(line)
    return card.url if card else None


# --- a line that is only a URL ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(URL, id="alone"),
        pytest.param(f"<{URL}>", id="angle brackets"),
        pytest.param(f"   {URL}", id="three spaces"),
        pytest.param(f"{URL}  ", id="spaces behind"),
        pytest.param(f"<{URL}>\t", id="tab behind"),
        pytest.param(URL.replace("https", "HTTPS"), id="capital letters"),
        pytest.param(f"\u3000{URL}", id="an ideographic space before"),
        pytest.param(f"{URL}\u3000\u3000", id="ideographic spaces behind"),
        pytest.param("https://ja.wikipedia.org/wiki/ジョン・スミス", id="a name with a middle dot"),
    ],
)
def test_a_line_that_is_only_a_url(line: str) -> None:
    url = line.strip("<> \t\u3000")
    assert read_card_line(line) == CardLine(url=url, written=url, text=CardText(), bare=True)
    assert not begins_card(line)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"    {URL}", id="four spaces are code"),
        pytest.param(f"\t{URL}", id="a tab is code"),
        pytest.param(rf"\{URL}", id="backslash"),
        pytest.param(f"[{URL}]({URL})", id="link with the URL as its text"),
        pytest.param(f"{URL} を参照", id="text behind"),
        pytest.param(f"参照 {URL}", id="text before"),
        pytest.param(f"{URL}。", id="ideographic full stop"),
        pytest.param(f"{URL}、", id="ideographic comma"),
        pytest.param(f"「{URL}」", id="corner brackets"),
        pytest.param(f"<{URL}", id="one angle bracket"),
        pytest.param(f"{URL} {URL}", id="two URLs"),
        pytest.param("https://", id="scheme alone"),
        pytest.param("https://[a/", id="not to be parsed"),
        pytest.param("ftp://example.com/", id="other scheme"),
        pytest.param("example.com/a", id="no scheme"),
        pytest.param(f"- {URL}", id="list item"),
        pytest.param(f"> {URL}", id="quote"),
        pytest.param(rf"\@[card]({URL})", id="escaped card"),
        pytest.param(f"    @[card]({URL})", id="card in four spaces"),
        pytest.param(f"参照 @[card]({URL})", id="card with text before"),
        pytest.param(f"@ [card]({URL})", id="a space in it"),
        pytest.param(f"@[card] ({URL})", id="another space in it"),
        pytest.param("@[card]", id="no parenthesis"),
        pytest.param("@[foo]", id="a name"),
        pytest.param("@[foo](bar)", id="a name with a relative link"),
        pytest.param(f"@[foo]({URL}) さん", id="a name in a sentence"),
        pytest.param(f"@[猫]({URL})", id="a Japanese name"),
        pytest.param(f"@[foo]({URL}", id="a name without an end"),
        pytest.param(rf"\[{URL}:embed]", id="escaped form of Hatena"),
        pytest.param(f"[{URL}:embed] を参照", id="form of Hatena with text behind"),
        pytest.param(f"参照 [{URL}:embed]", id="form of Hatena with text before"),
        pytest.param(f"    [{URL}:embed]", id="form of Hatena in four spaces"),
        pytest.param(f"[{URL}:title]", id="link with a title"),
        pytest.param(f"[{URL}:title=題]", id="link with a title of its own"),
        pytest.param(f"[{URL}]", id="brackets"),
        pytest.param("", id="empty line"),
    ],
)
def test_other_lines_are_no_cards(line: str) -> None:
    assert read_card_line(line) is None
    assert not begins_card(line)


@pytest.mark.parametrize("ender", "、。」』）】＞")
def test_full_width_punctuation_ends_a_url(ender: str) -> None:
    assert read_card_line(f"<{URL}{ender}>") is None
    assert read_card_line(f"[{URL}{ender}:embed]") is None


@pytest.mark.parametrize("mark", "、。，；：！？…「」『』（）【】《》〈〉〔〕［］＜＞")
def test_a_line_with_a_url_and_japanese_punctuation_is_a_sentence(mark: str) -> None:
    assert read_card_line(f"{URL}{mark}次") is None


# --- @[card](URL){…} ----------------------------------------------------------------------------------------------

COPY = "https://web.archive.org/web/2022/https://example.com/a"


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        pytest.param("", CardText(), id="none"),
        pytest.param("{}", CardText(), id="empty braces"),
        pytest.param('{title="題"}', CardText(title="題"), id="title"),
        pytest.param('{desc="説明"}', CardText(description="説明"), id="description"),
        pytest.param("{image=none}", CardText(hidden=("image",)), id="no image"),
        pytest.param('{image="none"}', CardText(hidden=("image",)), id="no image, in quotes"),
        pytest.param(f'{{archive="{COPY}"}}', CardText(archive=COPY), id="copy"),
        pytest.param(f"{{archive={COPY}}}", CardText(archive=COPY), id="copy without quotes"),
        pytest.param('{archive="https://a.jp/?b=1&c=(2)"}', CardText(archive="https://a.jp/?b=1&c=(2)"), id="query"),
        pytest.param(
            f'{{title="題" desc="説明" archive="{COPY}" image=none}}',
            CardText(title="題", description="説明", hidden=("image",), archive=COPY),
            id="all",
        ),
        pytest.param(
            f'{{ image=none archive="{COPY}"  desc="説明" title="題" }}',
            CardText(title="題", description="説明", hidden=("image",), archive=COPY),
            id="any order",
        ),
        pytest.param("{title=題}", CardText(title="題"), id="without quotes"),
        pytest.param(r'{title="a \"b\" c\\d"}', CardText(title=r'a "b" c\d'), id="escapes"),
        pytest.param('{title="f(x)"}', CardText(title="f(x)"), id="parentheses"),
        pytest.param('{title="map[string]struct{}"}', CardText(title="map[string]struct{}"), id="braces"),
        pytest.param('{title="" desc="" archive="" image="" hide=""}', CardText(), id="empty words"),
        pytest.param('{image="../絵 1.PNG"}', CardText(image="../絵 1.PNG"), id="a picture of the author's own"),
        pytest.param("{image=/images/a.svg}", CardText(image="/images/a.svg"), id="a picture from the root"),
        pytest.param("{hide=description}", CardText(hidden=("description",)), id="no description"),
        pytest.param('{hide="site, date、image"}', CardText(hidden=("image", "site", "date")), id="hide several"),
        pytest.param("{hide=site image=none}", CardText(hidden=("image", "site")), id="hidden in two ways"),
        pytest.param("{size=large}", CardText(size="large"), id="large"),
        pytest.param("{large}", CardText(size="large"), id="large, in a word"),
        pytest.param("{size=normal}", CardText(size="normal"), id="of the usual size"),
        pytest.param("  {image=none}  ", CardText(hidden=("image",)), id="spaces around"),
        pytest.param('{title="<script>alert(1)</script>"}', CardText(title="<script>alert(1)</script>"), id="markup"),
    ],
)
@pytest.mark.parametrize("kind", ["card", "youtube", "x"])
def test_attributes(kind: str, attributes: str, text: CardText) -> None:
    line = f"@[{kind}]({URL}){attributes}"
    assert read_card_line(line) == CardLine(url=URL, written=URL, text=text, bare=False)
    assert begins_card(line)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        pytest.param(URL, URL, id="plain"),
        pytest.param(f"<{URL}>", URL, id="angle brackets"),
        pytest.param(f" {URL} ", URL, id="spaces"),
        pytest.param("https://ja.wikipedia.org/wiki/A_(B)", "https://ja.wikipedia.org/wiki/A_(B)", id="parentheses"),
        pytest.param("https://a.jp/?a=1&b=*_", "https://a.jp/?a=1&b=*_", id="query with marks"),
    ],
)
def test_addresses_reach_to_the_last_parenthesis(written: str, url: str) -> None:
    assert url_of(f"@[card]({written})") == url


# --- kinds --------------------------------------------------------------------------------------------------------

IDS = {
    "youtube": {"dQw4w9WgXcQ": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
    "vimeo": {"76979871": "https://vimeo.com/76979871"},
    "speakerdeck": {
        "0123456789abcdef0123456789abcdef": "https://speakerdeck.com/player/0123456789abcdef0123456789abcdef",
        "0123456789abcdef01234567": "https://speakerdeck.com/player/0123456789abcdef01234567",
    },
    "slideshare": {"aB3-_x9": "https://www.slideshare.net/slideshow/embed_code/key/aB3-_x9"},
    "docswell": {"ZV9X7K": "https://www.docswell.com/slide/ZV9X7K"},
}


@pytest.mark.parametrize(
    ("kind", "written", "url"), [(kind, id_, url) for kind, rows in IDS.items() for id_, url in rows.items() if url]
)
def test_an_id_stands_for_an_address(kind: str, written: str, url: str) -> None:
    line = f"@[{kind}]({written}){{image=none}}"
    assert read_card_line(line) == CardLine(url=url, written=written, text=CardText(hidden=("image",)), bare=False)


def test_every_kind_that_takes_an_id_is_tested() -> None:
    assert set(IDS) == {kind for kind, id_ in KINDS.items() if id_}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_takes_a_url(kind: str) -> None:
    assert url_of(f"@[{kind}](https://www.docswell.com/s/user/ZV9X7K-title)") == (
        "https://www.docswell.com/s/user/ZV9X7K-title"
    )


SMUGGLED = [
    "",
    "dQw4w9WgXcQ/",
    "dQw4w9WgXcQ?t=1",
    "dQw4w9WgXcQ&t=1",
    "dQw4w9WgXcQ#t",
    "../../etc/p",
    "dQw4w9WgXc%",
    "dQw4w9 gXcQ",
    "dQw4w9WgXcQ\x0b",
    "dQw4w9WgXc\u00aa",
    "ｄＱｗ４ｗ９ＷｇＸｃＱ",
    "<b>4w9Wg</b",
    'dQw4w9Wg"cQ',
    "{}w4w9WgXcQ",
    "a" * 65,
    "javascript:alert(1)",
    "//evil.example/a",
    "ftp://a.example/",
    "https://",
]


def test_nothing_else_passes_for_an_id() -> None:
    assert [(kind, text) for kind in KINDS for text in SMUGGLED if not is_no_url(f"@[{kind}]({text})")] == []


def is_no_url(line: str) -> bool:
    """Whether this is what is wrong with a line."""
    try:
        read_card_line(line)
    except CardSyntaxError as error:
        return re.search(r"is (not|neither) an http\(s\) URL", str(error)) is not None
    return False


# --- what is wrong ------------------------------------------------------------------------------------------------

WHOLE = "it does not end with `)` or with attributes in braces"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("@[card](example.com)", "'example.com' is not an http(s) URL", id="no scheme"),
        pytest.param("@[card]()", "'' is not an http(s) URL", id="empty"),
        pytest.param("@[card](javascript:alert(1))", "'javascript:alert(1)' is not an http(s) URL", id="javascript"),
        pytest.param(f"@[card]({URL} x)", f"'{URL} x' is not an http(s) URL", id="space in the URL"),
        pytest.param("@[tweet](20)", "'20' is not an http(s) URL", id="id of a kind that takes none"),
        pytest.param(
            "@[youtube](dQw4)",
            "'dQw4' is neither an http(s) URL nor an id as youtube has them",
            id="id of another form",
        ),
        pytest.param(f"@[card]({URL}", WHOLE, id="no closing parenthesis"),
        pytest.param(f"@[card]({URL}) を参照", WHOLE, id="text behind"),
        pytest.param(
            f'@[card]({URL}){{title="題"',
            "it does not end with `)` or with attributes in braces",
            id="no closing brace",
        ),
        pytest.param(f"@[foo]({URL})", f"there is no kind 'foo'; known are {', '.join(KINDS)}", id="unknown kind"),
        pytest.param(f"@[Card]({URL}){{image=none}}", "there is no kind 'Card'; known are card, ", id="capital letter"),
    ],
)
def test_lines_that_are_wrong_say_what_is_wrong(line: str, message: str) -> None:
    with pytest.raises(CardSyntaxError) as error:
        read_card_line(line)
    assert str(error.value).startswith(message)


# --- attributes that cannot be read cost no other ------------------------------------------------------------------

KNOWN = "known are title, desc, archive, image, hide and size"
NO_PICTURE = "is neither none nor the path of a picture in the site, such as images/a.png"
MISTAKES = {
    "color=red": f"cannot read 'color=red'; {KNOWN}",
    "title=": f"cannot read 'title='; {KNOWN}",
    ".big": f"cannot read '.big'; {KNOWN}",
    "Large": f"cannot read 'Large'; {KNOWN}",
    'color="dark red"': f"cannot read 'color=\"dark red\"'; {KNOWN}",
    'a="b"c': f"cannot read 'a=\"b\"c'; {KNOWN}",
    "desc=x": "desc stands there for the second time; the first counts",
    "image=small": f"image=small {NO_PICTURE}",
    "image=https://a.jp/a.png": f"image=https://a.jp/a.png {NO_PICTURE}",
    "image=//a.jp/a.png": f"image=//a.jp/a.png {NO_PICTURE}",
    'image="data:image/png;base64,AA.png"': f"image=data:image/png;base64,AA.png {NO_PICTURE}",
    "image=a.html": f"image=a.html {NO_PICTURE}",
    "archive=web": "archive=web is not an http(s) URL",
    'archive="javascript:alert(1)"': "archive=javascript:alert(1) is not an http(s) URL",
    f'archive="{COPY} x"': f"archive={COPY} x is not an http(s) URL",
    "size=huge": "size=huge is neither large nor normal",
    "hide=title": "hide=title is not known; a card can hide description, image, site, date",
}


def test_an_attribute_that_cannot_be_read_costs_no_other() -> None:
    told = {}
    for attribute, mistake in MISTAKES.items():
        card = read_card_line(f'@[card]({URL}){{desc="説明" {attribute} title="題"}}')
        said = card and (card.text, card.mistakes)
        if said != (CardText(title="題", description="説明"), (mistake,)):
            told[attribute] = said
    assert told == {}


def test_what_else_an_attribute_says_right_is_kept() -> None:
    card = read_card_line(f"@[card]({URL}){{hide=site,color,date large}}")
    assert card
    assert card.text == CardText(hidden=("site", "date"), size="large")
    assert card.mistakes == ("hide=color is not known; a card can hide description, image, site, date",)


def test_a_quote_that_nothing_closes_costs_what_follows_it() -> None:
    card = read_card_line(f'@[card]({URL}){{title="題" desc="説明 large}}')
    assert card
    assert (card.text, card.mistakes) == (CardText(title="題"), (f"cannot read 'desc=\"説明 large'; {KNOWN}",))


def test_no_more_mistakes_are_told_than_a_person_reads() -> None:
    card = read_card_line(f"@[card]({URL}){{{'a ' * 100}}}")
    assert card
    assert len(card.mistakes) == 5


# --- Hatena Blog --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"[{URL}:embed:cite]", id="embed and cite"),
        pytest.param(f"[{URL}:embed]", id="embed"),
        pytest.param(f"[{URL}:embed:cite:lang=ja]", id="more options"),
        pytest.param(f"   [{URL}:embed] \t", id="spaces around"),
    ],
)
def test_a_line_in_a_form_of_hatena(line: str) -> None:
    assert read_card_line(line) == CardLine(url=URL, written=URL, text=CardText(), bare=False)
    assert begins_card(line) == line.startswith("[")


@pytest.mark.parametrize(
    ("inside", "url", "embed", "text"),
    [
        pytest.param(f"{URL}:embed", URL, True, "", id="embed"),
        pytest.param(f"{URL}:title", URL, False, "", id="title"),
        pytest.param(f"{URL}:title:bookmark", URL, False, "", id="title with an option"),
        pytest.param(f"{URL}:title=題", URL, False, "題", id="text"),
        pytest.param(f"{URL}:title= 題 と、[字] : x ", URL, False, "題 と、[字] : x", id="text with marks"),
        pytest.param(f"{URL}:title=a:embed", URL, False, "a:embed", id="text that looks like a form"),
        pytest.param(f"{URL}:title=a:title=b", URL, False, "a:title=b", id="text that repeats the form"),
        pytest.param(f"{URL}:title=", URL, False, "", id="no text"),
        pytest.param("https://a.jp:8080/b:c:embed:cite", "https://a.jp:8080/b:c", True, "", id="colons"),
        pytest.param("https://a.jp/b_(c):title", "https://a.jp/b_(c)", False, "", id="parentheses"),
        pytest.param("https://a.jp/:embed/b:embed", "https://a.jp/:embed/b", True, "", id="the form in the URL"),
        pytest.param("https://a.jp/:title:embed", "https://a.jp/:title", True, "", id="a form in the URL"),
        pytest.param("https://日本.jp/猫?犬=1&b#c:title", "https://日本.jp/猫?犬=1&b#c", False, "", id="Japanese"),
        pytest.param("HTTPS://A.JP:embed", "HTTPS://A.JP", True, "", id="capital letters"),
    ],
)
def test_a_form_of_hatena(inside: str, url: str, embed: bool, text: str) -> None:
    assert read_hatena(inside) == HatenaLink(url=url, embed=embed, text=text)


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(URL, id="no form"),
        pytest.param(f"{URL}:embedded", id="another word"),
        pytest.param(f"{URL}:titles", id="yet another word"),
        pytest.param(f"{URL}:embed=1", id="embed with a text"),
        pytest.param(f"{URL}:image", id="another form"),
        pytest.param("https://:title", id="no host"),
        pytest.param(f"{URL} x:title", id="a space in the URL"),
        pytest.param(f"{URL}<b>:title", id="markup in the URL"),
        pytest.param(f"{URL}\x02klzzwxh:0001\x03:title", id="a mark of Python-Markdown in the URL"),
        pytest.param("https://a.jp:x/:title", id="port that is no number"),
        pytest.param("javascript:alert(1):title", id="javascript"),
        pytest.param(f"{URL}、:title=題", id="full-width comma"),
    ],
)
def test_what_is_no_form_of_hatena(inside: str) -> None:
    assert read_hatena(inside) is None


# --- cost ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hostile", [pytest.param(it, id=it.name) for it in CARDS])
def test_hostile_text_comes_to_an_end(hostile: Lengthy) -> None:
    with coming_to_an_end(hostile.name):
        hostile.work(hostile.text(LONG))
