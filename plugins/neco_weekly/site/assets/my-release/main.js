// "My release": a reader chooses one once, and pages say beside a KEP what it is there. Nothing is fetched for that: rows
// and entries carry it, and without this script the page of a KEP has a table of all releases.
//
// This runs before the text is drawn, so that the style sheet keeps a place for lines exactly where there will be some, and
// fills them in when the page is read. With navigation that exchanges pages it runs anew for each of them.

import { Choices } from "./choice.js"
import { drawChoosers } from "./chooser.js"
import { drawPlaces } from "./places.js"
import { wordsOfSite } from "./words.js"

const host = /** @type {typeof globalThis & { necoMyRelease?: () => void }} */ (globalThis)
const choices = new Choices(
  () => localStorage,
  () => sessionStorage,
)

function start() {
  const words = wordsOfSite()
  const choice = choices.read(location.href, words.releases)
  mark(choice)
  const draw = () => {
    drawPlaces(choice.release, words)
    drawChoosers(choice, words, choose)
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", draw, { once: true })
  else draw()
}

/** @param {import("./choice.js").Choice} choice */
function mark({ release, refused }) {
  document.documentElement.toggleAttribute("data-neco-release", release !== "")
  document.documentElement.toggleAttribute("data-neco-refused", refused !== "")
}

/** @param {string} release */
function choose(release) {
  const words = wordsOfSite()
  const address = choices.choose(release, location.href)
  if (address !== location.href) history.replaceState(history.state, "", address)
  mark({ release, refused: "" })
  drawPlaces(release, words)
  drawChoosers({ release, refused: "" }, words, choose)
}

if (!host.necoMyRelease) {
  host.necoMyRelease = start
  addEventListener("pageshow", event => {
    if (event.persisted) start() // going back to a page that was left with another choice
  })
}
host.necoMyRelease()
