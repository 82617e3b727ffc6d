"""Names of topics in a text: what is one name, where a name ends, and when a common word counts."""

from __future__ import annotations

from dataclasses import replace

from neco_weekly.grammar.common_words import is_common_word
from neco_weekly.grammar.name_table import folded_name
from neco_weekly.grammar.topic_names import TopicNames
from neco_weekly.model.keps import Link
from neco_weekly.model.topics import Topic

NAMES = TopicNames.of(
    [
        Topic(slug="argo-cd", name="Argo CD", aliases=("アルゴCD",), repo="argoproj/argo-cd"),
        Topic(slug="image-updater", name="Argo CD Image Updater"),
        Topic(slug="argo", name="Argo"),
        Topic(slug="flux", name="Flux", repo="fluxcd/flux2"),
        Topic(slug="stern", name="Stern", repo="stern/stern", always=frozenset({"Stern"})),
        Topic(slug="cilium", name="Cilium", aliases=("シリウム",), repo="cilium/cilium"),
        Topic(slug="ssa", name="Server-Side Apply", aliases=("サーバーサイド・アプライ", "SSA")),
        Topic(slug="crd", name="CRD"),
        Topic(slug="cgroup-v2", name="cgroup v2"),
        Topic(slug="vaults", name="Timelocked vaults"),
        Topic(slug="node", name="Node.js"),
        Topic(slug="windows", name="Windows", kind="project"),
        Topic(slug="covenants", name="Covenants", kind="technique"),
        Topic(slug="simple", name="Simplicity", kind="technique"),
        Topic(slug="safes", name="Vaults", aliases=("Vault",), kind="technique"),
        Topic(slug="policy", name="Security policy", kind="standard"),
        Topic(slug="dust", name="Dust", aliases=("dust",), kind="technique"),
        Topic(slug="csf", name="CSF", aliases=("CSFs",), kind="technique"),
        Topic(slug="jit", name="Just-in-time (JIT) routing", kind="technique"),
        Topic(slug="gossip", name="Gossip (LN)", kind="technique"),
        Topic(slug="op-cat", name="OP_CAT", kind="technique"),
        Topic(slug="large", name="Large channels", kind="technique"),
        Topic(slug="factories", name="Channel factories", kind="technique"),
        Topic(slug="apo", name="ANYPREVOUT", kind="technique"),
        Topic(slug="user-ns", name="ユーザー名前空間", aliases=("脆弱性",)),
        Topic(slug="audit", name="監査"),
        Topic(slug="xz", name="xz の裏口", aliases=("CVE-2024-3094",)),
    ]
)


def found(text: str, names: TopicNames = NAMES) -> list[tuple[str, str]]:
    return [(text[it.start : it.end], it.name.topic) for it in names.find(text)]


