// The chooser: drawn by the script alone, since without one nothing would answer it.

import { filled } from "../compare/filled.js"

/** @import { Choice } from "./choice.js" */
/** @import { Words } from "./words.js" */

const PLACE = "neco-my-release"

/** @param {Choice} choice @param {Words} words @param {(release: string) => void} choose */
export function drawChoosers({ release, refused }, words, choose) {
  for (const place of document.getElementsByClassName(PLACE)) {
    const select = place.querySelector("select") ?? made(place, words, choose)
    const note = place.querySelector("small")
    select.value = release
    if (note) note.textContent = refused && filled(words.refused, { release: refused })
  }
}

/** @param {Element} place @param {Words} words @param {(release: string) => void} choose */
function made(place, words, choose) {
  const label = document.createElement("label")
  const select = document.createElement("select")
  const note = document.createElement("small")
  select.append(new Option(words.any, ""))
  for (const release of [...words.releases].reverse()) {
    const name = `v${release}`
    select.append(new Option(words.next.includes(release) ? filled(words.to_come, { release: name }) : name, release))
  }
  select.addEventListener("change", () => choose(select.value))
  label.append(words.label, " ", select)
  place.replaceChildren(label, note)
  return select
}
