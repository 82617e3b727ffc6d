"""The sample site with more issues, for several files of tests: cards of every kind, links, pictures, ends of lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from neco_weekly.lock.store import load_lock, save_lock
from neco_weekly.model.cards import Card, Failures

from tests.link_cards import write_cards
from tests.pictures import drawn
from tests.sites import Folder, issue_page, issue_path

ENDS, PICTURES = "2026-07-24", "2026-08-21"
"""Days of the issues about ends of lines and with pictures; those with cards are of `tests.link_cards`."""
ENDS_PAGE, PICTURES_PAGE = (issue_page(day).removesuffix("index.html") for day in (ENDS, PICTURES))

GONE = Failures(count=3, gone=3, last="410", date=dt.date(2026, 7, 1))
CHANNEL = "https://videos.example/channel"
KNOWN = (
    Card(url=CHANNEL, title="配信のチャンネル", site="ビデオ"),
    Card(url="https://v8.example/alpha", title="Zeta", site="The V8 Blog", published="2023-01-31"),
    Card(url="https://v8.example/beta", title="Alpha"),
    Card(url="https://diary.example/1999/k8s-1.36", title="ｋｕｂｅｌｅｔ の日記", failures=GONE),
)
OLDER = {
    "2023-02-03": ("https://v8.example/alpha", "https://diary.example/1999/k8s-1.36", "https://v8.example/beta"),
    "2024-02-02": ("https://v8.example/beta",),
    **{f"2025-0{month}-03": () for month in range(1, 6)},
}
"""More issues and their cards; the channel is in every one of them."""

LINES = """\
# KEP の行末

まず KEP-127、次に[#1287](https://github.com/kubernetes/enhancements/issues/1287)。そして（KEP-127）。`kubectl debug` と
`--enable-admission-plugins` を使い、[長い題の記事](https://github.com/kubernetes/enhancements/issues/753)、KEP-24！

- **KEP-127。** #1287、 KEP-753）のあと。「KEP-24」も、KEP-2579、KEP-127、KEP-1287。
- `x-short-code-of-27-signs-abc` は切らず、`x-long-code-of-far-more-than-28-signs-may-be-cut-anywhere` は切る。

| いつ | 何 |
| --- | --- |
| 2026-07-10 まで | KEP-127、#24。そして 6月12日、長い説明がここに続きます |
"""
PICTURED = f"""# 絵の号

はじめの段落。

![](/images/wide.png)

{"文。" * 400}

文 <img src="/images/wide.png" width="250" alt="狭い"> 文

<img src="/images/high.png" width="50%" alt="半分">

- 項目

    ![](/images/high.png)
"""


def write_more(folder: Folder) -> None:
    """Give the sample site all these issues."""
    write_cards(folder)
    for day, urls in OLDER.items():
        folder.issue(day, "## 見出し\n\n" + "\n\n".join((*urls, CHANNEL)))
    metadata = folder.docs / "_metadata"
    lock = load_lock(metadata)
    save_lock(replace(lock, cards={**lock.cards, **{card.url: card for card in KNOWN}}), metadata)
    folder.write(issue_path(ENDS), LINES)
    folder.write(issue_path(PICTURES), PICTURED)
    folder.write("docs/images/wide.png", drawn(2000, 1000))
    folder.write("docs/images/high.png", drawn(400, 900))
