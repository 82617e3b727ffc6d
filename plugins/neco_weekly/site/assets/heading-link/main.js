// The sign behind a heading leads to the heading, and copies its address, too. Without a clipboard it only leads there.

/** The theme's line at the edge of a page. @typedef {{next: (told: string) => void}} Alerts */

/** What the theme says when something was copied; empty where it says nothing. @returns {string} */
function copied() {
  const { textContent } = document.querySelector("#__config") ?? {}
  return textContent ? (JSON.parse(textContent).translations?.["clipboard.copied"] ?? "") : ""
}

document.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
  const link = target instanceof Element ? target.closest("a.headerlink") : null
  if (!(link instanceof HTMLAnchorElement) || ctrlKey || metaKey || shiftKey) return
  const { alert$: alerts } = /** @type {typeof globalThis & { alert$?: Alerts }} */ (globalThis)
  navigator.clipboard?.writeText(link.href).then(
    () => alerts?.next(copied()),
    () => {}, // the reader has forbidden it
  )
})
