// What a diagram's source would make a reader's browser do, and what is wrong with it.
//
// Mermaid cleans labels of programs, but not of pictures: a shape, a tag in a label or a style may name one anywhere. Where
// a source has both, something that loads and something that may be the address of a host, it is not drawn.

const LOADS = /<\s*[a-z][^>]*=|\bimg["']?\s*:|\b(?:url|src|image-set)\s*\(|@import/i
const HOST = /[/\\]\s*[/\\]|\\[ux\d]|&[#\w]+;/
const INSIDE = /data:[\w.+/-]+;base64,[\w+/=]*/g // a picture that is there already

/** Whether drawing it could ask another host. @param {string} source */
export const asksAnotherHost = source => LOADS.test(source) && HOST.test(source.replace(INSIDE, ""))

/** Whether it asks for colours of its own, which are made for white. @param {string} source */
export const hasOwnColours = source => /\btheme["']?\s*:/.test(source)

/** What an error says, without the source that it quotes. @param {unknown} error */
export const firstLine = error =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]?.replace(/[:.\s]+$/, "") ?? ""
