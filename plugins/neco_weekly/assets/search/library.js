// The files of the index: the manifest, then the shards in its order, each made ready as it arrives.

import { prepared, VERSION } from "./shard.js"
import { Site } from "./site.js"

const FALLBACK = "index.json" // of the newest build, where the one that the page names is gone

/**
 * @typedef {{name: string, file: string}} Entry
 * @typedef {{version: number, shards: Entry[], synonyms?: string[][], facets?: Record<string, string[]>}} Manifest
 * @typedef {(file: string, isFresh: boolean) => Promise<unknown>} Fetch the JSON of a file of the index, past every cache
 *   if it has to be fresh; rejects where it cannot be had
 */

export class Library {
  site = new Site()
  /** @type {Entry[] | null} null until there is a manifest */
  #entries = null
  #loaded = new Set()
  #failed = new Set()
  /** @type {Promise<void> | null} */
  #loading = null
  /** @type {Promise<Manifest | null> | null} */
  #newest = null

  /**
   * @param {string} manifest its file
   * @param {{fetch: Fetch, onOpen: (facets: Record<string, string[]>) => void, onArrival: () => void}} outside what to
   *   call once when it is known what there is, and whenever there is more or an end
   */
  constructor(manifest, { fetch, onOpen, onArrival }) {
    Object.assign(this, { manifest, fetch, onOpen, onArrival })
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
    this.#loading ??= this.#loadAll().finally(() => (this.#loading = null))
    return this.#loading
  }

  async #loadAll() {
    this.#failed.clear()
    this.#newest = null
    if (!this.#entries) {
      const manifest = (await this.#manifestIn(this.manifest, false)) ?? (await this.#newestManifest())
      if (!manifest) this.#failed.add(FALLBACK)
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
    if (!first) this.onArrival()
  }

  #open({ shards, synonyms, facets }) {
    this.#entries = shards
    this.site = new Site({ synonyms, facets })
    this.onOpen(this.site.facets)
  }

  async #take(entry, promise) {
    const shard = await promise
    if (shard) this.site.shards.push(shard)
    ;(shard ? this.#loaded : this.#failed).add(entry)
    this.onArrival()
  }

  /** A shard, after a deployment that of the newest build; null where neither is sound. */
  async #shardOf({ name, file }) {
    const shard = await this.#shardIn(file)
    if (shard) return shard
    const newer = (await this.#newestManifest())?.shards.find(entry => entry.name === name)
    return newer && newer.file !== file ? this.#shardIn(newer.file) : null
  }

  #shardIn(file) {
    return this.fetch(file, false)
      .then(prepared)
      .catch(() => null) // told as failed
  }

  #newestManifest() {
    this.#newest ??= this.#manifestIn(FALLBACK, true)
    return this.#newest
  }

  #manifestIn(file, isFresh) {
    return this.fetch(file, isFresh)
      .then(manifest => (isManifest(manifest) ? manifest : null))
      .catch(() => null)
  }
}

function isManifest(file) {
  const isText = value => typeof value === "string"
  const areWords = group => Array.isArray(group) && group.every(isText)
  const areGroups = groups => Array.isArray(groups) && groups.every(areWords)
  const areEntries = entries =>
    Array.isArray(entries) && entries.every(entry => isText(entry?.name) && isText(entry.file))
  return file?.version === VERSION && areEntries(file.shards) && areGroups(file.synonyms ?? [])
}
