"""A real issue, as its writers wrote it, in the real project: the input that everything must handle."""

from __future__ import annotations

import shutil

import pytest

from tests.sites import PROJECT, SHARED, Built, attribute, copied, issue_page, links, squeezed, succeeds
from tests.sources.sites import Site

SEED, BUNDLE = SHARED / "seed", SHARED / "keps/kep-history.bundle"
pytestmark = pytest.mark.skipif(not (SEED.exists() and BUNDLE.exists()), reason=f"{SHARED} is absent")

DATE = "2022-08-26"
KEPS = {
    127: "stable",
    5: "removed",
    2579: "stable",
    3327: "alpha",
    2254: "stable",
    3094: "stable",
    3243: "beta",
    3022: "stable",
}
CARDS = {
    "https://sysdig.com/blog/kubernetes-1-25-whats-new/": "Kubernetes 1.25 - What's new? - New features and deprecations",
    "https://github.com/cybozu-go/pod-security-admission": "GitHub - cybozu-go/pod-security-admission: A Kubernetes "
    "admission webhook to ensure pod security standards",
    "https://blog.cybozu.io/entry/2018/03/29/170000": "EPYCマシンの検証(2) - NUMAノードをまたぐメモリアクセス速度 - "
    "Cybozu Inside Out | サイボウズエンジニアのブログ",
    "https://blog.kintone.io/entry/2022/03/08/170206": "Five Things to Prepare for Cgroup v2 with Kubernetes - Kintone "
    "Engineering Blog",
    "https://sanposhiho.com/posts/mindomain-kep/": "Kubernetes へ MinDomains という機能の KEP を出して、alpha機能としてリリースされた話",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project's own site with the seed in it, refreshed from the history of every KEP."""
    folder = copied(PROJECT, tmp_path_factory.mktemp("seed") / "project")
    shutil.copytree(SEED, folder.docs / "issues/2022/08")
    github = Site({})  # knows no issue
    try:
        arguments = ("--only", "keps", "--source", BUNDLE, "--github-api", github.url)
        succeeds("neco", "refresh", *arguments, cwd=folder.root)
    finally:
        github.close()
    return folder.build(strict=True)


def test_its_date_and_its_number(site: Built) -> None:
    (issue,) = (entry for entry in site.json("api/issues.json")["issues"] if entry["date"] == DATE)
    assert issue["number"] == 5
    assert issue["title"] == "Neco Weekly (2022-08-26号)"
    assert issue["keps"] == list(KEPS)
    assert issue["cards"] == list(CARDS)


def test_its_eight_references(site: Built) -> None:
    references = site.issue(DATE).select("article .neco-kep")
    assert [(int(attribute(it, "data-kep")), attribute(it, "data-stage")) for it in references] == list(KEPS.items())
    for reference in references:
        number = attribute(reference, "data-kep")
        link = reference.find_previous_sibling("a")
        assert link
        assert link.text == f"#{number}"
        assert attribute(link, "href") == f"https://github.com/kubernetes/enhancements/issues/{number}"
        assert site.target(issue_page(DATE), attribute(reference, "href")) == f"keps/{number}/index.html"
    listed = site.issue(DATE).select(".neco-issue-keps [data-kep]")
    assert [int(attribute(entry, "data-kep")) for entry in listed] == list(KEPS)


def test_its_five_cards(site: Built) -> None:
    cards = site.issue(DATE).select("article .neco-card")
    assert {attribute(card, "data-url"): [link.text for link in card.select("a")] for card in cards} == {
        url: [title] for url, title in CARDS.items()
    }
    assert [links(card) for card in cards] == [[url] for url in CARDS]
    assert "embedly" not in site.text(issue_page(DATE))


def test_its_two_pictures(site: Built) -> None:
    pictures = site.issue(DATE).select("article img")
    assert [attribute(picture, "alt") for picture in pictures] == [
        "Take taints/tolerations into consideration when calculating PodTopologySpread Skew",
        "Respect PodTopologySpread after rolling upgrades",
    ]
    for picture in pictures:
        path = site.target(issue_page(DATE), attribute(picture, "src"))
        assert path
        assert (site.site / path).read_bytes() == (SEED / path.rsplit("/", 1)[1]).read_bytes()


def test_its_two_addresses_are_links(site: Built) -> None:
    for url in ("https://github.com/cybozu-go/necotiator", "https://github.com/cybozu-go/nyamber"):
        (link,) = site.issue(DATE).select(f'article li > a[href="{url}"]')
        assert link.text == url
        assert link.attrs == {"href": url}


def test_its_other_links_are_untouched(site: Built) -> None:
    others = [
        (link.text, attribute(link, "href"))
        for link in site.issue(DATE).select("article li > a:not([class])")
        if "cybozu-go" not in attribute(link, "href") and link.find_parent("nav") is None
    ]
    assert others == [
        (
            "Run As “Root”, Not Root: User Namespaces In K8s",
            "https://kccncna2022.sched.com/event/182K0/run-as-root-not-root-user-namespaces-in-k8s-marga-manterola-"
            "isovalent-rodrigo-campos-catelin-microsoft?iframe=no&w=100%&sidebar=yes&bg=no",
        ),
        (
            "Quality-of-Service for Memory Resources",
            "https://kubernetes.io/blog/2021/11/26/qos-memory-resources/",
        ),
        ("Container-aware OOM killer", "https://www.scrivano.org/posts/2020-08-14-oom-group/"),
    ]


def test_its_title_and_its_headings(site: Built) -> None:
    page = site.issue(DATE)
    assert page.title
    assert page.title.text == "Neco Weekly (2022-08-26号) - Neco Weekly"
    headings = {attribute(heading, "id"): squeezed(heading.text) for heading in page.select("article :is(h2, h3)")}
    assert list(headings) == [
        "kubernetes-125",
        "127-add-support-for-user-namespaces",
        "5-podsecuritypolicy--2579-podsecurity-admission",
        "3327-cpu-manager-policy-socket-alignment",
        "2254-cgroup-v2",
        "3094-take-taintstolerations-into-consideration-when-calculating-podtopologyspread-skew",
        "3243-respect-podtopologyspread-after-rolling-upgrades-to-review",
        "3022-min-domains-in-podtopologyspread",
        "あとがき",
    ]
    contents = [squeezed(link.text) for link in page.select(".md-sidebar--secondary a.md-nav__link")]
    assert contents[2] == "#5 PodSecurityPolicy + #2579 PodSecurity admission"
    assert len(contents) == 9


def test_each_kep_has_a_page_that_leads_back(site: Built) -> None:
    for number in KEPS:
        page = f"keps/{number}/index.html"
        mentions = links(site.page(page), ".neco-mentions a")
        assert [href for href in mentions if not site.leads_somewhere(page, href)] == []
        assert issue_page(DATE) in [site.target(page, href) for href in mentions]


def test_search_finds_its_words_and_none_of_ours(site: Built) -> None:
    entries = [entry for entry in site.json("search/search_index.json")["docs"] if DATE in entry["location"]]
    assert len(entries) == 10
    by_anchor = {entry["location"].partition("#")[2]: entry for entry in entries}
    assert "Postfix は他のユーザーになりすまして動く" in by_anchor["127-add-support-for-user-namespaces"]["text"]
    assert [entry["location"] for entry in entries if "現在の段階" in entry["title"] + entry["text"]] == []
