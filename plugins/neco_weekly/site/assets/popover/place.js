// Where the details of a badge stand: below it, above it where there is more room, and always inside the window.

const MARGIN = 8 // px between the details and the badge, and the edges of the window

/**
 * @typedef {{left: number, top: number, bottom: number}} Seen where a badge begins and ends for the eye
 * @typedef {{width: number, height: number}} Size
 * @typedef {Size & {roof: number}} Room of the window, of which the theme's header covers what is above the roof
 */

/** They belong to the page, so they scroll with their badge. @param {HTMLElement} details @param {HTMLElement} badge */
export function putBeside(details, badge) {
  details.style.left = "0"
  details.style.top = "0"
  const { clientWidth: width, clientHeight: height } = document.documentElement
  const roof = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0
  const origin = details.getBoundingClientRect()
  const { left, top } = placeFor(origin, seen(badge), { width, height, roof })
  details.style.left = `${left - origin.left}px`
  details.style.top = `${top - origin.top}px`
}

/** @param {Size} details @param {Seen} badge @param {Room} room */
export function placeFor({ width, height }, badge, room) {
  const below = room.height - badge.bottom
  const above = badge.top - room.roof
  const isAbove = height + 2 * MARGIN > below && above > below
  const left = Math.max(MARGIN, Math.min(badge.left, room.width - width - MARGIN))
  return { left, top: isAbove ? badge.top - MARGIN - height : badge.bottom + MARGIN }
}

/** What is for those who listen may be on the line before. @param {HTMLElement} badge @returns {Seen} */
function seen(badge) {
  const stages = [...badge.querySelectorAll("[class^=neco-kep__]")]
  const boxes = stages.length ? stages.map(stage => stage.getBoundingClientRect()) : [...badge.getClientRects()]
  return { left: boxes[0].left, top: boxes[0].top, bottom: boxes[boxes.length - 1].bottom }
}
