// Filters: `year:2022 sig:node`. Several of one name widen the answer, different names narrow it.

import { norm } from "./norm.js"
import { kepsOf } from "./shard.js"
import { sigName } from "./sigs.js"

/**
 * @typedef {{name: string, value: string, typed: string}} Filter `value` is as in the facets
 * @typedef {import("./shard.js").Page} Page
 * @typedef {import("./shard.js").Section} Section
 * @typedef {import("./shard.js").Kep} Kep
 * @typedef {(value: string, page: Page, section: Section, keps: Kep[]) => boolean} Test
 */

/** A release: `v1.38` is 1.38. */
const RELEASE = /^v?\d+\.\d+$/
/** @param {string} text */
const withoutV = text => text.replace("v", "")

/**
 * How the value of each may be written, what it is then, and which sections it lets through.
 *
 * @type {Record<string, { form: RegExp, value: (text: string) => string, test: Test }>}
 */
const KINDS = {
  year: { form: /^\d{4}$/, value: text => text, test: isOfYear },
  sig: { form: /^(?:sig-)?[a-z][a-z-]*$/, value: sigName, test: hasSig },
  release: { form: RELEASE, value: withoutV, test: hasRelease },
  planned: { form: RELEASE, value: withoutV, test: isPlannedFor },
  stage: { form: /^[a-z]+$/, value: text => (text === "ga" ? "stable" : text), test: hasStage },
  kep: { form: /^(?:kep-?)?#?\d{1,5}$/, value: text => String(Number(text.replace(/\D/g, ""))), test: hasNumber },
  topic: { form: /^[a-z0-9]+(?:-[a-z0-9]+)*$/, value: text => text, test: hasTopic },
  site: {
    form: /^(?:https?:\/\/)?[^/:]+\.[^/:]+\/?$/,
    value: text => text.replace(/^.*:\/\/|\/$/g, ""),
    test: hasSite,
  },
}

/**
 * @param {string} typed a word of a query
 * @returns {Filter | null} null where it is a plain word, a filter with a value of no use among them
 */
export function filterOf(typed) {
  const [, name, text] = norm(typed).match(/^([a-z]+):(.+)$/) ?? []
  const kind = name && Object.hasOwn(KINDS, name) ? KINDS[name] : null
  return kind?.form.test(text) ? { name, value: kind.value(text), typed } : null
}

/**
 * @param {Filter[]} filters @param {Record<string, string[]>} facets what values there are
 * @returns {Filter[]} those that let nothing through
 */
export function unknownOf(filters, facets) {
  return filters.filter(({ name, value }) => facets[name] && !facets[name].includes(value))
}

/**
 * @param {Filter[]} filters @param {import("./shard.js").Shard} shard
 * @returns {Uint8Array | null} 1 for each section that they let through; null where there is nothing to filter
 */
export function passing(filters, { sections, pages, keps }) {
  if (!filters.length) return null
  const names = [...new Set(filters.map(filter => filter.name))]
  const groups = names.map(name => filters.filter(filter => filter.name === name))
  return Uint8Array.from(sections, (section, place) => {
    const page = pages[place]
    const named = page.e ? [page.e] : kepsOf(page, section).map(number => keps[number] ?? {})
    const isIn = groups.every(group => group.some(({ name, value }) => KINDS[name].test(value, page, section, named)))
    return isIn ? 1 : 0
  })
}

/** @type {Test} */
function isOfYear(year, page) {
  return page.d?.startsWith(year) ?? false
}

/** What shipped. @type {Test} */
function hasStage(stage, _page, _section, keps) {
  return keps.some(kep => kep.stage === stage)
}

/** @type {Test} */
function hasSig(sig, page, _section, keps) {
  return keps.some(kep => kep.sig === sig) || (page.k === "sig" && isAbout(page, sig))
}

/** The stage of today came with it. @type {Test} */
function hasRelease(release, page, _section, keps) {
  return keps.some(kep => kep.milestone === `v${release}`) || (page.k === "release" && isAbout(page, release))
}

/** @type {Test} */
function isPlannedFor(release, _page, _section, keps) {
  return keps.some(kep => kep.plan?.release === `v${release}`)
}

/** @type {Test} */
function hasNumber(number, page, section) {
  return page.e?.n === Number(number) || kepsOf(page, section).includes(Number(number))
}

/** @type {Test} */
function hasTopic(topic, _page, section) {
  return section.o?.includes(topic) ?? false
}

/** @type {Test} */
function hasSite(site, _page, section) {
  return (section.c ?? []).some(card => {
    const host = norm(card.split("\n")[1] ?? "")
    return host === site || host.endsWith(`.${site}`)
  })
}

/** @param {Page} page @param {string} name of what its address names */
export const isAbout = (page, name) => page.u.split("/").includes(name)
