// The details of a badge: of a KEP, from its entry in the list under the title; of a release, from the badge.

const PULL = "https://github.com/kubernetes/enhancements/pull/"

/**
 * @typedef {object} Said what the details of a badge say
 * @property {string} title @property {string} page what the link to the badge's page is called
 * @property {DOMStringMap} data its lines in `more`, and of a KEP its `stage`, how it `ended`, and a `pull` request
 */

/** @param {HTMLElement} badge @returns {Said | null} null where it has no more to say */
export function saidBy(badge) {
  const { more, title = "", pageLabel: page = "", kep } = badge.dataset
  if (more) return { title, page, data: badge.dataset }
  /** @type {NodeListOf<HTMLElement>} */
  const entries = document.querySelectorAll(".neco-issue-keps li[data-more]")
  const entry = [...entries].find(it => it.dataset.kep === kep)
  if (!entry) return null
  const list = entry.closest("nav")
  return {
    title: entry.querySelector("a")?.textContent ?? "",
    page: list?.dataset.pageLabel ?? "",
    data: entry.dataset,
  }
}

/** @param {Said} said @param {string} address of the badge's page */
export function drawn({ title: name, page, data }, address) {
  const { stage, ended, pull = "", more = "" } = data
  const box = element("span", "neco-more")
  const title = element("b", "neco-more__title", name)
  const links = element("span", "neco-more__links")
  box.id = "neco-more"
  title.id = "neco-more-title"
  box.setAttribute("role", "group")
  box.setAttribute("aria-labelledby", title.id)
  if (stage) box.dataset.stage = stage
  if (ended) box.dataset.ended = ended
  links.append(link(page, address))
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
