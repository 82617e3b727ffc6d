// English words in their forms: a light stem, and the endings that a word of the same stem may have.

const ENDINGS = "ies|es|s|ed|e|ings?|y|ions?"
const WORD = new RegExp(`^([a-z]{3,}?)(?:${ENDINGS})$`)
const REST = new RegExp(`^(?:${ENDINGS})?$`)

/**
 * @param {string} word in lower case
 * @returns {string | null} what the forms of an English word have in common; null if it has no ending to take away
 */
export function stemOf(word) {
  const stem = word.endsWith("ss") ? null : word.match(WORD)?.[1].replace(/([bdgmnprt])\1$/, "$1") // dropped: drop
  return stem && /[aeiouy]/.test(stem) ? stem : null
}

/**
 * @param {string} stem @param {string} rest what follows it in a word
 * @returns {boolean} whether the word is a form of this stem
 */
export function endsAlike(stem, rest) {
  return REST.test(rest) || (rest[0] === stem.at(-1) && REST.test(rest.slice(1)))
}
