// What a KEP is in a release, from the attribute of a row: `1.33:beta:off 1.36:stable:on 1.37:planned:stable`.

import { filled } from "../compare/filled.js"

/** @import { Words } from "./words.js" */

/** @param {string} release @returns {number[]} in whose order releases are */
const order = release => release.split(".").map(Number)

/** @param {string} one @param {string} other @returns {boolean} whether a release is the other, or older */
function isUntil(one, other) {
  const [[major, minor], [otherMajor, otherMinor]] = [order(one), order(other)]
  return major < otherMajor || (major === otherMajor && minor <= otherMinor)
}

/**
 * A release that is as the one before is left out.
 *
 * @param {string} told @param {string} release @returns {string[]} `["beta", "off"]`; empty where nothing is told of it
 */
export function stateIn(told, release) {
  const steps = told.split(" ").map(step => step.split(":"))
  const until = steps.filter(([since]) => since && isUntil(since, release))
  return until.pop()?.slice(1) ?? []
}

/** @param {string[]} state @param {Words} words @returns {string} as the table of releases says it without a script */
export function stateText([kind = "unknown", more = ""], words) {
  if (kind === "planned") {
    return more ? filled(words.planned, { stage: words.stages[more] ?? more }) : (words.kinds.unplanned ?? "")
  }
  const stage = words.stages[kind]
  if (!stage) return words.kinds[kind] ?? ""
  return more ? filled(words.state, { stage, default: words.defaults[more] ?? more }) : stage
}

/** @param {string} told @param {string} release @param {Words} words @returns {string} `In v1.33: beta, off by default` */
export const lineOf = (told, release, words) =>
  filled(words.at, { release: `v${release}`, state: stateText(stateIn(told, release), words) })
