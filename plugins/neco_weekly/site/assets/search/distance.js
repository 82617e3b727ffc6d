// How many slips of the finger lie between two words.

/**
 * Damerau's distance with each letter moved once (optimal string alignment): left out, put in, changed, swapped.
 *
 * @param {string} typed @param {string} word @param {number} most
 * @param {boolean} isPart whether the word may go on before and after what was typed
 * @returns {number} the distance, or more than `most` if it is more
 */
export function distance(typed, word, most, isPart) {
  /** @type {number[]} */
  let before = []
  let row = Array.from({ length: word.length + 1 }, (_, place) => (isPart ? 0 : place))
  for (let i = 1; i <= typed.length; i++) {
    const next = [i]
    let least = i
    for (let j = 1; j <= word.length; j++) {
      const isSame = typed[i - 1] === word[j - 1]
      let cost = Math.min(row[j - 1] + (isSame ? 0 : 1), row[j] + 1, next[j - 1] + 1)
      const isSwapped = j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]
      if (isSwapped) cost = Math.min(cost, before[j - 2] + 1)
      next.push(cost)
      least = Math.min(least, cost)
    }
    if (least > most) return least
    before = row
    row = next
  }
  return isPart ? Math.min(...row) : row[word.length]
}
