// Answers queries for tests: JSON on standard input, {manifest, shards, queries}, and what a reader would see on standard
// output: for each query the addresses of the rows shown in each group, and the milliseconds it took.

import { readFileSync } from "node:fs"

import { answer } from "#search/engine.js"
import { prepared } from "#search/shard.js"
import { Site } from "#search/site.js"

const { manifest, shards, queries } = JSON.parse(readFileSync(0, "utf-8"))
const site = new Site(manifest)
const began = performance.now()
for (const shard of shards) site.shards.push(prepared(shard))
const prepare = performance.now() - began

/** The page's own row, and the others down to the first that has a lower score than the first of all: as the theme draws them. */
function shown(group) {
  const rows = [...group]
  const [own] = rows.splice(
    rows.findIndex(row => !row.location.includes("#")),
    1,
  )
  const end = rows.findIndex(row => row.score < group[0].score)
  return [own, ...(end < 0 ? rows : rows.slice(0, end))].map(row => row.location)
}

const answers = queries.map(query => {
  const before = performance.now()
  const { items, total } = answer(query, site)
  const took = performance.now() - before
  return { groups: items.map(shown), total, took }
})
process.stdout.write(JSON.stringify({ answers, prepare }))
