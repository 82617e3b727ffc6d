// The address follows the box: `q` is what is searched for, as long as the search is open.

/** @import { Theme } from "./theme.js" */

const PAUSE = 400 // ms without typing until the address is written: browsers bear so many changes of it, and no more

/** @param {string} address @param {string} query @returns {string} the address with `q`, or without it where there is none */
export function withQuery(address, query) {
  const changed = new URL(address)
  if (query.trim()) changed.searchParams.set("q", query.trim())
  else changed.searchParams.delete("q")
  return changed.href
}

/** @param {Theme} theme @param {() => void} open @returns {() => void} to be called whenever the text of the box is another */
export function followInAddress({ toggle, input, list }, open) {
  let isLeaving = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting

  function write() {
    if (document.querySelector("form.neco-filter")) return // it has `q` for itself
    const address = withQuery(location.href, toggle.checked || isLeaving ? input.value : "")
    if (address !== location.href) history.replaceState(history.state, "", address)
  }

  list.addEventListener(
    "click",
    event => {
      isLeaving = follows(event)
      setTimeout(() => {
        isLeaving = false
      })
    },
    true,
  )
  toggle.addEventListener("change", () => {
    clearTimeout(waiting)
    write()
  })
  addEventListener("pageshow", event => {
    // WebKit empties the box and closes the search of a page that is shown as it was left: after that.
    if (event.persisted && !document.querySelector("form.neco-filter")) setTimeout(reopen)
  })

  function reopen() {
    const query = new URL(location.href).searchParams.get("q")
    if (query) open()
    if (!query || input.value) return
    input.value = query
    input.dispatchEvent(new Event("keyup"))
  }

  return () => {
    clearTimeout(waiting)
    waiting = setTimeout(write, PAUSE)
  }
}

/**
 * Whether a click leads away in this window: whoever follows a result finds the search as it was on coming back.
 *
 * @param {MouseEvent} event
 */
function follows({ target, ctrlKey, metaKey, shiftKey }) {
  return target instanceof Element && target.closest("[href]") !== null && !ctrlKey && !metaKey && !shiftKey
}
