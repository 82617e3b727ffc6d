"""Words and sentences from which `generate` composes issues: invented for this benchmark, quoted from nowhere.

In a sentence `{part}` becomes a component, `{code}` an inline code, `{place}` a place where it runs, `{compound}` a
compound of `FRONTS`, `MIDDLES` and `BACKS`, and `{gate}` a name such as a feature gate has, of `GATE_WORDS`.
"""

from __future__ import annotations


def _entries(block: str) -> tuple[str, ...]:
    """The entries of a block of lines, separated by ` / `."""
    return tuple(entry for line in block.strip().splitlines() for entry in line.split(" / "))


PARTS = _entries("""
スケジューラー / コンテナランタイム / ボリュームプラグイン / アドミッションウェブフック
サービスメッシュ / 証明書の自動更新 / オートスケーラー / ネットワークポリシー / イメージレジストリ
ログ収集基盤 / 監視エージェント / ストレージドライバー / カスタムコントローラー / ゲートウェイ
シークレット管理 / ノードの死活監視 / 分散トレーシング / ジョブ実行基盤 / 構成管理ツール
負荷分散装置 / デバイスプラグイン / スナップショット機能 / 名前解決 / 監査ログ
コントロールプレーン / 優先度つきキュー / トポロジーを考慮した配置 / メモリの退避処理 / サイドカー
動的リソース割り当て
""")

CODES = _entries("""
kubectl rollout status / spec.template.spec / maxUnavailable: 1 / readinessProbe / etcdctl defrag
topologyKey / --feature-gates / metadata.finalizers / kube-scheduler / resourceVersion
cgroup.procs / preStop / helm diff / securityContext / systemd-cgls / PersistentVolumeClaim
ephemeralContainers / status.conditions / containerd / ip netns exec / ValidatingAdmissionPolicy
requiredDuringScheduling / kustomization.yaml / crictl ps -a
""")

PLACES = _entries("""
検証環境 / 本番クラスタ / 社内の開発基盤 / エッジ拠点 / 小規模なクラスタ / 数千ノードのクラスタ
オンプレミスの環境 / CI のランナー / ステージング環境 / GPU を積んだノード / 複数リージョン構成
手元の kind クラスタ
""")

FRONTS = _entries("""
分散 / 段階 / 動的 / 静的 / 並行 / 非同期 / 暗号 / 自動 / 手動 / 夜間 / 定期 / 緊急 / 事前 / 事後 / 部分 / 全体
多重 / 単一 / 冗長 / 地域間 / 拠点間 / 世代別 / 利用者別 / 匿名 / 署名 / 圧縮 / 差分 / 増分 / 遅延 / 先行 / 予備 / 模擬
マルチテナント / クロスリージョン / ゼロダウンタイム / ローリング / カナリア / ブルーグリーン / ステートレス
ステートフル / オフライン / オンライン / リアルタイム / バックグラウンド / フロントエンド / ハイブリッド / サーバーレス
エッジ / プライベート / パブリック / レガシー / ネイティブ / ベアメタル / コールド / ウォーム / ヘッドレス / モノリス
""")

MIDDLES = _entries("""
合意 / 配置 / 配信 / 配送 / 転送 / 接続 / 認証 / 認可 / 監視 / 監査 / 計測 / 課金 / 予約 / 割当 / 退避 / 復旧 / 復元
複製 / 同期 / 整合 / 検証 / 検索 / 索引 / 収集 / 集約 / 統計 / 推論 / 学習 / 描画 / 翻訳 / 校正 / 移行 / 切替 / 更新
スナップショット / キャッシュ / ストリーム / パーティション / レプリカ / シャード / トランザクション / セッション
クォータ / トークン / テレメトリー / アラート / ダッシュボード / パイプライン / ワークフロー / テンプレート
マニフェスト / アーティファクト / リポジトリ / ブランチ / コンパイラー / ランタイム / カーネル / ハイパーバイザー
アクセラレーター / ファブリック / トポロジー / レイテンシー / スループット / バックプレッシャー
""")