EXAMPLES = {
    "Argo CD": [("Argo CD", "argo-cd")],
    "argocd、Argo-CD、ArgoCD、argo cd": [(it, "argo-cd") for it in ("argocd", "Argo-CD", "ArgoCD", "argo cd")],
    "Argo\u2011CD と Argo\nCD": [("Argo\u2011CD", "argo-cd"), ("Argo\nCD", "argo-cd")],
    "ＡｒｇｏＣＤ": [("ＡｒｇｏＣＤ", "argo-cd")],
    "Argo CDを、Argo CDv": [("Argo CD", "argo-cd"), ("Argo", "argo")],
    "Argo CD Image Updater": [("Argo CD Image Updater", "image-updater")],
    "argo-cd-image-updater と argo-cd-extras": [("argo-cd-image-updater", "image-updater")],
    "xArgo CD, argocd2, argocd_x, _argocd, argocd_, Argo CD_x": [("Argo", "argo")],
    "Argo_CD、OP_CAT、op cat、opcat": [
        ("Argo_CD", "argo-cd"),
        *((it, "op-cat") for it in ("OP_CAT", "op cat", "opcat")),
    ],
    "アルゴCDが": [("アルゴCD", "argo-cd")],
    "マイアルゴCD": [],
    "シリウムを、シリウムー、ネオシリウム": [("シリウム", "cilium")],
    "Cilium-based、cilium-based、cilium-cli、--cilium": [("Cilium", "cilium"), ("cilium", "cilium")],
    "Argo (CD) と (Argo) CD と Argo  CD と Argo, CD": [
        ("Argo (CD", "argo-cd"),
        ("Argo) CD", "argo-cd"),
        ("Argo  CD", "argo-cd"),
        ("Argo", "argo"),
    ],
    "cilium-using, cilium-compatible, cross-cilium, cilium-operator": [("cilium", "cilium")] * 3,
    "Cilium/Flux": [("Cilium", "cilium"), ("Flux", "flux")],
    "docs/x/cilium、/cilium、@cilium、cilium.io、Cilium.io、cilium()、docs/cilium.md、cilium:v1、x.y/cilium": [],
    "cilium/flux、cilium. cilium: cilium/": [(it, it) for it in ("cilium", "flux", "cilium", "cilium", "cilium")],
    "Simplicity for simplicity, a vault": [("Simplicity", "simple"), ("vault", "safes")],
    "large channel factories": [("channel factories", "factories")],
    "anyprevout、ANYPREVOUT": [("anyprevout", "apo"), ("ANYPREVOUT", "apo")],
    "(Cilium) Cilium. Cilium's": [("Cilium", "cilium")] * 3,
    "CRD、CRDs、CRDが、crd、crds": [("CRD", "crd"), ("CRDs", "crd"), ("CRD", "crd")],
    "SSA、ssa、Ssa、SSAs、SsA、SSASs": [("SSA", "ssa"), ("SSAs", "ssa"), ("SsA", "ssa")],
    "サーバーサイドアプライとサーバーサイド・アプライ": [
        ("サーバーサイドアプライ", "ssa"),
        ("サーバーサイド・アプライ", "ssa"),
    ],
    "サーバーサイドアプライヤー": [],
    "cgroup v2、cgroupv2、cgroup v22、cgroup v2.1": [("cgroup v2", "cgroup-v2"), ("cgroupv2", "cgroup-v2")],
    "timelocked vault, Timelocked Vaults": [("timelocked vault", "vaults"), ("Timelocked Vaults", "vaults")],
    "Node.js NodeJS node": [("Node.js", "node"), ("NodeJS", "node")],
    "a covenant, Covenants---Argo, pre-covenant": [
        ("covenant", "covenants"),
        ("Covenants", "covenants"),
        ("Argo", "argo"),
        ("covenant", "covenants"),
    ],
    "a window of Windows": [("Windows", "windows")],
    "a channel factory, channel factories": [("channel factory", "factories"), ("channel factories", "factories")],
    "security policies、security policy": [("security policies", "policy"), ("security policy", "policy")],
    "a dust limit, Dust, dust": [("dust", "dust"), ("Dust", "dust"), ("dust", "dust")],
    "CSF、CSFs、csf": [("CSF", "csf"), ("CSFs", "csf")],
    "JIT routing and just-in-time routing; JIT": [("JIT routing", "jit"), ("just-in-time routing", "jit")],
    "Gossip (LN)、Gossip、LN": [("Gossip (LN", "gossip"), ("Gossip", "gossip")],
    "このユーザー名前空間は、脆弱性情報": [("ユーザー名前空間", "user-ns"), ("脆弱性", "user-ns")],
    "エンドユーザー名前空間": [],
    "監査は会計監査でも監査法人でもない": [("監査", "audit")],
    "ＸＺ の裏口": [("ＸＺ の裏口", "xz")],
    "CVE-2024-3094 cve-2024-3094": [("CVE-2024-3094", "xz"), ("cve-2024-3094", "xz")],
    "CVE-2022-3162（CVE-2022-3172も）": [
        ("CVE-2022-3162", "CVE-2022-3162"),
        ("CVE-2022-3172", "CVE-2022-3172"),
    ],
    "CVE-2022-31621234 CVE-22-1234 xCVE-2022-1234 CVE-2022-1234x CVE": [],
}


def test_names_in_a_text() -> None:
    assert {text: found(text) for text in EXAMPLES} == EXAMPLES


def test_a_common_word_is_told_from_a_name() -> None:
    common = {text: [it.name.beside_link for it in NAMES.find(text)] for text in ("Flux", "Stern", "Cilium", "Argo CD")}
    assert common == {"Flux": [True], "Stern": [False], "Cilium": [False], "Argo CD": [False]}


def test_a_common_word_without_a_repository_has_nothing_to_stand_beside() -> None:
    names = TopicNames.of([Topic(slug="gateway", name="Gateway")])
    assert [it.name.beside_link for it in names.find("Gateway")] == [False]


