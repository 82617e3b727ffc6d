// One spelling for all that mean the same, and where each of its letters was.

import assert from "node:assert/strict"
import { test } from "node:test"

import { kana, norm, normWithPlaces } from "#search/norm.js"

/** Spellings of one thing. */
const ALIKE = [
  ["Ｋｕｂｅｒｎｅｔｅｓ", "kubernetes", "KUBERNETES"],
  ["１．２５", "1.25"],
  ["ｽﾜｯﾌﾟ", "スワップ", "ｽワッﾌﾟ"],
  ["ガベージ", "ｶﾞﾍﾞｰｼﾞ", "カ\u3099ヘ\u3099ーシ\u3099"],
  ["サーバー", "サーバ", "サーバーー", "サ－バ－", "サ‐バ‐", "ｻｰﾊﾞｰ"],
  ["ユーザー名前空間", "ユーザ名前空間", "ユ－ザ－名前空間"],
  ["KEP-127", "KEPー127", "KEP–127", "KEP−127", "KEP‐127", "ＫＥＰ－１２７"],
  ["プロバイダー", "プロヴァイダ"],
  ["デバイス", "デヴァイス"],
  ["ボリューム", "ヴォリューム"],
  ["レブル", "レヴル"],
  ["ビジョン", "ヴィジョン"],
  ["ベクタ", "ヴェクター"],
  ["キャッシュ", "キヤツシユ", "キヤッシュ"],
  ["ソフトウェア", "ソフトウエア"],
  ["インターフェース", "インターフェイス", "インタフェース", "インターフエイス"],
  ["ヂ", "ジ"],
  ["ヅ", "ズ"],
  ["クレデンシャル・プロバイダ", "クレデンシャルプロバイダ"],
  ["「足りない」を測る", "足りないを測る", "『足りない』を測る"],
  ["Pod の散らばり方", "Podの散らばり方", "Pod　の 散らばり方"],
  ["L3 キャッシュ", "L3キャッシュ"],
  ["資源、 メモリ", "資源、メモリ"],
  ["コンテナ  ノード", "コンテナー ノード"],
  ["user namespaces", "user  namespaces", "user\tnamespaces", "user\u00a0namespaces", "user　namespaces"],
  ["don't", "don’t"],
  ['"x"', "“x”"],
  ["〜", "～", "~"],
  ["pod\u200bgroup", "podgroup", "pod\u00adgroup", "\ufeffpodgroup", "\u202epodgroup"],
  ["ΟΔΟΣ", "οδος", "οδοσ"],
  ["が", "か\u3099"],
  ["㌔", "キロ"],
]

const DIFFERENT = [
  ["サーバ", "サバンナ"],
  ["ハッシュ", "ハシ"],
  ["コード A", "コード-A"],
  ["node-a", "nodea"],
  ["user namespaces", "usernamespaces"],
  ["すわっぷ", "スワップ"],
  ["ハ", "バ"],
  ["ディスク", "デスク"],
  ["1.25", "125"],
  ["資源。管理", "資源管理"],
  ["コンテナ ノード", "コンテナノード"],
]

for (const spellings of ALIKE) {
  test(`one spelling: ${JSON.stringify(spellings)}`, () => {
    assert.deepEqual(new Set(spellings.map(norm)), new Set([norm(spellings[0])]))
  })
}

for (const [one, other] of DIFFERENT) {
  test(`not the same: ${one}, ${other}`, () => assert.notEqual(norm(one), norm(other)))
}

test("a line feed parts fields, and stays", () => {
  assert.equal(norm("Pod の\n 資源\nー x\n"), "podの\n資源\n- x\n")
  assert.equal(norm("サーバ\nー"), "サバ\n-")
})

test("what is normalised stays so", () => {
  for (const text of ALIKE.flat()) assert.equal(norm(norm(text)), norm(text))
})

const TEXTS = [
  ...ALIKE.flat(),
  ...DIFFERENT.flat(),
  "",
  "İstanbul ŒUVRE ﬁn ½ Å Ω",
  "각 각 ﾡﾢ 🦀🦀 👩‍👩‍👧‍👦 e\u0301\u0323 x\u0301",
  "\ud800 a \udc00",
  "a\u0000b\u0007c\u202ed\u2066e",
  "「KEP-127」の ｶﾞｰﾍﾞｰｼﾞ・コレクション（ＧＣ）",
]

for (const text of TEXTS) {
  test(`the same with places: ${JSON.stringify(text)}`, () => {
    const { text: normalised, at } = normWithPlaces(text)
    assert.equal(normalised, norm(text))
    assert.equal(at.length, normalised.length + 1)
    assert.equal(at.at(-1), text.length)
    assert.deepEqual(
      at,
      at.toSorted((one, other) => one - other),
    )
  })
}

/** What a found word is in the original. */
const PLACES = [
  ["ユーザー名前空間", "名前空間", "名前空間"],
  ["ﾕｰｻﾞｰ名前空間", "ユザ", "ﾕｰｻﾞｰ"],
  ["Pod の 資源", "の資", "の 資"],
  ["これは㌔です", "キロ", "㌔"],
  ["🦀 KEP‐127 🦀", "kep-127", "KEP‐127"],
  ["プロヴァイダー", "バイダ", "ヴァイダー"],
  ["か\u3099き\u3099", "ぎ", "き\u3099"],
]

for (const [text, found, original] of PLACES) {
  test(`${found} in ${text} is ${original}`, () => {
    const { text: normalised, at } = normWithPlaces(text)
    const start = normalised.indexOf(found)
    assert.equal(text.slice(at[start], at[start + found.length]), original)
  })
}

test("kana of hiragana and of katakana are the same, letter for letter", () => {
  assert.equal(kana("すわっぷとスワップ、資源 swap"), "スワップトスワップ、資源 swap")
  assert.equal(kana("\ufeff🦀\ud800"), "\ufeff🦀\ufffd")
})
