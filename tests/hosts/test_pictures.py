"""Pictures in a built site: found where the writer meant them, measured, loaded when in view; and what is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import Tag
from mkdocs.exceptions import Abort

from tests.hosts.test_cli import neco
from tests.pictures import drawn
from tests.previews import preview
from tests.sites import ENGLISH, Built, Folder, attribute, issue_page, issue_path, new_folder, succeeds

DATE = "2026-09-04"
PAGE = issue_page(DATE)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A project as a writer from Zenn has it: pictures in the docs folder, beside it, and beside the issue."""
    made = new_folder(tmp_path / "project", **ENGLISH)
    made.write("docs/images/inside.png", drawn(40, 30))
    made.write("docs/images/film.mp4", b"film")
    made.write("images/beside.png", drawn(800, 400))
    made.write("images/日本語 の絵.png", drawn(90, 60))
    made.write("images/secret.txt", "secret")
    made.write("docs/issues/2026/09/near.png", drawn(100, 50))
    return made


def images(built: Built) -> list[Tag]:
    return built.issue(DATE).select("article img")


def the_image(folder: Folder, text: str) -> Tag:
    folder.issue(DATE, text)
    (image,) = images(folder.build())
    return image


FOUND = {
    "in the docs folder": ("/images/inside.png", "images/inside.png", (40, 30)),
    "beside the docs folder": ("/images/beside.png", "images/beside.png", (800, 400)),
    "from the root of the repository": ("/docs/images/inside.png", "images/inside.png", (40, 30)),
    "beside the issue": ("near.png", "issues/2026/09/near.png", (100, 50)),
    "beside the issue, with a dot": ("./near.png?v=1#only-dark", "issues/2026/09/near.png", (100, 50)),
    "a quoted name": (
        "/images/%E6%97%A5%E6%9C%AC%E8%AA%9E%20%E3%81%AE%E7%B5%B5.png",
        "images/日本語 の絵.png",
        (90, 60),
    ),
    "with a query": ("/images/beside.png?v=1#only-light", "images/beside.png", (800, 400)),
    "up and down again": ("/a/../images/beside.png", "images/beside.png", (800, 400)),
}


@pytest.mark.parametrize("written", ["![絵]({})", '<img alt="絵" src="{}">', "文 <IMG src='{}' alt=絵> 文"])
@pytest.mark.parametrize("name", FOUND)
def test_a_picture_is_found_and_measured(name: str, written: str, folder: Folder) -> None:
    address, file, (width, height) = FOUND[name]
    folder.issue(DATE, written.format(address))
    built = folder.build(strict=True)
    (image,) = images(built)
    assert built.target(PAGE, attribute(image, "src").partition("?")[0]) == file
    behind = address.partition(".png")[2]
    assert attribute(image, "src").endswith(behind)
    assert (image["width"], image["height"], image["alt"]) == (str(width), str(height), "絵")


def test_only_pictures_that_issues_show_come_into_the_site(folder: Folder) -> None:
    folder.issue(DATE, "![](/images/beside.png)\n\n`![](/images/日本語%20の絵.png)`")
    paths = folder.build().paths("images/*")
    assert paths == {"images/inside.png", "images/film.mp4", "images/beside.png"}


NOT_THERE = {
    "no file": "/images/none.png",
    "outside of the project": "/../../outside.png",
    "outside of the project, quoted": "/%2e%2e/outside.png",
    "outside of the project, up from the issue": "../../../../../outside.png",
    "no picture": "/images/secret.txt",
    "hidden": "/.git/a.png",
    "a link that leads out": "/images/link.png",
    "a name that is none": "/images/%00.png",
}


@pytest.mark.parametrize("name", NOT_THERE)
def test_what_is_not_there_is_told_and_left_out(name: str, folder: Folder) -> None:
    address = NOT_THERE[name]
    folder.write("../outside.png", drawn(9, 9))
    folder.write(".git/a.png", drawn(9, 9))
    (folder.root / "images/link.png").symlink_to(folder.root.parent / "outside.png")
    folder.issue(DATE, f"文\n\n![絵]({address})")
    built = folder.build()
    (line,) = (it for it in built.warnings if it.startswith("neco-weekly: "))
    assert line == (
        f"neco-weekly: {issue_path(DATE)}:5: the picture {address} does not exist; add the file, or correct its path"
    )
    assert built.paths("**/*.png") <= {"images/inside.png", "issues/2026/09/near.png"}
    checked = neco(folder, "check")
    assert (checked.status, checked.out) == (1, line.removeprefix("neco-weekly: ") + "\n")


def test_check_finds_what_a_build_finds(folder: Folder) -> None:
    lines = (f"![]({address})" for address, _, _ in FOUND.values())
    folder.issue(DATE, "\n\n".join(lines))
    assert neco(folder, "check").status == 0
    folder.issue(DATE, "![](/images/none.png)")
    with pytest.raises(Abort):
        folder.build(strict=True)


