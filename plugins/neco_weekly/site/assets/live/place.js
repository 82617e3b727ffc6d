// Where a reader is on a page, told by a heading: what was written above does not move that.

/** @typedef {{ id: string, top: number }} Heading `top` as seen from the top of the window, in pixels */
/** @typedef {{ id: string, top: number, scrolled: number }} Place `id` is empty above all headings */

/** @param {Heading[]} headings @param {number} scrolled @returns {Place} the last heading at or above the window's top */
export function placeOf(headings, scrolled) {
  const { id, top } = headings.filter(it => it.top <= 1).at(-1) ?? { id: "", top: 0 }
  return { id, top, scrolled }
}

/** @param {Place} place @param {Heading[]} headings @param {number} scrolled @returns {number} how far the page is to be scrolled, in pixels */
export function placeToScroll(place, headings, scrolled) {
  const now = place.id ? headings.find(it => it.id === place.id) : undefined
  return now ? scrolled + now.top - place.top : place.scrolled
}
