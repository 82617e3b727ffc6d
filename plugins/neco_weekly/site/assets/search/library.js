// The files of the index: the manifest, then the shards in its order, each made ready as it arrives.

import { prepared, VERSION } from "./shard.js"
import { Site } from "./site.js"

export const MANIFEST = "index.json" // of the newest build: its name stays, so that pages need not name it

/** @import { Shard } from "./shard.js" */

/**
 * @typedef {{name: string, file: string}} Entry
 * @typedef {{version: number, shards: Entry[], synonyms?: string[][], facets?: Record<string, string[]>, latest?: unknown[]}} Manifest
 * @typedef {(file: string, isFresh: boolean) => Promise<unknown>} Fetch the JSON of a file of the index, asked for anew
 *   if it has to be fresh; rejects where it cannot be had
 *
 * @typedef {object} Outside what a library calls
 * @property {Fetch} fetch
 * @property {(manifest: Manifest) => void} onOpen once, when it is known what there is
 * @property {() => void} onArrival whenever there is more, or an end
 */

export class Library {
  site = new Site()
  /** @type {Entry[] | null} null until there is a manifest */
  #entries = null
  /** @type {Set<Entry>} */
  #loaded = new Set()
  /** @type {Set<Entry | null>} null is the manifest */
  #failed = new Set()
  /** @type {Promise<void> | null} */
  #loading = null
  /** @type {Promise<Manifest | null> | null} */
  #newest = null

  /** @param {Outside} outside */
  constructor(outside) {
    this.outside = outside
  }

  /** How many shards are in. Without a manifest one has failed: nobody knows of how many. */
  get shards() {
    const total = this.#entries?.length ?? this.#failed.size
    return { loaded: this.#loaded.size, failed: this.#failed.size, total }
  }

  get isComplete() {
    const done = this.#loaded.size + this.#failed.size
    return this.#entries ? done === this.#entries.length : done > 0
  }

  /** Load what is not there yet, and what has failed before once more. */
  load() {
    this.#loading ??= this.#loadAll().finally(() => {
      this.#loading = null
    })
    return this.#loading
  }

  async #loadAll() {
    this.#failed.clear()
    this.#newest = null
    if (!this.#entries) {
      const manifest = (await this.#manifest(false)) ?? (await this.#newestManifest())
      if (!manifest) this.#failed.add(null)
      else this.#open(manifest)
    }
    const [first, ...others] = this.#entries?.filter(entry => !this.#loaded.has(entry)) ?? []
    if (first) await this.#take(first, this.#shardOf(first))
    let next = others.length ? this.#shardOf(others[0]) : null // not before: the first rows have the line to themselves
    for (const [place, entry] of others.entries()) {
      const shard = next
      next = place + 1 < others.length ? this.#shardOf(others[place + 1]) : null
      await this.#take(entry, shard)
    }
    if (!first) this.outside.onArrival()
  }

  /** @param {Manifest} manifest */
  #open(manifest) {
    this.#entries = manifest.shards
    this.site = new Site(manifest)
    this.outside.onOpen(manifest)
  }

  /** @param {Entry} entry @param {Promise<Shard | null> | null} promise */
  async #take(entry, promise) {
    const shard = await promise
    if (shard) this.site.shards.push(shard)
    if (shard) this.#loaded.add(entry)
    else this.#failed.add(entry)
    this.outside.onArrival()
  }

  /**
   * A shard, after a deployment that of the newest build; null where neither is sound.
   *
   * @param {Entry} entry
   */
  async #shardOf({ name, file }) {
    const shard = await this.#shardIn(file)
    if (shard) return shard
    const newer = (await this.#newestManifest())?.shards.find(entry => entry.name === name)
    return newer && newer.file !== file ? this.#shardIn(newer.file) : null
  }

  /** @param {string} file @returns {Promise<Shard | null>} */
  #shardIn(file) {
    return this.outside
      .fetch(file, false)
      .then(prepared)
      .catch(() => null) // told as failed
  }

  #newestManifest() {
    this.#newest ??= this.#manifest(true)
    return this.#newest
  }

  /** @param {boolean} isFresh @returns {Promise<Manifest | null>} */
  #manifest(isFresh) {
    return this.outside
      .fetch(MANIFEST, isFresh)
      .then(manifest => (isManifest(manifest) ? manifest : null))
      .catch(() => null)
  }
}

/** @param {unknown} it @returns {it is Record<string, unknown>} */
const isObject = it => typeof it === "object" && it !== null

/** @param {unknown} file @returns {file is Manifest} */
function isManifest(file) {
  /** @param {unknown} value */
  const isText = value => typeof value === "string"
  /** @param {unknown} group */
  const areWords = group => Array.isArray(group) && group.every(isText)
  /** @param {unknown} groups */
  const areGroups = groups => Array.isArray(groups) && groups.every(areWords)
  /** @param {unknown} entry */
  const isEntry = entry => isObject(entry) && isText(entry.name) && isText(entry.file)
  if (!isObject(file) || file.version !== VERSION) return false
  return Array.isArray(file.shards) && file.shards.every(isEntry) && areGroups(file.synonyms ?? [])
}
