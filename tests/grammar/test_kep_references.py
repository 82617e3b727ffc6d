"""The written grammar: which text and which URL names a KEP, and where a URL ends."""

from __future__ import annotations

import re

import pytest
from neco_weekly.grammar.kep_references import UrlMeaning, find_text_references, hash_numbers, kep_number, read_url
from neco_weekly.grammar.urls import URL_IN_TEXT, host_of, is_site_link, is_web_url, normal_url, trim_url

from tests.guards import coming_to_an_end
from tests.lengthy import LONG, REFERENCES, Lengthy

ENHANCEMENTS = "https://github.com/kubernetes/enhancements"

Found = list[tuple[str, int | None]]


def references(text: str) -> Found:
    """Each undoubted reference as the words it takes from the text, and its number."""
    found = find_text_references(text)
    return [(text[it.start : it.end], it.number) for it in found if not it.candidate]


# --- references in text -------------------------------------------------------------------------------------------


FORMS = [
    "KEP-127",
    "KEP 127",
    "KEP #127",
    "KEP-#127",
    "KEP#127",
    "KEP127",
    "KEPs 127",
    "KEP-0127",
    "KEP-00127",
    r"KEP \#127",
    "KEP \\\\\\#127",  # escaped hash as Python-Markdown stashes it
    "KEPs \\\\\\#127",  # plural with a stashed hash
    "kubernetes/enhancements#127",
    "k/enhancements#127",
    "enhancements#127",
    "enhancements\\\\\\#127",  # repository with a stashed hash
    "kep.k8s.io/127",
    "features.k8s.io/127",
    "kubernetes.dev/resources/keps/127",
    "www.kubernetes.dev/resources/keps/127",
    "www.k8s.dev/resources/keps/127",
    "k8s.dev/resources/keps/127",
    "kep.k8s.io/issues/127",
    "k8s.io/kep/127",
    "KEP\u2010127",  # hyphen
    "KEP\u2011127",  # non-breaking hyphen
    "KEP\u2013127",  # en dash
    "KEP\u2212127",  # minus sign
    "KEP\u00a0127",  # no-break space
    "KEP\u00a0#127",
    "KEP\u3000127",  # ideographic space
    "ＫＥＰ－１２７",
    "ＫＥＰ 127",
    "KEP－127",
    "KEP：127",
    "KEP:127",
    "KEP No.127",
    "KEP No. 127",
    "KEP no.127",
    "kubernetes/enhancements #127",
    "git.k8s.io/enhancements/keps/sig-node/127-user-namespaces",
    "git.k8s.io/enhancements/keps/sig-node/127-x2/README.md",
]
AROUND = {
    "alone": ("", ""),
    "kana": ("次の", "の話"),
    "full-width parentheses": ("（", "）"),
    "corner brackets": ("「", "」"),
    "ideographic comma": ("今回は", "、次回は"),
    "ideographic full stop": ("これは", "。"),
    "ASCII parentheses": ("see (", ")."),
    "quotes": ('the "', '",'),
    "spaces": ("新機能 ", " です"),
    "lines": ("前の行\n", "\n次の行"),
    "colon": ("", ": User Namespaces"),
    "apostrophe": ("", "'s stage"),
}


