// The star of a page: a button that follows what the page is about, and leaves it again. It asks nobody.

import { followed, Kept, left } from "./stars.js"
import { said, toldOfSite } from "./words.js"

for (const place of document.querySelectorAll("p[data-neco-follow]:not(:has(button))")) {
  const link = place.querySelector("a")
  if (place instanceof HTMLElement && link) draw(place, link.href)
}

/** @param {HTMLElement} place @param {string} page the address of the page of what is followed */
function draw(place, page) {
  const { necoFollow: id = "", name = "" } = place.dataset
  const kept = new Kept(() => localStorage, page)
  const button = document.createElement("button")
  const star = document.createElement("span")
  const remark = document.createElement("span")
  button.type = "button"
  star.setAttribute("aria-hidden", "true")
  remark.setAttribute("role", "status")
  button.append(star, said(id.split("/")[0] ?? ""))
  const show = (/** @type {boolean} */ isOn) => {
    button.setAttribute("aria-pressed", String(isOn))
    star.textContent = isOn ? "★ " : "☆ "
  }
  button.addEventListener("click", () => {
    const isOn = button.getAttribute("aria-pressed") !== "true"
    const state = kept.read() // another window may have written since
    const isKept = kept.write(
      isOn ? followed(state, id, { name, day: toldOfSite().day }, place.dataset.known?.split(" ")) : left(state, id),
    )
    remark.textContent = isKept ? "" : said("unkept")
    show(isOn)
  })
  const read = () => show(Object.hasOwn(kept.read().stars, id))
  addEventListener("pageshow", event => event.persisted && read())
  read()
  place.append(" ", button, " ", remark) // behind what is there, which so stays where it is
}
