// Details of a badge, of a KEP or of a reported release: what was true on the day, what is true now, since when,
// and where that is written. And previews of other links, to issues and their headings, to KEPs and topics.
//
// The words stand in the list under the title, those of a release in its badge, those of a preview in a file beside
// the page that the link leads to. A mouse shows them by resting there, a keyboard by coming there, a finger by a first tap;
// Escape, leaving, or a tap elsewhere closes them. A card is just a link: it shows the same already, and leads where its
// author says.

import "../heading-link/main.js" // beside badges: what else every page needs
import "../wide/main.js"
import { drawn, saidBy } from "./details.js"
import { putBeside } from "./place.js"
import { previewOf } from "./preview.js"

const BADGE = "a:is(.neco-kep:not(.neco-card__link), .neco-release, [data-neco-preview])"
const REST = 150 // ms a mouse rests on a badge before it asks, so that one passing by asks nothing
const GRACE = 300 // ms to get from the badge to its details

/** @typedef {{badge: HTMLAnchorElement, title: string, details: HTMLElement}} Shown `title` is what the badge had */

/** @type {Shown | null} */
let shown = null
/** @type {HTMLAnchorElement | null} the link whose preview is being loaded */
let awaited = null
/** @type {Element | null} the badge whose details were closed by Escape, until the mouse or the focus leaves it */
let dismissed = null
let pointer = "" // kind of the last pointer; empty after a key
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting

/** @param {EventTarget | null} target @returns {HTMLAnchorElement | null} */
const badgeAt = target => (target instanceof Element ? target.closest(BADGE) : null)

/** @param {EventTarget | null} target */
function isShown(target) {
  return shown !== null && target instanceof Node && (shown.badge.contains(target) || shown.details.contains(target))
}

const hasFocus = () =>
  shown !== null && (shown.details.contains(document.activeElement) || shown.badge.matches(":focus-visible"))

/** @param {() => void} action @param {number} delay */
function later(action, delay) {
  clearTimeout(waiting)
  waiting = setTimeout(action, delay)
}

/** @param {HTMLAnchorElement} badge */
function show(badge) {
  clearTimeout(waiting)
  if (badge === shown?.badge && badge.isConnected) return
  close()
  if (!badge.isConnected) return
  const said = saidBy(badge)
  if (said) open(badge, said)
  else if (isPreviewed(badge)) showPreview(badge)
}

/** @param {HTMLAnchorElement} link */
const isPreviewed = link => link.dataset.necoPreview !== undefined

/** @param {HTMLAnchorElement} link */
async function showPreview(link) {
  awaited = link
  link.setAttribute("aria-busy", "true")
  const said = await previewOf(link)
  link.removeAttribute("aria-busy")
  if (awaited !== link) return // the reader has gone on
  awaited = null
  if (said) open(link, said)
  else if (pointer && pointer !== "mouse") location.assign(link.href) // a finger wants to see something
}

/** @param {HTMLAnchorElement} badge @param {import("./details.js").Said} said */
function open(badge, said) {
  const details = drawn(said, badge.href)
  shown = { badge, details, title: badge.title }
  badge.setAttribute("aria-details", details.id)
  badge.removeAttribute("title") // the browser's own tip would cover ours
  badge.after(details) // so that Tab goes on from the badge into its details, and from there on in the text
  putBeside(details, badge)
}

function close() {
  clearTimeout(waiting)
  awaited = null
  if (!shown) return
  shown.badge.removeAttribute("aria-details")
  shown.badge.title = shown.title
  shown.details.remove()
  shown = null
}

document.addEventListener("pointerover", event => {
  if (event.pointerType !== "mouse") return
  const next = badgeAt(event.target)
  if (next !== dismissed) dismissed = null
  if (isShown(event.target) || hasFocus()) clearTimeout(waiting)
  else if (next && !dismissed) later(() => show(next), REST)
  else later(close, GRACE)
})

document.addEventListener("focusin", event => {
  const next = badgeAt(event.target)
  if (next !== dismissed) dismissed = null
  if (isShown(event.target)) clearTimeout(waiting)
  else if (!next || dismissed || !next.matches(":focus-visible")) close()
  else if (saidBy(next)) show(next)
  else {
    close()
    later(() => show(next), REST) // who goes through a list asks for nothing
  }
})

document.addEventListener("keydown", event => {
  pointer = ""
  if (event.key === "Escape") awaited = null
  if (event.key !== "Escape" || !shown) return
  dismissed = shown.badge
  if (shown.details.contains(document.activeElement)) shown.badge.focus()
  close()
})

document.addEventListener("pointerdown", event => {
  pointer = event.pointerType
})

// A finger that scrolls ends in pointercancel: only a tap or a click beside them closes the details.
document.addEventListener("pointerup", event => {
  if (!isShown(event.target) && (!awaited || badgeAt(event.target) !== awaited)) close()
})

document.addEventListener("click", event => {
  const next = badgeAt(event.target)
  if (!next || next === shown?.badge || next === awaited || pointer === "mouse" || pointer === "") return
  if (next.dataset.necoPreview === "" && !saidBy(next)) return // of a list, which leads on at once
  show(next)
  if (next === shown?.badge || next === awaited) event.preventDefault()
})

addEventListener("resize", () => {
  if (shown) putBeside(shown.details, shown.badge)
})
addEventListener("pagehide", close) // going back shows the page as it is without a mouse on it
