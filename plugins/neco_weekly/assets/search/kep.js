// A KEP's number in all its forms: KEP-127, kep 0127, #127, kubernetes/enhancements#127, kep.k8s.io/127, ….

const ADDRESS = "(?:https?://)?(?:www\\.)?"
const FORMS = [
  "keps?[ -]*#?",
  "#",
  `${ADDRESS}(?:github\\.com/)?(?:(?:kubernetes|k)/)?(?:enhancements|features)(?:/issues/|#)`,
  `${ADDRESS}(?:kep|features)\\.k8s\\.io/`,
  `(?:${ADDRESS}github\\.com/kubernetes/enhancements/(?:tree|blob)/[^ /]+/)?keps/sig-[a-z-]+/`,
]
const REFERENCE = new RegExp(`(?<![a-z0-9])(?:${FORMS.join("|")})0*(\\d{1,5})(?![\\d.]*\\d)(?:-[a-z0-9/.-]+)?`, "g")

/**
 * @param {string} text normalised
 * @returns {{numbers: number[], rest: string}} the KEPs it names, and the text without their names
 */
export function kepReferences(text) {
  const numbers = []
  const rest = text.replace(REFERENCE, (_, digits) => {
    numbers.push(Number(digits))
    return " "
  })
  return { numbers, rest }
}

/**
 * @param {string} word normalised
 * @returns {number | null} the number that the word is and nothing else: perhaps a KEP's
 */
export const bareNumber = word => (/^\d{1,5}$/.test(word) ? Number(word) : null)

/** @param {number} number @returns {RegExp} its names in a normalised text, or the bare number */
export const namesOfKep = number => new RegExp(`(?:keps?[ -]*#?|#)?(?<![\\d.])0*${number}(?![\\d.]*\\d)`, "g")