def test_every_form_is_found_whatever_stands_around_it() -> None:
    unfound = [
        (form, name)
        for form in FORMS
        for name, (before, after) in AROUND.items()
        if references(f"{before}{form}{after}") != [(form, 127)]
    ]
    assert unfound == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("KEPs 127, 128", [("KEPs 127", 127), ("128", 128)], id="comma"),
        pytest.param("KEPs 127, 128 and 129", [("KEPs 127", 127), ("128", 128), ("129", 129)], id="comma and and"),
        pytest.param("KEPs 127, 128, and 129", [("KEPs 127", 127), ("128", 128), ("129", 129)], id="Oxford comma"),
        pytest.param("KEPs #127 & #128", [("KEPs #127", 127), ("#128", 128)], id="hashes and ampersand"),
        pytest.param("KEPs 127 or 128", [("KEPs 127", 127), ("128", 128)], id="or"),
        pytest.param("KEPs 127/128", [("KEPs 127", 127), ("128", 128)], id="slash"),
        pytest.param("KEPs 127、128", [("KEPs 127", 127), ("128", 128)], id="ideographic comma"),
        pytest.param("KEPs 127，128", [("KEPs 127", 127), ("128", 128)], id="full-width comma"),
        pytest.param("KEPs 127・128", [("KEPs 127", 127), ("128", 128)], id="middle dot"),
        pytest.param("KEPs 127と128を", [("KEPs 127", 127), ("128", 128)], id="to"),
        pytest.param("KEPs 127 および 128", [("KEPs 127", 127), ("128", 128)], id="oyobi"),
        pytest.param("KEPs 127,\n128", [("KEPs 127", 127), ("128", 128)], id="line break"),
        pytest.param(
            "KEPs \\\\\\#127 and \\\\\\#128",
            [("KEPs \\\\\\#127", 127), ("\\\\\\#128", 128)],
            id="kept hashes",
        ),
        pytest.param("KEPs 127, 2022-08-26", [("KEPs 127", 127)], id="ends before a date"),
        pytest.param("KEPs 127, 1.25", [("KEPs 127", 127)], id="ends before a version"),
        pytest.param("KEPs 127 and others", [("KEPs 127", 127)], id="ends before words"),
        pytest.param("KEPs 127、3 件", [("KEPs 127", 127)], id="ends before a counter"),
        pytest.param("KEPs 127, 0, 128", [("KEPs 127", 127), ("0", None), ("128", 128)], id="one impossible"),
        pytest.param("KEP-127/KEP-128", [("KEP-127", 127), ("KEP-128", 128)], id="two with a slash"),
        pytest.param("KEP-127, 128", [("KEP-127", 127)], id="a singular is no list"),
        pytest.param("KEP-127 and KEP-127", [("KEP-127", 127), ("KEP-127", 127)], id="the same twice"),
    ],
)
def test_lists_name_each_number_with_words_of_its_own(text: str, expected: Found) -> None:
    assert references(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#127", id="hash alone"),
        pytest.param("127", id="number alone"),
        pytest.param("kubernetes#127", id="other repository"),
        pytest.param("kubernetes/kubernetes#127", id="other repository with owner"),
        pytest.param("someone/enhancements#127", id="another owner's enhancements"),
        pytest.param("my-enhancements#127", id="longer repository name"),
        pytest.param("KEP-NNNN", id="placeholder"),
        pytest.param("KEP", id="no number"),
        pytest.param("KEP: 127", id="colon before the number"),
        pytest.param("KEPs: 13", id="counted KEPs"),
        pytest.param("kep-127", id="small letters"),
        pytest.param("SKEP-127", id="letter before"),
        pytest.param("my_KEP-127", id="underscore before"),
        pytest.param("pre-KEP-127", id="hyphen before"),
        pytest.param("keps/KEP-127", id="path"),
        pytest.param("/KEP-127", id="root of a path"),
        pytest.param("KEP-127a", id="letter after"),
        pytest.param("KEP-127_x", id="underscore after"),
        pytest.param("KEP-127-user-namespaces", id="hyphen after"),
        pytest.param("KEP 1.25", id="version"),
        pytest.param("KEP 2022-08-26", id="date"),
        pytest.param("KEP  127", id="two spaces"),
        pytest.param("KEP\n127", id="line break between"),
        pytest.param("https://kep.k8s.io/127", id="address with a scheme is a URL's business"),
        pytest.param("notkep.k8s.io/127", id="longer host"),
        pytest.param("docs.k8s.io/kep/127", id="another host with a folder kep"),
        pytest.param("enhancements #127", id="a word and a number"),
        pytest.param("KEP\u2011127\u20112", id="a number of two parts, with non-breaking hyphens"),
        pytest.param("KEP-127-2", id="a number of two parts"),
        pytest.param("KEP: 127 件", id="a count behind a colon"),
        pytest.param("KEP：3 件", id="a count behind a full-width colon"),
        pytest.param("KEP Nothing 127", id="a word that begins like No"),
        pytest.param("a.features.k8s.io/127", id="host below"),
        pytest.param("kep.k8s.io/", id="host alone"),
        pytest.param("git.k8s.io/enhancements/keps/sig-node/0017-name.md", id="old numbering at git.k8s.io"),
        pytest.param("git.k8s.io/enhancements/keps/sig-node", id="folder of a SIG at git.k8s.io"),
        pytest.param("https://git.k8s.io/enhancements/keps/sig-node/127-x", id="git.k8s.io with a scheme"),
    ],
)
def test_what_names_no_kep(text: str) -> None:
    assert references(text) == []


