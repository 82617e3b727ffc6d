// The theme reads `q` of the address too, as words to search the site for.

/**
 * It opens its search, and takes `q` away as that closes. Where the theme has not begun yet, this waits until it has.
 *
 * @param {() => void} closed called after its search was closed
 */
export function closeSearch(closed) {
  const toggle = document.getElementById("__search")
  const query = document.querySelector("[data-md-component=search-query]")
  const asked = new URLSearchParams(location.search).get("q")
  if (!asked || !(toggle instanceof HTMLInputElement) || !(query instanceof HTMLInputElement)) return
  const close = () => {
    if (!toggle.checked || query.value !== asked) return
    query.value = ""
    query.blur()
    toggle.click()
    closed()
  }
  if (toggle.checked) close()
  else toggle.addEventListener("change", () => setTimeout(close), { once: true }) // it writes the words once it is open
}
