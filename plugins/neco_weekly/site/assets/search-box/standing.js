// Where a KEP stands, in words: what shipped and what is only planned, never one told as the other.

import { filled } from "./words.js"

/**
 * @import { Standing } from "../search/results.js"
 * @import { Words } from "./words.js"
 */

/** @param {Standing} standing @param {Words} words @returns {string} how a proposal ended and what shipped; empty for neither */
export function reachedOf({ stage, milestone, ended }, words) {
  const shipped = stage ? [words.stages[stage] ?? stage, milestone].filter(Boolean).join(" ") : ""
  if (!ended) return shipped
  const status = words.ended[ended] ?? ended
  return shipped ? filled(words.closed, { status, stage: shipped }) : status
}

/** @param {Standing} standing @param {Words} words @returns {string} empty where nothing is planned */
export function planOf({ plan }, words) {
  return plan ? filled(words.plan, { stage: words.stages[plan.stage] ?? plan.stage, release: plan.release }) : ""
}