@pytest.mark.parametrize(
    "text", ["KEP 3 件", "KEP 3件", "KEP 655 件のうち", "KEPs 40 件", "KEP 3つ", "KEP 3 個", "KEP 2本", "KEP 3 種類"]
)
def test_counted_keps_are_no_references(text: str) -> None:
    assert references(text) == []


@pytest.mark.parametrize(
    "text",
    ["KEP 127 本体", "KEP 127本文", "KEP 127 つまり", "KEP 127 件名", "KEP 127 個別", "KEP-127 件", "KEP #127 本"],
)
def test_words_that_begin_like_a_counter_count_nothing(text: str) -> None:
    assert [number for _, number in references(text)] == [127]


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param("0", id="zero"),
        pytest.param("00000", id="zeros"),
        pytest.param("100000", id="six digits"),
        pytest.param("12345678901234567890", id="twenty digits"),
    ],
)
@pytest.mark.parametrize("prefix", ["KEP-", "KEP #", "KEPs ", "kubernetes/enhancements#", "kep.k8s.io/"])
def test_a_number_that_no_kep_can_have_is_found_without_a_number(prefix: str, digits: str) -> None:
    assert references(f"次の{prefix}{digits}の") == [(prefix + digits, None)]


@pytest.mark.parametrize(
    ("text", "by_repository"),
    [
        ("KEP-127", False),
        ("KEP #127", False),
        ("kep.k8s.io/127", False),
        ("git.k8s.io/enhancements/keps/sig-node/127-x", False),
        ("enhancements#127", True),
        ("k/enhancements#127", True),
        ("kubernetes/enhancements#127", True),
    ],
)
def test_only_a_repository_s_number_may_be_a_pull_request(text: str, by_repository: bool) -> None:
    assert [found.by_repository for found in find_text_references(text)] == [by_repository]


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("1", 1),
        ("127", 127),
        ("0127", 127),
        ("00005", 5),
        ("99999", 99_999),
        ("0", None),
        ("100000", None),
        ("1" * 5000, None),
    ],
    ids=["lowest", "plain", "padded", "five digits", "highest", "zero", "too high", "five thousand digits"],
)
def test_kep_number(digits: str, number: int | None) -> None:
    assert kep_number(digits) == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("#127", {127}),
        ("#0127 and #128", {127, 128}),
        (r"\#127", {127}),
        ("\\\\\\#127", {127}),
        ("a#127", set()),
        ("kubernetes#127", set()),
        ("&#127;", set()),
        ("#0", set()),
        ("#127-x", set()),
        ("127", set()),
    ],
)
def test_hash_numbers_in_the_text_of_a_link_to_the_repository(text: str, numbers: set[int]) -> None:
    assert hash_numbers(text) == numbers


