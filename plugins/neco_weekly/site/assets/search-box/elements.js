// Elements as the box draws them.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} name of its class; may be empty @param {string} [text]
 */
export function element(tag, name, text = "") {
  const made = document.createElement(tag)
  if (name) made.className = name
  made.textContent = text
  return made
}

/** @param {string} text @param {() => void} press what pressing it does */
export function button(text, press) {
  const made = element("button", "", text)
  made.type = "button"
  made.addEventListener("click", press)
  return made
}