def test_common_words() -> None:
    common = "Flux Stern Harbor Kind Helm Vault Rook Envoy Sealed Rating Cities Boxes Running Harbors flux".split()
    others = "Cilium Kubebuilder Karpenter Istio etcd Grafana Kyverno Tekton kubectl Docker Thanos Flux2".split()
    assert [it for it in common if not is_common_word(it)] == []
    assert [it for it in (*others, "ArgoCD", "ハーバー", "", "kube-flux") if is_common_word(it)] == []


def test_repositories_have_their_own_names_on_a_page() -> None:
    names = NAMES.with_repositories(
        ["kubernetes-sigs/kubebuilder", "a/docs", "x/tool-box", "y/tool-box", "cilium/cilium"]
    )
    text = "Kubebuilder kubebuilder Docs docs tool-box Cilium"
    assert found(text, names) == [
        ("Kubebuilder", "kubernetes-sigs/kubebuilder"),
        ("kubebuilder", "kubernetes-sigs/kubebuilder"),
        ("Docs", "a/docs"),
        ("Cilium", "cilium"),
    ]
    assert found(text) == [("Cilium", "cilium")]


def test_addresses_lead_to_topics() -> None:
    names = TopicNames.of(
        [Topic(slug="kind", name="kind", repo="kubernetes-sigs/kind", docs=("https://kind.sigs.k8s.io/",))]
    )
    assert {
        url: next(iter(names.addresses.topics_at(url)), None)
        for url in (
            "https://github.com/kubernetes-sigs/Kind/issues/1",
            "http://kind.sigs.k8s.io/docs#x",
            "https://kind.sigs.k8s.io",
            "https://kind.sigs.k8s.io.evil.example/",
            "https://github.com/a/b",
            "https://example.com/",
        )
    } == {
        "https://github.com/kubernetes-sigs/Kind/issues/1": "kind",
        "http://kind.sigs.k8s.io/docs#x": "kind",
        "https://kind.sigs.k8s.io": "kind",
        "https://kind.sigs.k8s.io.evil.example/": None,
        "https://github.com/a/b": "a/b",
        "https://example.com/": None,
    }


def test_sources_lead_to_the_topics_that_they_explain() -> None:
    def topic(slug: str, *urls: str) -> Topic:
        return Topic(slug=slug, name=slug, sources=tuple(Link(title="x", url=it) for it in urls))

    names = TopicNames.of(
        [
            topic("page", "https://a.example/x/", "https://github.com/a/b/pull/7"),
            topic("place", "https://a.example/x#two", "https://github.com/a/b/blob/main/docs/c.md"),
            Topic(slug="tool", name="Tool", repo="a/b"),
        ]
    )
    wanted = {
        "http://www.a.example/x": ("page",),
        "https://a.example/x/#two": ("place", "page"),
        "https://a.example/x#three": ("page",),
        "https://a.example/x/y": (),
        "https://a.example/x?y": (),
        "https://github.com/A/b/issues/7#issuecomment-1": ("tool", "page"),
        "https://github.com/a/b/pull/7/files": ("tool", "page"),
        "https://github.com/a/b/pull/77": ("tool",),
        "https://github.com/a/b/blob/0a1b2c3/docs/c.md": ("tool", "place"),
        "https://github.com/a/b/blob/main/docs/d.md": ("tool",),
        "mailto:x@a.example": (),
    }
    assert {url: names.addresses.topics_at(url) for url in wanted} == wanted


def test_numbers_in_addresses() -> None:
    assert NAMES.numbers_in("https://nvd.nist.gov/vuln/detail/CVE-2024-3094") == ("xz",)
    assert NAMES.numbers_in("https://a.example/cve-2022-3162#CVE-2022-3162") == ("CVE-2022-3162",)


def test_the_digest_says_what_a_scan_depends_on() -> None:
    topic = Topic(slug="a", name="Aa")
    same = TopicNames.of([Topic(slug="a", name="Aa", summary="x", see_also=("b",), line=3)])
    others = (
        [Topic(slug="b", name="Aa")],
        [Topic(slug="a", name="Aab")],
        [Topic(slug="a", name="Aa", repo="x/y")],
        [replace(topic, sources=(Link(title="x", url="https://a.example/"),))],
    )
    assert TopicNames.of([]).digest == ""
    assert TopicNames.of([topic]).digest == same.digest
    assert len({TopicNames.of(it).digest for it in ([topic], *others)}) == 5


def test_a_fold_is_one_for_all_forms() -> None:
    forms = ("Argo CD", "argocd", "Argo-CD", "ArgoCD", "ＡＲＧＯ　ＣＤ", "argo_cd", "argo/cd")
    assert {folded_name(it) for it in forms} == {"argocd"}