BACKS = _entries("""
方式 / 手順 / 基盤 / 機構 / 設計 / 試験 / 訓練 / 計画 / 方針 / 規約 / 契約 / 条件 / 制限 / 上限 / 下限 / 指標 / 障害
事例 / 報告 / 調査 / 比較 / 評価 / 改善 / 廃止 / 標準 / 拡張 / 統合 / 分離 / 戦略 / 体制 / 窓口 / 台帳
アルゴリズム / アーキテクチャー / インターフェース / プロトコル / コントローラー / オペレーター / エージェント
ガイドライン / チェックリスト / ベンチマーク / シミュレーター / プレイブック
""")

GATE_WORDS = _entries("""
Adaptive / Admission / Affinity / Aggregated / Ambient / Audit / Balanced / Batch / Budget / Cache / Canary / Claim
Cluster / Concurrent / Consistent / Controller / Declarative / Deferred / Device / Dynamic / Elastic / Endpoint / Event
Eviction / Extended / Fallback / Federated / Graceful / Hibernate / Immutable / Incremental / Informer / Isolation
Journal / Latency / Layered / Lease / Lifecycle / Manifest / Metric / Mirror / Namespace / Network / Observer / Ordered
Overlay / Partial / Pipeline / Placement / Policy / Priority / Probe / Quota / Quorum / Rebalance / Recovery / Replica
Resize / Rollout / Runtime / Sandbox / Scheduler / Selector / Shadow / Sharded / Sidecar / Snapshot / Staged / Storage
Stream / Topology / Transparent / Unified / Validation / Volume / Watchdog / Weighted / Window / Workload / Zonal
""")

SENTENCES = (
    "{compound}については別の資料にまとめられており、{part}の担当者は目を通しておくとよさそうです。",
    "この号では触れませんが、{compound}と{compound}の違いも整理しておきたいところです。",
    "フィーチャーゲートは {gate} で、{part}に手を入れるときは一緒に見直すことになります。",
    "{place}では{compound}が先に必要でしたが、{gate} が入ると手順を減らせます。",
    "{part}の既定値が見直され、{place}でも特別な設定なしで動くようになりました。",
    "これまで{part}は再起動のたびに状態を失っていたため、運用でカバーしている現場が多かったはずです。",
    "{code} を指定すると従来の挙動に戻せますが、次の次のリリースで廃止される予定とのことです。",
    "{place}で一週間ほど試したところ、メモリ使用量はおよそ二割減り、遅延のばらつきも小さくなりました。",
    "移行の手順は公式ドキュメントにまとまっていますが、{part}を独自に拡張している場合は注意が必要です。",
    "個人的には、{part}と{part}の責任範囲がはっきり分かれた点がいちばん嬉しい変更です。",
    "一方で {code} の意味が変わっているので、古いマニフェストをそのまま適用すると警告が出ます。",
    "原因を追いかけると、{part}がタイムアウトした後の再試行に待ち時間がないことが分かりました。",
    "{place}のように台数が多い場合には、段階的に有効化して様子を見るのがよさそうです。",
    "この問題は三年ほど前から報告されていましたが、{part}の設計を変えないと直せないと考えられていました。",
    "ベンチマークの条件が公開されているので、{place}で再現できるのもありがたいところです。",
    "なお {code} と併用したときの振る舞いはまだ決まっておらず、議論が続いています。",
    "監視の観点では、{part}に関するメトリクスが新しく六つ追加されています。",
    "障害の振り返りを読むと、{part}の設定ミスが引き金になり、影響が連鎖していった様子がよく分かります。",
    "発表資料では {code} の内部実装まで踏み込んで説明されていて、読みごたえがあります。",
    "われわれの{place}では該当しませんが、似た構成を採用しているチームは確認しておくとよいでしょう。",
    "API の互換性は保たれるため、{part}を呼び出す側のコードは変更しなくても構いません。",
    "設計文書によると、代替案として{part}を置き換える方法も検討されたものの、複雑さを理由に見送られました。",
    "実際の差分は数百行ほどで、{code} まわりのテストが手厚く書かれています。",
    "次のバージョンでは{part}にも同じ仕組みを広げる計画があり、今後の動きに注目しています。",
    "{place}では権限を絞って運用しているので、必要なロールが増えないか事前に確かめておきます。",
    "セキュリティ上の理由から、{part}は信頼できないコードと同じノードに置かないことが推奨されています。",
    "導入してみた感想としては、{code} の出力が読みやすくなっただけでも価値があると思います。",
    "古いカーネルを使う{place}では機能が無効のまま起動するので、起動時のログを見ておくと安心です。",
)

