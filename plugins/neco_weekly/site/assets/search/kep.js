// A KEP's number in all its forms: KEP-127, kep 0127, #127, kubernetes/enhancements#127, kep.k8s.io/127, ….

const NAME = "(?:keps?|けp|ケツプ|enhancements?)" // けp is what an input method makes of it
const PATH =
  "(?:[a-z0-9.:/_-]+/)?(?:(?:enhancements|features)(?:/issues/|[/#])|(?:kep|features)\\.k8s\\.io/|sig-[a-z-]+/)"
const FORMS = `${PATH}|${NAME}[ :=._/-]*(?:no[. ]*|番号[ :]*)?#?|#`
const ENDS = "(?:-[a-z0-9/.-]+|[?#][a-z][^ ]*|番)?" // the name of a folder, the rest of an address
const DIGITS = "0*(\\d{1,5})(?![\\d.]*\\d)"
const REFERENCE = new RegExp(
  `(?<![a-z0-9])(?:(?:${FORMS})${DIGITS}${ENDS}|(?<!\\.)0*(\\d{1,5}) ?の ?(?:keps?|けp))`,
  "g",
)

/**
 * @param {string} text normalised
 * @returns {{numbers: number[], rest: string}} the KEPs it names, and the text without their names
 */
export function kepReferences(text) {
  /** @type {number[]} */
  const numbers = []
  const rest = text.replace(REFERENCE, (_, behind, before) => {
    numbers.push(Number(behind ?? before))
    return " "
  })
  return { numbers, rest }
}

/**
 * @param {string} word normalised
 * @returns {number | null} the number that the word is and nothing else: perhaps a KEP's
 */
export const bareNumber = word => (/^\d{1,5}$/.test(word) ? Number(word) : null)

/** @param {string} word normalised; whether it only says that a number is one of a KEP: 127 KEP */
export const isNameOfKep = word => /^keps?$/.test(word)

/** @param {number} number @returns {RegExp} its names in a normalised text, or the bare number */
export const namesOfKep = number => new RegExp(`(?:keps?[ -]*#?|#)?(?<![\\d.])0*${number}(?![\\d.]*\\d)`, "g")
