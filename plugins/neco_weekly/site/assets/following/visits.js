// What changed since the last visit: ids decide, not days, since what happened may become known only weeks later. Days
// decide of what came between the choice and the first visit, but for KEPs, whose pages say what they know.

/**
 * @import { Star, State } from "./stars.js"
 *
 * @typedef {object} Change a thing that happened
 * @property {string} id @property {string} day @property {string} kind
 * @property {number[]} keps @property {string} text
 *
 * @typedef {object} Data api/changes.json, as far as it is read here
 * @property {string} generated the day up to which all is known @property {string} since what lay before is left out
 * @property {Change[]} changes
 * @property {Record<string, { title: string | null, sig: string | null, url: string | null }>} keps
 * @property {{ id: string, day: string, topic: string, text: string, url: string }[]} releases
 * @property {{ day: string, title: string, url: string, keps: number[], sigs: string[], topics: string[] }[]} issues
 * @property {Record<string, (number | string)[]>} pages what has a page: `keps`, `sigs`, `topics`
 *
 * @typedef {object} Thing a line of the list
 * @property {string} id @property {string} day @property {string} text
 * @property {string} url where it is told, relative to the site's root; empty where nowhere
 * @property {string[]} about what it is about, of all that can be followed: `kep/127`
 * @property {string[]} names of KEPs that it is about
 * @property {boolean} isChange whether the page of a KEP has its id
 * @property {boolean} isShipped whether it came, or did not come, with a release; else it is of plans, or is no change
 */

/** The kinds of changes that are of releases, as in `changes.schema.json`. */
const SHIPPED = ["shipped", "default", "setback", "missed"]

/** Where a KEP is told of that has no page here: its issue. */
export const ELSEWHERE = "https://github.com/kubernetes/enhancements/issues/"

/** @param {Data} data @returns {Thing[]} what happened, the newest first */
export function things(data) {
  const changes = data.changes.map(it => {
    const url = it.keps.map(number => data.keps[number]?.url).find(Boolean) ?? `${ELSEWHERE}${it.keps[0]}`
    const names = it.keps.map(number => nameOf(number, data))
    const [about, isShipped] = [aboutKeps(it.keps, data), SHIPPED.includes(it.kind)]
    return { id: it.id, day: it.day, text: it.text, url, about, names, isChange: true, isShipped }
  })
  const other = { names: [], isChange: false, isShipped: false }
  const releases = data.releases.map(it => ({ ...it, ...other, about: [`topic/${it.topic}`] }))
  const issues = data.issues.map(it => ({
    id: `issue/${it.url}`,
    day: it.day,
    text: it.title,
    url: it.url,
    about: [
      ...it.keps.map(number => `kep/${number}`),
      ...it.sigs.map(name => `sig/${name}`),
      ...it.topics.map(slug => `topic/${slug}`),
    ],
    ...other,
  }))
  return [...changes, ...releases, ...issues].sort((one, other) =>
    one.day < other.day ? 1 : one.day > other.day ? -1 : 0,
  )
}

/** @param {number[]} keps @param {Data} data */
const aboutKeps = (keps, data) =>
  keps.flatMap(number => {
    const sig = data.keps[number]?.sig
    return sig ? [`kep/${number}`, `sig/${sig}`] : [`kep/${number}`]
  })

/** @param {number} number @param {Data} data */
function nameOf(number, data) {
  const title = data.keps[number]?.title
  return title ? `KEP-${number}: ${title}` : `KEP-${number}`
}

/**
 * A visit tells each thing once. Its list stays until the data of a later day are there, so that it can be read again.
 *
 * @param {State} state @param {Data} data @returns {State} after the visit, which lists `shown`
 */
export function visited(state, data) {
  const mine = things(data).filter(it => it.about.some(id => Object.hasOwn(state.stars, id)))
  const fresh = mine.filter(
    it => !Object.hasOwn(state.seen, it.id) && it.about.some(id => isLater(it, state.stars[id])),
  )
  const isNext = data.generated > state.until
  // Ids of what the data do not reach back to any more cannot come again; others may go and come back.
  const kept = Object.entries(state.seen).filter(([, day]) => day > data.since)
  const stars = Object.entries(state.stars).map(([id, { name }]) => [id, { name, day: "" }])
  return {
    stars: Object.fromEntries(stars),
    seen: { ...Object.fromEntries(kept), ...Object.fromEntries(mine.map(it => [it.id, it.day])) },
    shown: [...fresh.map(it => it.id), ...(isNext ? [] : state.shown)],
    until: isNext ? data.generated : state.until,
    since: isNext ? state.until : state.since,
  }
}

/** @param {Thing} thing @param {Star | undefined} star none: it is not followed */
const isLater = (thing, star) =>
  star !== undefined && (star.day === "" || thing.day > star.day || (thing.isChange && star.counted === true))

/** @param {State} state after a visit @param {Data} data @returns {Thing[]} what the visit lists: what is still followed */
export function listed(state, data) {
  const shown = new Set(state.shown)
  return things(data).filter(it => shown.has(it.id) && it.about.some(id => Object.hasOwn(state.stars, id)))
}