# --- width and height ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", {"width": "800", "height": "400"}),
        ('width="250"', {"width": "250", "height": "125"}),
        ('width="250px"', {"width": "250px", "height": "125"}),
        ('height="100"', {"width": "200", "height": "100"}),
        ('width="10" height="10"', {"width": "10", "height": "10"}),
        ('width="1"', {"width": "1", "height": "1"}),
        ('width="50%"', {"width": "800", "height": "400", "style": "width: 50%;"}),
        ('width="50%" style="border:0"', {"width": "800", "height": "400", "style": "width: 50%; border:0"}),
        ('style="max-height:3em"', {"width": "800", "height": "400", "style": "max-height:3em"}),
        ('style="height:3em"', {"style": "height:3em"}),
        ('width="auto"', {"width": "auto"}),
        ('width="50%" height="100"', {"width": "50%", "height": "100"}),
    ],
)
def test_what_the_writer_says_of_the_size_counts(attributes: str, expected: dict[str, str], folder: Folder) -> None:
    image = the_image(folder, f'<img src="/images/beside.png" {attributes}>')
    assert {name: image[name] for name in ("width", "height", "style") if name in image.attrs} == expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", {}),
        ('width="120"', {"width": "120", "height": "80"}),
        ('height="80"', {"width": "120", "height": "80"}),
        ('width="50%"', {"width": "3", "height": "2", "style": "width: 50%;"}),
    ],
)
def test_an_svg_that_is_as_large_as_there_is_room_has_a_ratio(
    attributes: str, expected: dict[str, str], folder: Folder
) -> None:
    folder.write("images/ratio.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"></svg>')
    image = the_image(folder, f'<img src="/images/ratio.svg" {attributes}>')
    assert {name: image[name] for name in ("width", "height", "style") if name in image.attrs} == expected


# --- when it is loaded --------------------------------------------------------------------------------------------


def test_the_first_picture_is_loaded_at_once_where_it_is_near_the_top(folder: Folder) -> None:
    folder.issue(DATE, f"{'文' * 300}\n\n![](near.png)\n\n![](near.png)")
    assert [image.get("loading") for image in images(folder.build())] == [None, "lazy"]


@pytest.mark.parametrize("above", ["文" * 500, "```\n" + "code\n" * 100 + "```"], ids=["prose", "code"])
def test_one_that_is_far_below_waits(above: str, folder: Folder) -> None:
    image = the_image(folder, f"{above}\n\n![](near.png)")
    assert (image["loading"], image["decoding"]) == ("lazy", "async")


def test_the_writer_s_word_on_loading_counts(folder: Folder) -> None:
    image = the_image(folder, f"{'文' * 500}\n\n<img src=near.png loading=eager decoding=sync>")
    assert (image["loading"], image["decoding"]) == ("eager", "sync")


# --- other places of addresses ------------------------------------------------------------------------------------


def test_films_and_candidates_lead_to_their_files(folder: Folder) -> None:
    folder.issue(
        DATE,
        '<video src="/images/film.mp4" poster="/images/beside.png"></video>\n\n'
        '文 <picture><source srcset="/images/beside.png 2x, near.png"><img src="near.png"></picture>\n\n'
        '文 <img src="near.png" srcset="/images/inside.png 1.5x">\n\n'
        "[![](near.png)](/images/beside.png)",
    )
    built = folder.build(strict=True)
    article = built.issue(DATE).select_one("article")
    assert article
    for selector, name, files in (
        ("video", "src", ["images/film.mp4"]),
        ("video", "poster", ["images/beside.png"]),
        ("source", "srcset", ["images/beside.png", "issues/2026/09/near.png"]),
        ("img[srcset]", "srcset", ["images/inside.png"]),
        ("a[href*=images]", "href", ["images/beside.png"]),
    ):
        (element,) = article.select(selector)
        addresses = [it.split()[0] for it in attribute(element, name).split(", ")]
        assert [built.target(PAGE, address) for address in addresses] == files


def test_an_img_without_an_address_ends_no_build(folder: Folder) -> None:
    assert the_image(folder, "文 <img alt=なし> 文")["src"] == ""


def test_code_is_no_picture(folder: Folder) -> None:
    folder.issue(DATE, "`<img src=/images/none.png>`\n\n```html\n<img src=/images/none.png>\n```")
    assert images(folder.build(strict=True)) == []


# --- the other grammar, and other hosts ---------------------------------------------------------------------------


def test_a_page_in_the_other_grammar_stays_as_it_was(folder: Folder) -> None:
    folder.configure(plugins=["search", {"neco-weekly": {"grammar": "python-markdown"}}])
    folder.issue(DATE, "![](/images/inside.png) ![](near.png) <img src=near.png> ![](https://img.example/a.png)")
    built = folder.build(strict=True)
    assert [image.attrs for image in images(built)] == [
        {"alt": "", "src": "/images/inside.png"},
        {"alt": "", "src": "../near.png"},
        {"src": "near.png"},
        {"alt": "", "src": "https://img.example/a.png"},
    ]
    assert built.infos == []


def test_zensical_finds_what_is_in_the_docs_folder(folder: Folder) -> None:
    text = "![](/images/inside.png)\n\n![](near.png)\n\n文 <img src=near.png>\n\n"
    folder.issue(DATE, text + '<video src="/images/film.mp4" poster="near.png"></video>')
    folder.configure(theme={"name": "material", "language": "ja", "font": False}, plugins=["search"])
    succeeds("zensical", "build", cwd=folder.root, environment={"PYTHONWARNINGS": "default"})
    built = Built(folder.root / "site")
    found = [
        (built.target(PAGE, attribute(it, "src")), it.get("width")) for it in built.issue(DATE).select("article img")
    ]
    assert found == [
        ("images/inside.png", "40"),
        ("issues/2026/09/near.png", "100"),
        ("issues/2026/09/near.png", "100"),
    ]
    (film,) = built.issue(DATE).select("video")
    assert built.target(PAGE, attribute(film, "src")) == "images/film.mp4"


# --- what other hosts are asked for -------------------------------------------------------------------------------

FOREIGN = {
    "a frame": ('<iframe src="https://www.youtube.com/embed/x"></iframe>', "<iframe>", "www.youtube.com"),
    "a frame in a sentence": ("文 <iframe src='//player.example/x'></iframe> 文", "<iframe>", "player.example"),
    "a script": ('<script async src="https://platform.example/w.js"></script>', "<script>", "platform.example"),
    "an object": ('<object data="https://o.example/a.svg"></object>', "<object>", "o.example"),
    "an embed": ('<embed src="https://e.example/a.pdf">', "<embed>", "e.example"),
    "a style sheet": ('<link rel="stylesheet" href="https://s.example/a.css">', "<link>", "s.example"),
    "a style": ('<style>@import "https://s.example/a.css";</style>', "<style>", "s.example"),
    "a film": ('<video src="https://v.example/a.mp4"></video>', "<video>", "v.example"),
    "a film's source": ('<video><source src="https://v.example/a.mp4"></video>', "<source>", "v.example"),
    "a sound": ('文 <audio src="https://a.example/a.mp3"></audio>', "<audio>", "a.example"),
    "a background": ('<p style="background:url(https://b.example/a.png)">文</p>', "<p>", "b.example"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_another_host_is_asked_for_is_told_with_its_line(name: str, folder: Folder) -> None:
    text, tag, host = FOREIGN[name]
    folder.issue(DATE, f"文\n\n文\n\n{text}")
    (told,) = json.loads(neco(folder, "check", "--json").out)
    assert (told["code"], told["severity"], told["line"]) == ("foreign-request", "info", 7)
    assert told["message"] == f"{tag} makes readers' browsers ask {host}"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- <iframe src='https://a.example/'></iframe> -->",
        "`<iframe src='https://a.example/'></iframe>`",
        "```html\n<script src='https://a.example/a.js'></script>\n```",
        "<video src='/images/film.mp4'></video>",
        "<iframe src='/a.html'></iframe> <link rel=canonical href='https://a.example/'>",
        "[a](https://a.example/)\n\nhttps://a.example/",
        '<a class="embedly-card" href="https://a.example/">題</a>\n<script src="//cdn.embedly.com/widgets/platform.js">'
        "</script>",
    ],
)
def test_nothing_is_told_of_what_asks_nobody(text: str, folder: Folder) -> None:
    folder.issue(DATE, f"文\n\n{text}")
    found = {it["code"] for it in json.loads(neco(folder, "check", "--json").out)}
    assert found <= {"card-not-fetched"}


def test_a_preview_shows_pictures_beside_the_docs_folder_as_they_come_and_change(folder: Folder) -> None:
    folder.issue(DATE, "文")
    with preview(folder) as shown:

        def size() -> tuple[str, str]:
            image = shown.issue(DATE).select_one("article img")
            return attribute(image, "width"), attribute(image, "height")

        folder.issue(DATE, "![](/images/new.png)")
        shown.until(lambda: shown.issue(DATE).select_one("article img"))
        assert size() == ("", "")
        shown.until_quiet()
        folder.write("images/new.png", drawn(300, 100))
        shown.until(lambda: size() == ("300", "100"))
        shown.until_quiet()
        folder.write("images/new.png", drawn(30, 10))
        shown.until(lambda: size() == ("30", "10"))
