// One spelling for all that mean the same: text and query go through the same rules, so that they meet.

const DASH = "[\\u2010-\\u2015\\u2212]"
const JAPANESE = "[\\u3001-\\u9fff\\uf900-\\ufaff]"
const INVISIBLE = "[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]"

/** @type {Record<string, string>} */
const VOICED = {
  ...{ ゔぁ: "ば", ゔぃ: "び", ゔぇ: "べ", ゔぉ: "ぼ", ゔ: "ぶ" },
  ...{ ヴァ: "バ", ヴィ: "ビ", ヴェ: "ベ", ヴォ: "ボ", ヴ: "ブ" },
}
/** @type {Record<string, string>} */
const LARGE = {
  ...byLetter("ぁぃぅぇぉっゃゅょゎぢづ", "あいうえおつやゆよわじず"),
  ...byLetter("ァィゥェォッャュョヮヵヶヂヅ", "アイウエオツヤユヨワカケジズ"),
}

/**
 * What NFKC and lower case leave different, in this order. No rule makes or takes a line feed: it parts the fields of
 * a joined text. Hiragana and katakana are treated alike, so that `kana` may fold one into the other afterwards.
 *
 * @type {[RegExp, string | Record<string, string>][]}
 */
const RULES = [
  [new RegExp(INVISIBLE, "g"), ""],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a space is what they become
  [/[^\S\n]+|[\0-\x09\x0b-\x1f\x7f]+/g, " "],
  [/ς/g, "σ"], // lower case depends on the letter's place here
  [/[‘’]/g, "'"],
  [/[“”]/g, '"'],
  [/〜/g, "~"],
  [new RegExp(DASH, "g"), "-"],
  [/(?<=[ぁ-ヺ])(?:ー|-(?![a-z0-9]))+/g, ""], // サーバー, and with a dash for the mark: サ－バ－
  [/ー/g, "-"], // KEPー127
  [/(?<=[ふフ][ぇェえエ])[いイ]/g, ""], // インターフェイス, whose other spelling has lost its mark above
  [/[ゔヴ][ぁぃぇぉァィェォ]?/g, VOICED],
  [/[ぁぃぅぇぉっゃゅょゎぢづァィゥェォッャュョヮヵヶヂヅ]/g, LARGE],
  [/[・「」『』]/g, ""],
  [new RegExp(`(?<=${JAPANESE}) (?![ァ-ヺ])|(?<![ァ-ヺ]) (?=${JAPANESE})`, "g"), ""], // only between katakana words it parts
]

/** A letter with what it is composed with: what NFKC may make one of. */
const CLUSTERS = /[ -~、。ぁ-ゔァ-ヴー一-鿿]+(?![\p{M}ﾞﾟ])|[\s\S][\p{M}ﾞﾟᅠ-ᇿﾠ-ￜ]*/gu

/** @param {string} text */
export function norm(text) {
  let result = composed(text)
  for (const [pattern, to] of RULES)
    result = typeof to === "string" ? result.replace(pattern, to) : result.replace(pattern, found => to[found])
  return result
}

/**
 * The same as `norm`, with the place of every letter.
 *
 * @param {string} original
 * @returns {{text: string, at: number[]}} `at[i]` is where in `original` the letter `text[i]` begins; one more for the end
 */
export function normWithPlaces(original) {
  let text = ""
  /** @type {number[]} */
  let at = []
  for (const { 0: cluster, index } of original.matchAll(CLUSTERS)) {
    const letters = composed(cluster)
    const isSame = letters.length === cluster.length
    for (let i = 0; i < letters.length; i++) at.push(isSame ? index + i : index)
    text += letters
  }
  at.push(original.length)
  for (const [pattern, to] of RULES) ({ text, at } = rewritten(text, at, pattern, to))
  return { text, at }
}

/**
 * Where letters of a normalised text stand in the original, without what normalising took away behind them.
 *
 * @param {string} original @param {number[]} at @param {number} start @param {number} end
 * @returns {[number, number]}
 */
export function originalPlace(original, at, start, end) {
  const letters = original.slice(at[start], at[end]).replace(/[\s・「」『』]+$/, "")
  return [at[start], at[start] + letters.length]
}

/** @param {string} text @param {number[]} at @param {RegExp} pattern @param {string | Record<string, string>} to */
function rewritten(text, at, pattern, to) {
  let result = ""
  let end = 0
  const places = []
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const letters = typeof to === "string" ? to : to[found]
    result += text.slice(end, index) + letters
    while (end < index) places.push(at[end++])
    for (let i = 0; i < letters.length; i++) places.push(at[index])
    end = index + found.length
  }
  if (end === 0) return { text, at }
  result += text.slice(end)
  while (end < at.length) places.push(at[end++])
  return { text: result, at: places }
}

/** @param {string} text */
const composed = text => text.normalize("NFKC").toLowerCase()

/**
 * Hiragana folded into katakana, letter for letter: the reading of what an input method has not converted yet.
 *
 * @param {string} text normalised
 */
export function kana(text) {
  const codes = new Uint16Array(text.length)
  for (let i = 0; i < codes.length; i++) {
    const code = text.charCodeAt(i)
    codes[i] = code >= 0x3041 && code <= 0x3096 ? code + 0x60 : code
  }
  return UTF16.decode(codes)
}

const UTF16 = new TextDecoder("utf-16le", { ignoreBOM: true })

/** @param {string} from @param {string} to @returns {Record<string, string>} */
function byLetter(from, to) {
  return Object.fromEntries([...from].map((letter, place) => [letter, to[place]]))
}