# --- references in URLs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(f"{ENHANCEMENTS}/issues/127", id="issue"),
        pytest.param(f"{ENHANCEMENTS}/issues/127/", id="issue with slash"),
        pytest.param(f"{ENHANCEMENTS}/issues/127#issuecomment-1", id="issue with anchor"),
        pytest.param(f"{ENHANCEMENTS}/issues/127?q=128", id="issue with query"),
        pytest.param(f"{ENHANCEMENTS}/issues/0127", id="issue zero padded"),
        pytest.param("http://github.com/kubernetes/enhancements/issues/127", id="http"),
        pytest.param("https://www.github.com/kubernetes/enhancements/issues/127", id="www"),
        pytest.param("HTTPS://GitHub.com/Kubernetes/Enhancements/issues/127", id="capital letters"),
        pytest.param("https://github.com/kubernetes/features/issues/127", id="old repository name"),
        pytest.param(f"{ENHANCEMENTS}/tree/master/keps/sig-node/127-user-namespaces", id="directory"),
        pytest.param(f"{ENHANCEMENTS}/tree/master/keps/sig-node/127-user-namespaces/", id="directory with slash"),
        pytest.param(f"{ENHANCEMENTS}/tree/master/keps/sig-network/0127-endpointslices", id="directory zero padded"),
        pytest.param(f"{ENHANCEMENTS}/blob/master/keps/sig-node/127-user-namespaces/README.md", id="file"),
        pytest.param(f"{ENHANCEMENTS}/blob/master/keps/sig-node/127-x/README.md#motivation", id="file with anchor"),
        pytest.param(f"{ENHANCEMENTS}/blob/master/keps/sig-node/127-x/README.md?plain=1#L1", id="file with query"),
        pytest.param(f"{ENHANCEMENTS}/blob/1a2b3c/keps/sig-node/127-x/kep.yaml", id="file at a commit"),
        pytest.param(f"{ENHANCEMENTS}/tree/feature/branch/keps/sig-node/127-x", id="reference with a slash"),
        pytest.param(
            f"{ENHANCEMENTS}/tree/master/keps/sig-cloud-provider/azure/127-out-of-tree", id="nested directory"
        ),
        pytest.param(f"{ENHANCEMENTS}/raw/master/keps/sig-node/127-x/kep.yaml", id="raw"),
        pytest.param(
            "https://raw.githubusercontent.com/kubernetes/enhancements/master/keps/sig-node/127-x/kep.yaml",
            id="raw host",
        ),
        pytest.param("https://kep.k8s.io/127", id="kep.k8s.io"),
        pytest.param("https://kep.k8s.io/issues/127", id="kep.k8s.io/issues"),
        pytest.param("https://www.k8s.dev/resources/keps/127/", id="www.k8s.dev"),
        pytest.param("https://k8s.io/kep/127", id="k8s.io/kep"),
        pytest.param(
            "https://github.com/someone/enhancements/blob/a-branch/keps/sig-node/127-x/README.md", id="a fork"
        ),
        pytest.param(
            "https://github.com/someone/enhancements/tree/master/keps/sig-node/127-x", id="a folder of a fork"
        ),
        pytest.param("http://kep.k8s.io/127", id="kep.k8s.io over http"),
        pytest.param("https://kep.k8s.io/127/", id="kep.k8s.io with slash"),
        pytest.param("https://features.k8s.io/127", id="features.k8s.io"),
        pytest.param("https://git.k8s.io/enhancements/keps/sig-node/127-user-namespaces", id="git.k8s.io"),
        pytest.param("https://git.k8s.io/enhancements/keps/sig-node/127-x/README.md", id="file at git.k8s.io"),
        pytest.param("https://kubernetes.dev/resources/keps/127", id="kubernetes.dev"),
        pytest.param("https://www.kubernetes.dev/resources/keps/127/", id="www.kubernetes.dev"),
    ],
)
def test_urls_that_name_a_kep(url: str) -> None:
    reference = read_url(url)
    assert (reference.meaning, reference.number) == (UrlMeaning.KEP, 127)


