// A picture opens large over the page: by a click or Enter on it, which without this script leads to its file. Escape, the
// button and a click beside it close it, and the focus is back where it was.

import { wordsOfSite } from "../wide/words.js"

const PICTURE = "a.neco-zoom"

/** @param {HTMLAnchorElement} link @param {HTMLImageElement} image */
function open(link, image) {
  const dialog = document.createElement("dialog")
  const picture = new Image()
  const close = document.createElement("button")
  picture.src = link.href
  picture.alt = image.alt
  picture.classList.toggle("neco-large__drawn", /\.svg$/i.test(new URL(link.href).pathname))
  close.type = "button"
  close.textContent = "×"
  close.setAttribute("aria-label", wordsOfSite().close)
  close.addEventListener("click", () => dialog.close())
  dialog.className = "neco-large"
  dialog.setAttribute("aria-label", image.alt || link.title)
  dialog.append(close, picture)
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close())
  dialog.addEventListener("close", () => {
    dialog.remove()
    link.focus({ preventScroll: true })
  })
  document.body.append(dialog)
  dialog.showModal()
}

/** With navigation that exchanges pages the script of each page runs, and one of them listens. */
const host = /** @type {typeof globalThis & { necoZoom?: boolean }} */ (globalThis)
if (!host.necoZoom) {
  host.necoZoom = true
  document.addEventListener("click", event => {
    const link = event.target instanceof Element ? event.target.closest(PICTURE) : null
    const image = link?.querySelector("img")
    if (!(link instanceof HTMLAnchorElement) || !image) return
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    open(link, image)
  })
}
