// Which release is the reader's: the address wins for a visit, else what the browser keeps. Without storage, as in some
// private windows, a choice lasts as long as the page.

const KEY = "neco-release"
const PARAMETER = "at"
const LONGEST = 20 // letters of what was asked for that are told again

/**
 * @typedef {object} Choice
 * @property {string} release `1.33`; empty where none is chosen
 * @property {string} refused what was asked for and is no release to choose; empty where nothing was
 */

/** @param {string} written `v1.33`, `１．３３` @returns {string} `1.33` */
export const releaseOf = written =>
  written
    .normalize("NFKC")
    .trim()
    .replace(/^v(?=\d)/i, "")

/** @param {string[]} wishes that which counts most first @param {string[]} releases @returns {Choice} */
export function chosenOf(wishes, releases) {
  const asked = wishes.map(releaseOf).filter(Boolean)
  const refused = asked[0] && !releases.includes(asked[0]) ? told(asked[0]) : ""
  return { release: asked.find(it => releases.includes(it)) ?? "", refused }
}

/** @param {string} asked */
function told(asked) {
  const letters = [...asked]
  const short = letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("")}…` : asked
  return /^\d+\.\d+$/.test(short) ? `v${short}` : `“${short}”`
}

/** @typedef {() => Pick<Storage, "getItem" | "setItem" | "removeItem">} Store which may throw where there is none */

export class Choices {
  /** @param {Store} kept from visit to visit @param {Store} visit as long as a window is open */
  constructor(kept, visit) {
    this.kept = kept
    this.visit = visit
  }

  /** @param {string} address @param {string[]} releases @returns {Choice} */
  read(address, releases) {
    const asked = releaseOf(new URL(address).searchParams.get(PARAMETER) ?? "")
    if (releases.includes(asked)) write(this.visit, asked)
    return chosenOf([asked, read(this.visit), read(this.kept)], releases)
  }

  /** @param {string} release empty for none @param {string} address @returns {string} the address that says the same */
  choose(release, address) {
    write(this.visit, "")
    write(this.kept, release)
    const url = new URL(address)
    if (!url.searchParams.has(PARAMETER)) return address
    if (release) url.searchParams.set(PARAMETER, release)
    else url.searchParams.delete(PARAMETER)
    return url.href
  }
}

/** @param {Store} store */
function read(store) {
  try {
    return store().getItem(KEY) ?? ""
  } catch {
    return ""
  }
}

/** @param {Store} store @param {string} release empty for none */
function write(store, release) {
  try {
    if (release) store().setItem(KEY, release)
    else store().removeItem(KEY)
  } catch {
    // then the choice is as old as the page
  }
}