@pytest.mark.parametrize(
    ("url", "meaning"),
    [
        pytest.param(f"{ENHANCEMENTS}/pull/127", UrlMeaning.PULL_REQUEST, id="pull request"),
        pytest.param(f"{ENHANCEMENTS}/pull/127/files#diff-1", UrlMeaning.PULL_REQUEST, id="files of a pull request"),
        pytest.param(f"{ENHANCEMENTS}/issues/0", UrlMeaning.IMPOSSIBLE, id="issue zero"),
        pytest.param(f"{ENHANCEMENTS}/issues/12345678901234567890", UrlMeaning.IMPOSSIBLE, id="twenty digits"),
        pytest.param("https://kep.k8s.io/000", UrlMeaning.IMPOSSIBLE, id="short host and zeros"),
        pytest.param(f"{ENHANCEMENTS}/blob/master/keps/sig-x/0017-name.md", UrlMeaning.FOREIGN, id="old number"),
        pytest.param(f"{ENHANCEMENTS}/blob/master/keps/sig-x/20190711-name.md", UrlMeaning.FOREIGN, id="date"),
        pytest.param(
            f"{ENHANCEMENTS}/blob/master/keps/sig-x/1127-name.md", UrlMeaning.FOREIGN, id="file, no directory"
        ),
        pytest.param(f"{ENHANCEMENTS}/tree/master/keps/sig-x/0034-name", UrlMeaning.FOREIGN, id="old directory"),
        pytest.param(f"{ENHANCEMENTS}/tree/master/keps/sig-x/20190603-name", UrlMeaning.FOREIGN, id="dated directory"),
        pytest.param("https://git.k8s.io/enhancements/keps/sig-x/0017-name.md", UrlMeaning.FOREIGN, id="old at git"),
        pytest.param("https://github.com/kubernetes-sigs/kueue/tree/main/keps/127-x", UrlMeaning.FOREIGN, id="project"),
        pytest.param("https://example.com/keps/127", UrlMeaning.FOREIGN, id="another site's keps"),
        pytest.param("https://github.com/someone/enhancements/issues/127", UrlMeaning.OTHER, id="issue of a fork"),
        pytest.param(
            "https://example.com/someone/enhancements/tree/main/keps/sig-x/127-x",
            UrlMeaning.FOREIGN,
            id="fork elsewhere",
        ),
        pytest.param("https://github.com/kubernetes/kubernetes/issues/127", UrlMeaning.OTHER, id="other repository"),
        pytest.param("https://github.com/kubernetes/kubernetes/pull/127", UrlMeaning.OTHER, id="other pull request"),
        pytest.param("https://github.com/kubernetes/enhancements-x/issues/127", UrlMeaning.OTHER, id="longer name"),
        pytest.param(ENHANCEMENTS, UrlMeaning.OTHER, id="the repository"),
        pytest.param(f"{ENHANCEMENTS}/issues", UrlMeaning.OTHER, id="all issues"),
        pytest.param(f"{ENHANCEMENTS}/issues/127x", UrlMeaning.OTHER, id="not a number"),
        pytest.param(f"{ENHANCEMENTS}/tree/master/keps", UrlMeaning.OTHER, id="all directories"),
        pytest.param(f"{ENHANCEMENTS}/tree/master/keps/sig-node", UrlMeaning.OTHER, id="a SIG's directory"),
        pytest.param(
            f"{ENHANCEMENTS}/blob/master/keps/prod-readiness/sig-node/127.yaml", UrlMeaning.OTHER, id="review"
        ),
        pytest.param(f"{ENHANCEMENTS}/commit/127", UrlMeaning.OTHER, id="commit"),
        pytest.param("https://www.kubernetes.dev/resources/keps/", UrlMeaning.OTHER, id="table at kubernetes.dev"),
        pytest.param("https://kep.k8s.io/", UrlMeaning.OTHER, id="short host alone"),
        pytest.param("https://kep.k8s.io.example.com/127", UrlMeaning.OTHER, id="longer host"),
        pytest.param("ftp://kep.k8s.io/127", UrlMeaning.OTHER, id="other scheme"),
        pytest.param("javascript://kep.k8s.io/127", UrlMeaning.OTHER, id="javascript"),
        pytest.param("//kep.k8s.io/127", UrlMeaning.OTHER, id="no scheme"),
        pytest.param("../issues/127", UrlMeaning.OTHER, id="relative"),
        pytest.param("", UrlMeaning.OTHER, id="empty"),
        pytest.param("https://[kep.k8s.io/127", UrlMeaning.OTHER, id="not to be parsed"),
    ],
)
def test_urls_that_name_no_kep(url: str, meaning: UrlMeaning) -> None:
    reference = read_url(url)
    assert reference.meaning is meaning
    assert reference.number == (127 if meaning is UrlMeaning.PULL_REQUEST else None)


# --- URLs ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "url"),
    [
        ("https://a.jp/b", "https://a.jp/b"),
        ("https://a.jp/b.", "https://a.jp/b"),
        ("https://a.jp/b,", "https://a.jp/b"),
        ("https://a.jp/b!?...", "https://a.jp/b"),
        ("https://a.jp/b**", "https://a.jp/b"),
        ("https://a.jp/b_", "https://a.jp/b"),
        ("https://a.jp/b~~", "https://a.jp/b"),
        ("https://a.jp/b)", "https://a.jp/b"),
        ("https://a.jp/b).", "https://a.jp/b"),
        ("https://a.jp/b.)", "https://a.jp/b"),
        ("https://a.jp/b]", "https://a.jp/b"),
        ("https://a.jp/b)]).", "https://a.jp/b"),
        ("https://a.jp/b_(c)", "https://a.jp/b_(c)"),
        ("https://a.jp/b_(c))", "https://a.jp/b_(c)"),
        ("https://a.jp/b[1]", "https://a.jp/b[1]"),
        ("https://a.jp/b/", "https://a.jp/b/"),
        ("https://a.jp/b.html#c", "https://a.jp/b.html#c"),
    ],
)
def test_a_url_in_a_sentence_leaves_the_sentence_its_punctuation(found: str, url: str) -> None:
    assert trim_url(found) == url


