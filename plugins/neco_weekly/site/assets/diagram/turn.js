// What is long is done in parts: between two of them a page answers its reader.

/** @returns {Promise<void>} */
export const turn = () => new Promise(next => setTimeout(next))
