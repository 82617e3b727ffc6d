// What a diagram's source would make a reader's browser do, and what is wrong with it.

const FOREIGN = /(?:\b(?:img|src|href)\s*[:=]|url\s*\()[\s"'\\]*(?:https?:|ftp:)?\/\/|@import/i

/** Whether drawing it would ask another host: a picture as a shape, in a label or in a style. @param {string} source */
export const asksAnotherHost = source => FOREIGN.test(source)

/** What an error says, without the source that it quotes. @param {unknown} error */
export const firstLine = error =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]?.replace(/[:.\s]+$/, "") ?? ""