@pytest.mark.parametrize(
    ("sentence", "urls"),
    [
        *(
            (f"見よ https://a.jp/b{mark}次", ["https://a.jp/b"])
            for mark in "（「『【《〔［・！？：；…，〈〉》〕。、」）】』］｛｝　＞"
        ),
        (
            "https://ja.wikipedia.org/wiki/Rust_(プログラミング言語)です",
            ["https://ja.wikipedia.org/wiki/Rust_(プログラミング言語)です"],
        ),
        (
            "https://ja.wikipedia.org/wiki/Rust_(プログラミング言語)。",
            ["https://ja.wikipedia.org/wiki/Rust_(プログラミング言語)"],
        ),
        ("https://ja.wikipedia.org/wiki/日本語", ["https://ja.wikipedia.org/wiki/日本語"]),
        ("(https://b)と「https://c」", ["https://b", "https://c"]),
        ("(https://b/(c))と", ["https://b/(c)"]),
        ("[https://b/]と", ["https://b/"]),
        ("http://[::1]:80/a", ["http://[::1]:80/a"]),
        ("https://a.jp/b...c", ["https://a.jp/b...c"]),
    ],
)
def test_where_urls_end_in_japanese_prose(sentence: str, urls: list[str]) -> None:
    assert [trim_url(found) for found in re.findall(URL_IN_TEXT, sentence)] == urls


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://a.jp", True, id="https"),
        pytest.param("http://a.jp:8080/x", True, id="http with port"),
        pytest.param("HTTPS://A.JP/", True, id="capital letters"),
        pytest.param("https://日本語.jp/パス", True, id="Japanese"),
        pytest.param("https://[::1]/", True, id="IPv6"),
        pytest.param("https:///x", False, id="no host"),
        pytest.param("https:a.jp", False, id="no slashes"),
        pytest.param("ftp://a.jp/", False, id="ftp"),
        pytest.param("javascript:alert(1)", False, id="javascript"),
        pytest.param("javascript://a.jp/%0aalert(1)", False, id="javascript with slashes"),
        pytest.param("data:text/html,x", False, id="data"),
        pytest.param("//a.jp/", False, id="no scheme"),
        pytest.param("/x", False, id="path"),
        pytest.param("", False, id="empty"),
        pytest.param("https://a.jp:x/", False, id="port that is no number"),
        pytest.param("https://a.jp:99999/", False, id="port too high"),
        pytest.param("https://[a.jp/", False, id="broken IPv6"),
        pytest.param("https://a.jp/ x", False, id="space"),
        pytest.param("https://a.jp/\nx", False, id="line break"),
        pytest.param(" https://a.jp/", False, id="leading space"),
        pytest.param("https://a.jp/\x00", False, id="NUL"),
        pytest.param("https://a.jp/\x02wzxhzdk:0\x03", False, id="mark of Python-Markdown"),
        pytest.param("https://a.jp/\x7f", False, id="DEL"),
        pytest.param("https://a.jp/\x9b", False, id="C1 control"),
        pytest.param('https://a.jp/"onclick="x', False, id="quote"),
        pytest.param("https://a.jp/<script>", False, id="angle bracket"),
    ],
)
def test_is_web_url(url: str, expected: bool) -> None:
    assert is_web_url(url) is expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("a.md", True),
        ("../a.md#b", True),
        ("./a.png?c", True),
        ("a b.md", True),
        ("", False),
        ("#b", False),
        ("?c", False),
        ("/a.md", False),
        ("\\a.md", False),
        ("//a.jp/b", False),
        ("https://a.jp/", False),
        ("mailto:a@b.jp", False),
        ("//[a", False),
    ],
)
def test_is_site_link(link: str, expected: bool) -> None:
    assert is_site_link(link) is expected


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://example.com", "https://example.com/"),
        ("https://example.com/", "https://example.com/"),
        ("HTTPS://Example.COM/Path", "https://example.com/Path"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("https://example.com:80/a", "https://example.com:80/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com/a?B=c&d=%20#E", "https://example.com/a?B=c&d=%20#E"),
        ("https://[2001:DB8::1]:443/", "https://[2001:db8::1]/"),
        ("https://example.com/a/", "https://example.com/a/"),
        ("https://www.example.com/", "https://www.example.com/"),
        ("https://user:secret@example.com/", "https://example.com/"),
    ],
)
def test_normal_url(url: str, normal: str) -> None:
    assert normal_url(url) == normal
    assert normal_url(normal) == normal


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.com/a", "example.com"),
        ("https://Blog.Example.com:8080/", "blog.example.com"),
        ("https://www.www.jp/", "www.jp"),
    ],
)
def test_host_of(url: str, host: str) -> None:
    assert host_of(url) == host


# --- cost ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hostile", [pytest.param(it, id=it.name) for it in REFERENCES])
def test_hostile_text_comes_to_an_end(hostile: Lengthy) -> None:
    with coming_to_an_end(hostile.name):
        hostile.work(hostile.text(LONG))
