// What a reader follows and has been told, as one value that the browser keeps: nothing here asks anybody or draws.

const KEY = "neco-following"
const LONGEST = 300 // letters of a name

/** What can be followed: `kep/127`, `sig/sig-node`, `topic/argo-cd`. */
const ID = /^(?:kep\/[1-9]\d{0,4}|(?:sig|topic)\/[a-z0-9][a-z0-9-]{0,99})$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

/**
 * @typedef {object} Star
 * @property {string} name what is followed is called so, as plain text
 * @property {string} day up to which all was known when it was chosen; empty once a visit has taken stock of it
 * @property {boolean} [counted] whether all that had happened to it by then is in `seen`
 *
 * @typedef {object} State
 * @property {Record<string, Star>} stars by what is followed, in the order of choosing
 * @property {Record<string, string>} seen what was told, or lay before the choice: the day of each thing by its id
 * @property {string[]} shown the ids that the last visit listed
 * @property {string} until the day up to which the last visit knew everything; empty before the first
 * @property {string} since the same of the visit before, from which on `shown` tells
 */

/** @returns {State} */
export const nothing = () => ({ stars: {}, seen: {}, shown: [], until: "", since: "" })

/**
 * @param {State} state @param {string} id @param {Star} star
 * @param {string[]} [known] the ids of what had happened to it so far, where its page says that
 * @returns {State} the same where the id is none
 */
export function followed(state, id, star, known) {
  if (!isStar(id, star)) return state
  const seen = { ...state.seen, ...Object.fromEntries((known ?? []).filter(Boolean).map(it => [it, star.day])) }
  return { ...state, stars: { ...state.stars, [id]: known ? { ...star, counted: true } : star }, seen }
}

/** @param {State} state @param {string} id @returns {State} */
export function left(state, id) {
  const { [id]: _, ...stars } = state.stars
  return { ...state, stars }
}

/** What was kept is read as if anybody had written it. @param {string | null} text @returns {State} */
export function stateOf(text) {
  const kept = parsed(text)
  return {
    stars: Object.fromEntries(Object.entries(record(kept.stars)).filter(([id, star]) => isStar(id, star))),
    seen: Object.fromEntries(Object.entries(record(kept.seen)).filter(([, day]) => isDay(day))),
    shown: Array.isArray(kept.shown) ? kept.shown.filter(it => typeof it === "string") : [],
    until: isDay(kept.until) ? kept.until : "",
    since: isDay(kept.since) ? kept.since : "",
  }
}

/** @param {string | null} text @returns {Record<string, any>} */
function parsed(text) {
  try {
    return record(JSON.parse(text ?? ""))
  } catch {
    return {}
  }
}

/** @param {unknown} value @returns {Record<string, any>} */
const record = value => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {})

/** @param {unknown} value */
const isDay = value => typeof value === "string" && DAY.test(value)

/** @param {string} id @param {unknown} value */
function isStar(id, value) {
  const { name, day } = record(value)
  return ID.test(id) && typeof name === "string" && name.length <= LONGEST && (day === "" || isDay(day))
}

/** @typedef {() => Pick<Storage, "getItem" | "setItem">} Store which may throw where there is none */

/** The place where a browser keeps it. Sites of one host have one storage, so that each has a key of its own. */
export class Kept {
  /** @param {Store} store @param {string} page the address of the site's page of what is followed */
  constructor(store, page) {
    this.store = store
    this.key = `${KEY} ${new URL(page).pathname.replace(/index\.html$/, "")}`
  }

  /** @returns {State} nothing where there is no storage */
  read() {
    try {
      return stateOf(this.store().getItem(this.key))
    } catch {
      return nothing()
    }
  }

  /** @param {State} state @returns {boolean} whether it could be kept */
  write(state) {
    try {
      this.store().setItem(this.key, JSON.stringify(state))
      return true
    } catch {
      return false // a private window, or a full storage
    }
  }
}
