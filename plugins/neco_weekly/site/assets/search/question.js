// What makes a question of words: it stands in no answer.

import { norm } from "./norm.js"

const HEADS = listed(["なぜ どうして どうやって どうすれば"])
const TAILS = listed([
  "とは とは何 って って何 ってなに は何 なぜ はなぜ のはなぜ どうして はどうして",
  "いつ はいつ のはいつ どこ はどこ のはどこ の使い方 使い方 のやり方 やり方 の方法 する方法 方法",
  "するには には のか ですか ますか でしょうか ときは とき 場合は できない できません したい",
  "を知りたい を教えて について",
])
const ASKS = /(?<=[るたいすん])か$/

/**
 * @param {string[]} words normalised
 * @returns {string[]} the words without what only asks: perhaps none
 */
export const withoutQuestion = words => words.map(withoutAsking).filter(Boolean)

/** @param {string} word */
function withoutAsking(word) {
  const head = HEADS.find(it => word.startsWith(it))
  let rest = word.slice(head?.length ?? 0)
  for (;;) {
    const tail = TAILS.find(it => rest.endsWith(it)) ?? ASKS.exec(rest)?.[0]
    if (!tail) return rest
    rest = rest.slice(0, -tail.length)
  }
}

/** Longest first. @param {string[]} lines */
function listed(lines) {
  return lines.flatMap(line => line.split(" ").map(norm)).sort((one, other) => other.length - one.length)
}
