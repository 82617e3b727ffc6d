// How well each section answers: BM25 over sections, with what stands above a section counting a little for it.

import { find, noHits } from "./find.js"
import {
  ABOVE_WORTH,
  BM25_LENGTH,
  BM25_SATURATION,
  ENOUGH_MEANT,
  HEADING_WORTH,
  MENTION_WORTH,
  RARITY_SMOOTHING,
  ROUNDING,
} from "./ranking-weights.js"

/**
 * @import { Clause, Way } from "./clauses.js"
 * @import { Hits } from "./find.js"
 * @import { Shard } from "./shard.js"
 */

/**
 * @typedef {object} Found
 * @property {Shard} shard @property {number} section its place there
 * @property {number} score
 *
 * @typedef {object} Asked what sections are measured by
 * @property {Clause[]} clauses
 * @property {number[]} weights of the clauses, with how rare each is
 * @property {number} whole weight of the query
 * @property {number} needed so much of it has to be there
 * @property {number} usual letters of a section
 */

/**
 * @param {Clause[]} clauses
 * @param {Shard[]} shards
 * @param {boolean} isStrict every clause must be there; else half of their weight
 * @param {Map<Shard, Uint8Array | null>} passes which sections the filters let through
 * @returns {Found[]} in no order
 */
export function scored(clauses, shards, isStrict, passes) {
  const parts = shards.map(shard => ({ shard, hits: clauses.map(clause => hitsOf(shard, clause)) }))
  const total = shards.reduce((sum, shard) => sum + shard.sections.length, 0)
  const letters = shards.reduce((sum, shard) => sum + shard.letters, 0)
  const counts = clauses.map((_, i) => parts.reduce((sum, { hits }) => sum + hits[i].count, 0))
  const rarity = counts.map(count => Math.log(1 + (total + RARITY_SMOOTHING) / (count + RARITY_SMOOTHING)))
  const weights = clauses.map(({ weight, extra = 0 }, i) => (weight + extra) * rarity[i])
  const whole = clauses.reduce((sum, clause) => sum + clause.weight, 0)
  const asked = {
    clauses,
    weights,
    whole,
    needed: whole * (isStrict ? 1 : ENOUGH_MEANT) - ROUNDING,
    usual: letters / total,
  }
  return parts.flatMap(({ shard, hits }) => inShard(shard, hits, asked, passes.get(shard) ?? null))
}

/** @param {Shard} shard @param {Hits[]} hits @param {Asked} asked @param {Uint8Array | null} passes */
function inShard(shard, hits, { clauses, weights, whole, needed, usual }, passes) {
  /** @type {Found[]} */
  const found = []
  const above = hits.map(it => inherited(it, shard.parents))
  for (let section = 0; section < shard.parents.length; section++) {
    if (passes && !passes[section]) continue
    const softness = BM25_SATURATION * (1 - BM25_LENGTH + (BM25_LENGTH * shard.lengths[section]) / usual)
    let score = 0
    let covered = 0
    let own = 0
    for (let i = 0; i < hits.length; i++) {
      const hit = hits[i][section]
      if (hit > 0) {
        own += clauses[i].weight
        covered += clauses[i].weight
        score += (weights[i] * hit * (BM25_SATURATION + 1)) / (hit + softness)
      } else if (above[i][section]) {
        covered += clauses[i].weight
        score += weights[i] * ABOVE_WORTH
      }
    }
    if (own > 0 && covered >= needed) found.push({ shard, section, score: (score * covered) / whole })
  }
  return found
}

/** 1 for each section that stands below one with the word. @param {Hits} hits @param {Int32Array} parents */
function inherited(hits, parents) {
  const above = new Uint8Array(hits.length)
  if (hits.count === 0) return above
  for (let section = 0; section < hits.length; section++) {
    const parent = parents[section]
    if (parent >= 0 && (hits[parent] > 0 || above[parent])) above[section] = 1
  }
  return above
}

/** @param {Shard} shard @param {Clause} clause @returns {Hits} */
export function hitsOf(shard, clause) {
  const inShards = known.get(clause) ?? new Map()
  const hits = inShards.get(shard) ?? combined(shard, clause.ways)
  known.set(clause, inShards.set(shard, hits))
  return hits
}

/** @type {WeakMap<Clause, Map<Shard, Hits>>} for as long as somebody asks */
const known = new WeakMap()

/** @param {Shard} shard @param {Way[]} ways @returns {Hits} */
function combined(shard, ways) {
  const all = ways.map(({ word, kep = -1, worth }) => ({
    hits: word ? find(shard, word) : mentions(shard, kep),
    worth,
  }))
  if (all.length === 1 && all[0].worth === 1) return all[0].hits
  const best = noHits(shard.sections.length)
  for (const { hits, worth } of all) {
    if (hits.count === 0) continue
    for (let section = 0; section < best.length; section++)
      best[section] = Math.max(best[section], hits[section] * worth)
  }
  best.count = best.reduce((count, hit) => count + Number(hit > 0), 0)
  return best
}

/** @param {Shard} shard @param {number} kep @returns {Hits} */
function mentions(shard, kep) {
  const hits = noHits(shard.sections.length)
  for (const section of shard.mentions.get(kep) ?? []) {
    hits[section] = shard.about[section].includes(kep) ? HEADING_WORTH : MENTION_WORTH
  }
  hits.count = shard.mentions.get(kep)?.length ?? 0
  return hits
}
