// Names of SIGs: the table of `model/sig_names.py`, which a test holds against this one, without `sig-`.

const SPELLINGS = new Map([
  ["api", "api-machinery"],
  ["apimachinery", "api-machinery"],
  ["arch", "architecture"],
  ["contribex", "contributor-experience"],
  ["machinery", "api-machinery"],
  ["scheduler", "scheduling"],
])

/**
 * @param {string} written `scheduler` or `sig-scheduler`
 * @returns {string} the official name, `sig-scheduling`
 */
export function sigName(written) {
  const name = written.replace(/^sig-/, "")
  return `sig-${SPELLINGS.get(name) ?? name}`
}
