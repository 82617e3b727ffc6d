// Scripts of normalised text: where a Japanese word begins and ends shows only in their changes.

export const OTHER = 0
export const LATIN = 1
export const DIGIT = 2
export const HIRAGANA = 3
export const KATAKANA = 4
export const HAN = 5

/**
 * @param {number} code a UTF-16 code unit; NaN, as beside the ends of a text, is of no script
 * @returns {number} one of the constants above
 */
export function scriptOf(code) {
  if (code < 0x80) return code >= 0x61 && code <= 0x7a ? LATIN : code >= 0x30 && code <= 0x39 ? DIGIT : OTHER
  if (code >= 0x3041 && code <= 0x3096) return HIRAGANA
  if (code >= 0x30a1 && code <= 0x30fc) return KATAKANA
  if ((code >= 0x3400 && code <= 0x9fff) || code === 0x3005 || (code >= 0xf900 && code <= 0xfaff)) return HAN
  return code >= 0xc0 && code <= 0x1fff ? LATIN : OTHER // é, ж, ω: they have spaces between their words
}

/**
 * Whether a text goes on in the same word beside a place: one English or katakana word, one compound of kanji.
 * Hiragana never does: endings and particles have no borders.
 *
 * @param {number} inner code of the letter on this side @param {number} outer of that on the other
 */
export function goesOn(inner, outer) {
  const script = scriptOf(inner)
  return script !== OTHER && script !== HIRAGANA && scriptOf(outer) === script
}
