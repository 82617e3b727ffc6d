// The theme reads `q` of the address too, as words to search the site for.

/** It opens its search, and takes `q` away as that closes. @returns {boolean} whether that has happened here */
export function closeSearch() {
  const toggle = document.getElementById("__search")
  const query = document.querySelector("[data-md-component=search-query]")
  if (!(toggle instanceof HTMLInputElement && toggle.checked) || !(query instanceof HTMLInputElement)) return false
  if (query.value !== new URLSearchParams(location.search).get("q")) return false
  query.value = ""
  query.blur()
  toggle.click()
  return true
}
