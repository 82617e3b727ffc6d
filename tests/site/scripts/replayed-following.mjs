// Reads what is followed, with what had happened to it, and what each refresh tells, from stdin, and writes what each visit lists: ids, as a reader who
// opens the page once after every refresh finds them.

import { text } from "node:stream/consumers"

import { followed, nothing, stateOf } from "#following/stars.js"
import { listed, visited } from "#following/visits.js"

const { stars, day, documents } = JSON.parse(await text(process.stdin))
let state = nothing()
for (const [id, known] of Object.entries(stars)) state = followed(state, id, { name: id, day }, known)
const found = []
for (const data of documents) {
  state = visited(stateOf(JSON.stringify(state)), data)
  found.push(listed(state, data).map(it => it.id))
}
process.stdout.write(JSON.stringify(found))
