// A phrase of the site with its fields, as display/words.py fills it.

/** `{count:issue|issues}` is one of two words, the first for a count of one. */
const FIELD = /(\p{sc=Hira} )?\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}( (?=\p{sc=Hira}))?/gu
const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff]/

/**
 * The space beside a particle, for what is mostly Latin, goes where Japanese takes the place of a field.
 *
 * @param {string} text @param {Record<string, string | number>} fields
 */
export const filled = (text, fields) =>
  text.replace(FIELD, (_, before = "", name, one, many, behind = "") => {
    const value = one === undefined ? String(fields[name] ?? "") : fields[name] === 1 ? one : many
    return (JAPANESE.test(value[0]) ? before.trim() : before) + value + (JAPANESE.test(value.at(-1)) ? "" : behind)
  })
