// What was typed, understood.

import assert from "node:assert/strict"
import { test } from "node:test"

import { parsed } from "#search/query.js"

const named = term => (term.kep === null ? term.text : term.text ? `${term.text}?` : `KEP-${term.kep}`)

/**
 * A query, and its terms: words as they are normalised, KEPs, and numbers that may be one with a question mark.
 *
 * @type {[string, string[]][]}
 */
const TERMS = [
  ["", []],
  [" \t　", []],
  ["Pod の散らばり方", ["pod", "の散らばり方"]],
  ["ﾕｰｻﾞｰ　Ｎａｍｅｓｐａｃｅ", ["ユザ", "namespace"]],
  ["前の号に書いたことの、その後", ["前の号に書いたことの", "その後"]],
  ["「足りない」を測る", ["足りないを測る"]],
  ["hostNetwork: true", ["hostnetwork", "true"]],
  ["--enable-admission-plugins", ["--enable-admission-plugins"]],
  ["/proc/self/uid_map", ["/proc/self/uid_map"]],
  ["stat -fc %T", ["stat", "-fc", "%t"]],
  ["Of Wind & Will", ["of", "wind", "will"]],
  ["v1.25 リリース", ["1.25", "リリス"]],
  ["batch/v1beta1", ["batch/v1beta1"]],
  ["!!! ??? … ・ -- 。", []],
  [".*+?^${}()|[]\\", []],
  ["<script>alert(1)</script>", ["script>alert", "1?", "/script"]],
  ["🦀🦀", ["🦀🦀"]],
  ["foo(bar)", ["foo", "bar"]],
  // KEPs
  ["127", ["127?"]],
  ["0127", ["0127?"]],
  ["１２７", ["127?"]],
  ["#127", ["KEP-127"]],
  ["＃0127", ["KEP-127"]],
  ["kep127", ["KEP-127"]],
  ["KEP　127", ["KEP-127"]],
  ["KEP-#127", ["KEP-127"]],
  ["KEPs 127", ["KEP-127"]],
  ["KEPー127", ["KEP-127"]],
  ["kubernetes/enhancements#127", ["KEP-127"]],
  ["k/enhancements#127", ["KEP-127"]],
  ["enhancements#127", ["KEP-127"]],
  ["features#127", ["KEP-127"]],
  ["kep.k8s.io/127", ["KEP-127"]],
  ["https://features.k8s.io/127", ["KEP-127"]],
  ["https://github.com/kubernetes/enhancements/issues/127", ["KEP-127"]],
  ["https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/127-user-namespaces", ["KEP-127"]],
  ["KEP: 127", ["KEP-127"]],
  ["KEP_127", ["KEP-127"]],
  ["KEP/127", ["KEP-127"]],
  ["KEP - 127", ["KEP-127"]],
  ["/keps/127/", ["KEP-127"]],
  ["KEP No. 127", ["KEP-127"]],
  ["KEP no 127", ["KEP-127"]],
  ["KEP 番号 127", ["KEP-127"]],
  ["KEP127番", ["KEP-127"]],
  ["127のKEP", ["KEP-127"]],
  ["127 の KEP", ["KEP-127"]],
  ["けp127", ["KEP-127"]],
  ["けｐ－１２７", ["KEP-127"]],
  ["ケップ127", ["KEP-127"]],
  ["ｹｯﾌﾟ １２７", ["KEP-127"]],
  ["Enhancement 127", ["KEP-127"]],
  ["k8s/enhancements#127", ["KEP-127"]],
  ["enhancements/127", ["KEP-127"]],
  ["sig-node/127-user-namespaces", ["KEP-127"]],
  ["kep.k8s.io/127/", ["KEP-127"]],
  ["https://github.com/kubernetes/enhancements/issues/127#issuecomment-127", ["KEP-127"]],
  ["https://github.com/kubernetes/enhancements/issues/127?a=1", ["KEP-127"]],
  ["#127、#128/#129", ["KEP-127", "KEP-128", "KEP-129"]],
  ["127 KEP", ["127?", "kep"]],
  ["2024年のKEP", ["2024年のkep"]],
  ["KEP.1.25", ["kep.1.25"]],
  ["1.25のKEP", ["1.25のkep"]],
  [
    "#3488 ValidatingAdmissionPolicy + #3962 その書き換え版",
    ["KEP-3488", "KEP-3962", "validatingadmissionpolicy", "その書き換え版"],
  ],
  ["#127ユーザー名前空間", ["KEP-127", "ユザ名前空間"]],
  ["KEP-127とは", ["KEP-127"]],
  ["KEP 1.25", ["kep", "1.25"]],
  ["KEP-1234567", ["kep-1234567"]],
  ["skep-127", ["skep-127"]],
  ["KEP", ["kep"]],
  ["2024 スワップ", ["2024?", "スワツプ"]],
  // questions
  ["スワップとは", ["スワツプ"]],
  ["スワップって何？", ["スワツプ"]],
  ["スワップの使い方", ["スワツプ"]],
  ["Gang Scheduling とは何ですか", ["gang", "scheduling"]],
  ["なぜスワップは遅いのか", ["スワツプは遅い"]],
  ["API サーバーが起動しないのはなぜ", ["api", "サバが起動しない"]],
  ["nftables に切り替わるのはいつ？", ["nftables", "に切り替わる"]],
  ["Pod が作れるか", ["pod", "が作れる"]],
  ["使い方", ["使い方"]],
  ["なぜ", ["なぜ"]],
  ["なかなか", ["なかなか"]],
]

