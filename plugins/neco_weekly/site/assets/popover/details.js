// The details of a KEP, drawn from its entry in the list under the title.

const PULL = "https://github.com/kubernetes/enhancements/pull/"

/** @param {string | undefined} number of a KEP @returns {HTMLElement | null} its entry, if it has more to say */
export function entryOf(number) {
  /** @type {NodeListOf<HTMLElement>} */
  const entries = document.querySelectorAll(".neco-issue-keps li[data-more]")
  return [...entries].find(entry => entry.dataset.kep === number) ?? null
}

/** @param {HTMLElement} entry @param {string} address of the KEP's page */
export function drawn(entry, address) {
  const { stage, ended, pull = "", more = "" } = entry.dataset
  const box = element("span", "neco-more")
  const title = element("b", "neco-more__title", entry.querySelector("a")?.textContent ?? "")
  const links = element("span", "neco-more__links")
  box.id = "neco-more"
  title.id = "neco-more-title"
  box.setAttribute("role", "group")
  box.setAttribute("aria-labelledby", title.id)
  if (stage) box.dataset.stage = stage
  if (ended) box.dataset.ended = ended
  links.append(link(entry.closest("nav")?.dataset.pageLabel ?? "", address))
  if (/^\d+$/.test(pull)) links.append(link(`PR #${pull}`, PULL + pull))
  const lines = more.split("\n").map(line => element("span", "neco-more__line", line))
  box.append(title, ...lines, links)
  return box
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} name @param {string} [text]
 */
function element(tag, name, text = "") {
  const made = document.createElement(tag)
  made.className = name
  made.textContent = text
  return made
}

/** @param {string} text @param {string} address */
function link(text, address) {
  const made = element("a", "neco-more__link", text)
  made.href = address
  return made
}
