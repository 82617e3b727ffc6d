"""Which of the days that a page shows is its own: where days stand, and what stands beside them."""

from __future__ import annotations

import datetime as dt

from neco_weekly.model.days import day_in, today

from .webpages import linked, page

TITLE, URL = "猫とコンテナ", "https://blog.example.jp/pods"
BODY = f"<p>{'猫が箱に入るまでを、はじめから順に書いていきます。' * 12}</p>"
HEADING = f"<h1>{TITLE}</h1>"


def shown(html: str, *, url: str = URL, head: str = "") -> str | None:
    """The day that a card shows of a page with this body."""
    published = page(f"<title>{TITLE} | 猫の部屋</title>{head}<body>{html}</body>", url=url).published
    day = day_in(published or "")
    return day.isoformat() if day else None


def offenders(cases: dict[str, str], expected: str | None) -> dict[str, str | None]:
    found = {name: shown(html) for name, html in cases.items()}
    return {name: day for name, day in found.items() if day != expected}


def test_days_of_pages() -> None:
    cases = {
        "time without datetime": f"{HEADING}<time>2022-08-26</time>{BODY}",
        "time with a datetime nobody reads": f"{HEADING}<time datetime=x>2022年8月26日</time>{BODY}",
        "time above the heading": f"<div><time datetime=2022-08-26>金曜</time></div>{HEADING}{BODY}",
        "named date": f"{HEADING}<div class=date>2022.8.26</div>{BODY}",
        "named in camel case": f"{HEADING}<span class=postDate>Aug 26, 2022</span>{BODY}",
        "named by id": f"{HEADING}<p id=posted-on>Posted on August 26th, 2022 by Neko</p>{BODY}",
        "byline": f"{HEADING}<div class=byline>猫野 | 令和4年8月26日</div>{BODY}",
        "parts of a day": f"{HEADING}<div class=date><b>26</b> <i>Aug</i> <b>2022</b></div>{BODY}",
        "no name, alone": f"{HEADING}<div class=x><span>2022/08/26</span> | <span>猫野</span></div>{BODY}",
        "no name, with weekday": f"{HEADING}<h2>2022年8月26日（金）</h2>{BODY}",
        "full width": f"{HEADING}<p>２０２２年８月２６日　広報課</p>{BODY}",
        "month first, only one reading": f"{HEADING}<p class=date>8/26/2022</p>{BODY}",
        "below the text": f"<article>{HEADING}{BODY}<div class=post-footer><time>2022-08-26</time></div></article>",
        "footer of the article": f"<article>{HEADING}{BODY}<footer class=date>2022-08-26</footer></article>",
        "heading of other elements": f"<div class=entry-title>{TITLE}</div><p>2022-08-26</p>{BODY}",
        "a page in a table": f"<table><tr><td>{HEADING}<div>2022-08-26</div>{BODY}</table>",
        "a page in a form": f"<form>{HEADING}<div class=date>2022-08-26</div>{BODY}</form>",
        "abbr of microformats": f"{HEADING}<abbr class=published title=2022-08-26T09:00:00+09:00>朝</abbr>{BODY}",
        "property in the body": f"{HEADING}<meta itemprop=datePublished content=2022-08-26>{BODY}",
        "layout named after a sidebar": f"<div class=with-sidebar>{HEADING}<p class=date>2022-08-26</p>{BODY}</div>",
        "both labels in one element": f"{HEADING}<p>更新日 2022年9月1日　公開日 2022年8月26日</p>{BODY}",
        "label before the element": f"{HEADING}<p><span>最終更新</span> <time>2022-09-01</time>"
        f"<span>公開</span> <time>2022-08-26</time></p>{BODY}",
        "published and updated": f"{HEADING}<time class='entry-date published updated'>2022-08-26</time>{BODY}",
        "update marked by its element": f"{HEADING}<span class=post-updated><time>2022-09-01</time></span>"
        f"<span class=post-date><time>2022-08-26</time></span>{BODY}",
        "related pages below": f"{HEADING}<time>2022-08-26</time>{BODY}"
        "<div class=related-posts><time>2022-09-01</time><time>2022-09-02</time></div>",
        "a list that has the page once more": f"{HEADING}<p class=date>2022-08-26</p>{BODY}"
        f"<ul><li class=status-publish>2022-09-01 <h3>箱</h3><li class=status-publish>2022-09-01 {HEADING}</ul>",
        "comments below": f"{HEADING}<p class=date>2022-08-26</p>{BODY}"
        "<ol class=comments><li><time>2022-09-01</time></ol>",
        "marked as published far below, beside another day": f"{HEADING}{BODY}<p class=time>2022-09-01</p>{BODY}"
        "<p class=published>2022-08-26</p>",
        "a short title that says change": f"{HEADING}<h2>更新の話</h2><p>2022-08-26</p>{BODY}",
    }  # fmt: skip
    assert offenders(cases, "2022-08-26") == {}