MENTIONS = (
    "背景については {kep} の動機の節に詳しく書かれています。",
    "これは {kep} で提案された変更の続きにあたります。",
    "似た課題を扱う提案（{kep}）もあり、あわせて読むと理解が深まります。",
    "当初は {kep}、つまり別の提案に含まれていた内容でした。",
    "{part}との関係は {kep} を参照してください。",
    "{place}で使うには {kep} が安定版になるのを待つ必要があります。",
)

LIST_REASONS = _entries("""
段階的な有効化の手順 / 性能測定の結果 / 互換性に関する議論 / ロールバック時の注意点
関連する設計文書 / 廃止までの予定 / 監視項目の追加 / 権限モデルの見直し / 障害時の切り分け方
利用者からの要望
""")

SECTIONS = _entries("""
今週のリリース / ネットワークの話題 / ストレージと永続化 / セキュリティとポリシー
スケジューリングの改善 / 可観測性 / コンテナとランタイム / 開発者体験 / 運用の現場から
コミュニティの動き / カンファレンス報告 / 読んでよかった記事
""")

HEADINGS = _entries("""
{part}が安定版になりました / {part}の性能改善 / {part}を安全に切り替える / なぜ{part}は遅かったのか
{part}の新しい設定項目 / {part}にまつわる障害報告 / はじめての{part} / {part}の廃止と移行先
{place}における{part} / {part}のテスト戦略
{compound}を見直す / {part}と{compound} / {place}での{compound} / {compound}をめぐる議論 / {gate} と{part}
{gate} が{place}に届くまで / {compound}の始め方 / {part}が支える{compound} / {gate} のその後 / {compound}はなぜ要るのか
""")

CARD_TITLES = _entries("""
{part}を二年間運用して分かったこと / {place}へ{part}を導入した話 / {part}の内部構造を読み解く
Deep dive: {code} / {part}の設計判断とその理由 / {place}の障害から学んだ五つの教訓
What we learned running {code} at scale / {compound}を自分たちで作った理由 / Inside {gate}
""")

HOSTS = ("techblog", "engineering", "notes", "cloud-news", "slides", "lab", "infra", "release-notes")

OPENING = (
    "今週も社内の共有会で取り上げた話題をまとめました。気になるところだけでも読んでみてください。",
    "少し間が空きましたが、共有会の記録をお届けします。今回は{part}の話題が中心です。",
    "新しいリリースが近づいてきたので、{part}を中心に変更点を追いかけました。",
)
CLOSING = (
    "来週は{part}について掘り下げる予定です。取り上げてほしい話題があれば教えてください。",
    "共有会では{place}での経験談も募集しています。次回もお楽しみに。",
)

TABLE_HEAD = ("項目", "変更前", "変更後")
TABLE_ITEMS = ("既定のタイムアウト", "同時実行数", "再試行の上限", "保持する世代数", "収集の間隔", "バッファの大きさ")

YAML_BLOCK = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
spec:
  replicas: {replicas}
  template:
    spec:
      terminationGracePeriodSeconds: {grace}
      containers:
        - name: {name}
          image: registry.example/{name}:v1.{minor}.0
          # {comment}
          resources:
            limits: {{cpu: "{cpu}", memory: {memory}Mi}}
"""