for (const [text, terms] of TERMS) {
  test(`terms: ${text}`, () => assert.deepEqual(parsed(text).terms.map(named), terms))
}

/** A query, its filters, and the words that are left. @type {[string, string[], string[]][]} */
const FILTERS = [
  ["year:2022", ["year:2022"], []],
  ["Year:２０２２", ["year:2022"], []],
  ["ｙｅａｒ：2022", ["year:2022"], []],
  ["year:22 year: year:20222", [], ["year:22", "year", "year:20222"]],
  ["sig:node SIG:sig-auth", ["sig:sig-node", "sig:sig-auth"], []],
  ["release:1.25 release:v1.30", ["release:1.25", "release:1.30"], []],
  ["planned:1.38 Planned:v1.38 planned:next", ["planned:1.38", "planned:1.38"], ["planned:next"]],
  ["release:latest release:1", [], ["release:latest", "release:1"]],
  ["stage:beta stage:GA", ["stage:beta", "stage:stable"], []],
  ["kep:127 kep:KEP-0740 kep:#5", ["kep:127", "kep:740", "kep:5"], []],
  ["kep:abc", [], ["kep:abc"]],
  ["site:github.com site:https://kubernetes.io/", ["site:github.com", "site:kubernetes.io"], []],
  ["site:github", [], ["site:github"]],
  ["swap year:2024 設定", ["year:2024"], ["swap", "設定"]],
  ["author:me constructor:1 toString:x __proto__:y", [], ["author:me", "constructor:1", "tostring:x", "proto__:y"]],
]

for (const [text, filters, terms] of FILTERS) {
  test(`filters: ${text}`, () => {
    const query = parsed(text)
    assert.deepEqual(
      query.filters.map(({ name, value }) => `${name}:${value}`),
      filters,
    )
    assert.deepEqual(query.terms.map(named), terms)
  })
}

test("a filter tells how it was typed", () => {
  assert.deepEqual(parsed("x ＳＩＧ：node").filters, [{ name: "sig", value: "sig-node", typed: "ＳＩＧ：node" }])
})

test("a word tells how it was typed", () => {
  assert.deepEqual(
    parsed("ﾕｰｻﾞｰ、 Pod とは KEP 0127").terms.map(term => term.typed),
    ["KEP-127", "ﾕｰｻﾞｰ、", "Pod"],
  )
})

test("the phrase is all words in one, without the filters", () => {
  assert.equal(parsed("Pod の　散らばり方 year:2022").phrase, "podの散らばり方")
  assert.equal(parsed("user namespaces").phrase, "user namespaces")
})

test("of a very long text the beginning is read", () => {
  const long = parsed("word ".repeat(2000))
  assert.ok(long.terms.length > 10 && long.terms.length < 30)
  assert.equal(long.text.length, 10_000)
  assert.equal(parsed("あ".repeat(10_000)).terms[0].text.length, 256)
})