def test_days_that_are_not_of_the_page() -> None:
    cases = {
        "in a sentence": f"{HEADING}<p>2022年8月26日に{'箱が届いたので、さっそく猫を呼んでみた。' * 12}</p>",
        "time in a sentence": f"{HEADING}<p>箱は <time>2022-08-26</time> に届き、{'猫が先に入ってしまった。' * 20}</p>",
        "far from the heading": f"{HEADING}{BODY}<p>2022-08-26</p>",
        "copyright": f"{HEADING}<p>© 2022-08-26 猫の部屋</p>{BODY}",
        "copyright's years": f"{HEADING}{BODY}<div class=date>Copyright 2020-2022</div>",
        "last change of the site": f"{HEADING}{BODY}<p class=date>Last updated: 2022-08-26</p>",
        "change in Japanese": f"{HEADING}<p>最終更新日：2022年8月26日</p>{BODY}",
        "change in its own element": f"{HEADING}<span>更新</span><time>2022-08-26</time>{BODY}",
        "change in the element's name": f"{HEADING}<time class=updated>2022-08-26</time>{BODY}",
        "comments": f"{HEADING}{BODY}<div id=comments><p class=comment-date>2022-08-26</p></div>",
        "related pages": f"{HEADING}{BODY}<div class=related><time>2022-08-26</time></div>",
        "recent pages beside": f"{HEADING}{BODY}<aside><time>2022-08-26</time></aside>",
        "quotation": f"{HEADING}<blockquote><p>2022-08-26</p></blockquote>{BODY}",
        "embedded post": f"{HEADING}<div class=twitter-tweet><time>2022-08-26</time></div>{BODY}",
        "code": f"{HEADING}<pre>2022-08-26</pre>{BODY}",
        "data in a table": f"{HEADING}<table><tr><td>2022-08-26</table>{BODY}",
        "event": f"{HEADING}<p class=date>開催日：2022年8月26日</p>{BODY}",
        "event in its own element": f"{HEADING}<b>申込期限</b> <span class=date>2022年8月26日</span>{BODY}",
        "span of days": f"{HEADING}<p>2022年8月26日（金）～28日</p>{BODY}",
        "two readings": f"{HEADING}<p class=date>8/9/2022</p>{BODY}",
        "version": f"{HEADING}<p>v2022.8.26</p>{BODY}",
        "not shown": f"{HEADING}<time hidden>2022-08-26</time><p style='display: none'>2022-08-26</p>{BODY}",
        "a list": f"{HEADING}<ul><li><time>2022-08-26</time> 箱<li><time>2022-08-19</time> 猫</ul>",
        "a list of one day": f"{HEADING}{'<p><time>2022-08-26</time> 猫</p>' * 3}",
        "a list of properties": f"{HEADING}{BODY}<p itemscope><meta itemprop=datePublished content=2022-08-26></p>"
        "<p itemscope><meta itemprop=datePublished content=2022-08-19></p>",
        "several elsewhere": f"{HEADING}{BODY}<p class=date>2022-08-26</p>{BODY}<p class=time>2022-08-19</p>",
        "no such day": f"{HEADING}<p class=date>2022-02-30</p>{BODY}",
    }  # fmt: skip
    assert offenders(cases, None) == {}


def test_a_list_of_pages_has_no_day() -> None:
    html = f"{HEADING}<p class=date>2022-08-26</p>{BODY}"
    lists = "/ /index.html /blog/ /news /tags/cats/ /blog/category/cats /tags/cats/page/2/ /2022/ /2022/08/ /archives/"
    pages = "/pods /news/pods.html /archives/123.html /tags/posts/cats/ /2022/pods"
    found = {path: shown(html, url=f"https://blog.example.jp{path}") for path in (*lists.split(), *pages.split())}
    assert {path for path, day in found.items() if day is None} == set(lists.split())


def test_the_address_comes_after_the_page_and_tells_which_day_is_meant() -> None:
    dated = "https://blog.example.jp/2022/08/26/pods/"
    assert shown(f"{HEADING}{BODY}", url=dated) == "2022-08-26"
    assert shown(f"{HEADING}<time>2022-08-27</time>{BODY}", url=dated) == "2022-08-27"
    two = f"{HEADING}<p class=date>2022-08-27</p><p class=time>2022-08-26</p>{BODY}"
    assert [shown(two, url=dated), shown(two)] == ["2022-08-26", "2022-08-27"]


def test_the_last_change_counts_where_an_article_says_nothing_else() -> None:
    article = "<meta property=og:type content=article>"
    changes = {
        "modified": "<meta property=article:modified_time content=2022-09-01>",
        "updated": "<meta property=og:updated_time content='2022-09-01 09:00:00 +0900 +0900'>",
        "json-ld": linked({"@type": "BlogPosting", "headline": TITLE, "dateModified": "2022-09-01"}),
    }
    html = f"{HEADING}{BODY}"
    assert {shown(html, head=article + it) for it in changes.values()} == {"2022-09-01"}
    published = f"{HEADING}<time>2022-08-26</time>{BODY}"
    assert {shown(published, head=article + it) for it in changes.values()} == {"2022-08-26"}
    assert shown(html, head=article + changes["updated"], url="https://blog.example.jp/2022/08/26/a") == "2022-08-26"
    # What is no article may be the whole site.
    assert shown(html, head=changes["updated"]) is None
    assert shown(html, head=linked({"@type": "WebPage", "name": TITLE, "dateModified": "2022-09-01"})) is None


def test_no_day_to_come() -> None:
    tomorrow = (today() + dt.timedelta(days=2)).isoformat()
    for html in (f"<time>{tomorrow}</time>", f"<meta itemprop=datePublished content={tomorrow}>"):
        assert shown(f"{HEADING}{html}{BODY}") is None
    head = f"<meta property=article:published_time content={tomorrow}><meta name=date content=2022-08-26>"
    assert shown(HEADING, head=head) == "2022-08-26"


def test_the_day_is_one_of_tokyo() -> None:
    moments = {
        "2022-08-25T23:30:00Z": "2022-08-26",
        "2022-08-25T14:59:59Z": "2022-08-25",
        "2022-08-26T01:00:00+09:00": "2022-08-26",
        "2022-08-26T01:00:00+14:00": "2022-08-25",
        "2022-08-25T23:30:00": "2022-08-25",
        "2022-08-25": "2022-08-25",
    }
    head = "<meta property=article:published_time content={}>"
    assert {it: shown(HEADING, head=head.format(it)) for it in moments} == moments
