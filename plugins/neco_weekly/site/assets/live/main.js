// A page of a preview asks whether it is another by now, and then loads itself again, at the place where its reader was.
//
// Only a page that somebody looks at asks. A theme that exchanges what is in a page loads no script anew, so that the
// version of such a page is not known before the first answer.

import { placeOf, placeToScroll } from "./place.js"

const KEY = "neco-preview"
const SECONDS_AFTER_A_FAILURE = 2

const own = /** @type {HTMLScriptElement} */ (document.currentScript)
let path = location.pathname
let seen = own.dataset.seen ?? ""
let request = new AbortController()

const headings = () =>
  [...document.querySelectorAll("[id]:is(h1, h2, h3, h4, h5, h6)")].map(it => ({
    id: it.id,
    top: it.getBoundingClientRect().top,
  }))

function again() {
  sessionStorage.setItem(KEY, JSON.stringify({ path, place: placeOf(headings(), scrollY) }))
  history.scrollRestoration = "manual" // the browser knows pixels alone
  location.reload()
}

function comeBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null")
  sessionStorage.removeItem(KEY)
  if (kept?.path !== location.pathname) return
  const scroll = () => scrollTo({ top: placeToScroll(kept.place, headings(), scrollY), behavior: "instant" })
  scroll()
  requestAnimationFrame(() => {
    scroll() // what was far away has its size only now
    history.scrollRestoration = "auto"
  })
}

/** @param {AbortSignal} signal */
async function ask(signal) {
  while (!signal.aborted) {
    try {
      if (path !== location.pathname) [path, seen] = [location.pathname, ""]
      const query = new URLSearchParams({ page: decodeURI(path), seen })
      const answer = await fetch(`/neco-preview/wait?${query}`, { signal, cache: "no-store" })
      const version = await answer.text()
      if (!answer.ok) throw new Error(version)
      if (path === location.pathname && seen && version !== seen) return again()
      if (path === location.pathname) seen = version
    } catch {
      await new Promise(resolve => setTimeout(resolve, SECONDS_AFTER_A_FAILURE * 1000))
    }
  }
}

function begin() {
  request.abort()
  request = new AbortController()
  if (document.visibilityState === "visible") ask(request.signal)
}

document.addEventListener("visibilitychange", begin)
addEventListener("load", () => {
  comeBack()
  begin()
})
