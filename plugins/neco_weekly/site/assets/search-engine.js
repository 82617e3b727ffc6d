// Joined by scripts/bundle-search from the modules in search/: change those.
(() => {
const DASH = "[\\u2010-\\u2015\\u2212]"
const JAPANESE = "[\\u3001-\\u9fff\\uf900-\\ufaff]"
const INVISIBLE = "[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]"
const VOICED = {
...{ ゔぁ: "ば", ゔぃ: "び", ゔぇ: "べ", ゔぉ: "ぼ", ゔ: "ぶ" },
...{ ヴァ: "バ", ヴィ: "ビ", ヴェ: "ベ", ヴォ: "ボ", ヴ: "ブ" },
}
const LARGE = {
...byLetter("ぁぃぅぇぉっゃゅょゎぢづ", "あいうえおつやゆよわじず"),
...byLetter("ァィゥェォッャュョヮヵヶヂヅ", "アイウエオツヤユヨワカケジズ"),
}
const RULES = [
[new RegExp(INVISIBLE, "g"), ""],
[/[^\S\n]+|[\0-\x09\x0b-\x1f\x7f]+/g, " "],
[/ς/g, "σ"],
[/[‘’]/g, "'"],
[/[“”]/g, '"'],
[/〜/g, "~"],
[new RegExp(DASH, "g"), "-"],
[/(?<=[ぁ-ヺ])(?:ー|-(?![a-z0-9]))+/g, ""],
[/ー/g, "-"],
[/(?<=[ふフ][ぇェえエ])[いイ]/g, ""],
[/[ゔヴ][ぁぃぇぉァィェォ]?/g, VOICED],
[/[ぁぃぅぇぉっゃゅょゎぢづァィゥェォッャュョヮヵヶヂヅ]/g, LARGE],
[/[・「」『』]/g, ""],
[new RegExp(`(?<=${JAPANESE}) (?![ァ-ヺ])|(?<![ァ-ヺ]) (?=${JAPANESE})`, "g"), ""],
]
const CLUSTERS = /[ -~、。ぁ-ゔァ-ヴー一-鿿]+(?![\p{M}ﾞﾟ])|[^][\p{M}ﾞﾟᅠ-ᇿﾠ-ￜ]*/gu
function norm(text) {
let result = composed(text)
for (const [pattern, to] of RULES) result = result.replace(pattern, typeof to === "string" ? to : found => to[found])
return result
}
function normWithPlaces(original) {
let text = ""
let at = []
for (const { 0: cluster, index } of original.matchAll(CLUSTERS)) {
const letters = composed(cluster)
const isSame = letters.length === cluster.length
for (let i = 0; i < letters.length; i++) at.push(isSame ? index + i : index)
text += letters
}
at.push(original.length)
for (const [pattern, to] of RULES) ({ text, at } = rewritten(text, at, pattern, to))
return { text, at }
}
function originalPlace(original, at, start, end) {
const letters = original.slice(at[start], at[end]).replace(/[\s・「」『』]+$/, "")
return [at[start], at[start] + letters.length]
}
function rewritten(text, at, pattern, to) {
let result = ""
let end = 0
const places = []
for (const { 0: found, index } of text.matchAll(pattern)) {
const letters = typeof to === "string" ? to : to[found]
result += text.slice(end, index) + letters
while (end < index) places.push(at[end++])
for (let i = 0; i < letters.length; i++) places.push(at[index])
end = index + found.length
}
if (end === 0) return { text, at }
result += text.slice(end)
while (end < at.length) places.push(at[end++])
return { text: result, at: places }
}
const composed = text => text.normalize("NFKC").toLowerCase()
function kana(text) {
const codes = new Uint16Array(text.length)
for (let i = 0; i < codes.length; i++) {
const code = text.charCodeAt(i)
codes[i] = code >= 0x3041 && code <= 0x3096 ? code + 0x60 : code
}
return UTF16.decode(codes)
}
const UTF16 = new TextDecoder("utf-16le", { ignoreBOM: true })
function byLetter(from, to) {
return Object.fromEntries([...from].map((letter, place) => [letter, to[place]]))
}
const ENDINGS = "ies|es|s|ed|e|ings?|y|ions?"
const WORD = new RegExp(`^([a-z]{3,}?)(?:${ENDINGS})$`)
const REST = new RegExp(`^(?:${ENDINGS})?$`)
function stemOf(word) {
const stem = word.endsWith("ss") ? null : word.match(WORD)?.[1].replace(/([bdgmnprt])\1$/, "$1")
return stem && /[aeiouy]/.test(stem) ? stem : null
}
function endsAlike(stem, rest) {
return REST.test(rest) || (rest[0] === stem.at(-1) && REST.test(rest.slice(1)))
}
const STEM = 0.8
const UNFINISHED = 0.5
const SIDE_BY_SIDE = 1
const SHORT_WORD = /^[ァ-ヺ]{1,2}$/
const WAITING = /(?<=[ぁ-ゖ])[a-z]{1,2}$/
function wordOf(text, { edges = 0, isStem = false, isOpen = false } = {}) {
return { text, kana: kana(text), edges, isStem, isOpen }
}
function asTyped(terms) {
const clauses = terms.map(({ text, kep, typed }) => ({ ways: [...waysOfKep(kep), ...waysOf(text)], weight: 1, typed }))
const pairs = terms.slice(1).map((term, i) => [terms[i].text, term.text]).filter(pair => pair.every(Boolean))
return [...clauses, ...pairs.map(pair => sideBySide(waysTogether(pair), pair.join(" ")))]
}
function waysTogether(pair) {
const apart = norm(pair.join(" "))
const texts = new Set([apart, apart.replace(/(?<=[ァ-ヺ]) (?=[ァ-ヺ])/, "")])
return [...texts].map(text => ({ word: wordOf(text), worth: 1 }))
}
function waysOf(text, edges = 0) {
if (!text) return []
const stem = stemOf(text)
return [
{ word: wordOf(text, { edges: Math.max(edges, SHORT_WORD.test(text) ? 1 : 0) }), worth: 1 },
...(stem ? [{ word: wordOf(stem, { edges, isStem: true }), worth: STEM }] : []),
...(WAITING.test(text) ? [{ word: wordOf(text.replace(WAITING, "")), worth: UNFINISHED }] : []),
]
}
const sideBySide = (ways, typed) => ({ ways, weight: 0, extra: SIDE_BY_SIDE, typed })
const waysOfKep = kep => (kep === null ? [] : [{ kep, worth: 1 }])
const VERSION = 1
const HEADING = 0
const CARDS = 2
const WORTH = [2.3, 1, 0.7, 0.8, 0.25]
const FIELDS = WORTH.length
function prepared(file) {
expect(file?.version === VERSION && Array.isArray(file.pages), "shard of this version")
const rows = file.pages.flatMap(rowsOf)
const shard = {
name: file.name,
keps: file.keps ?? {},
pages: rows.map(row => row.page),
sections: rows.map(row => row.section),
parents: Int32Array.from(rows, (row, place) => (row.above ? place - row.above : -1)),
about: rows.map(row => aboutOf(row.page, row.section)),
mentions: mentionsOf(rows),
found: new Map(),
}
const text = norm(rows.flatMap((_, place) => fieldsOf(shard, place)).map(asLine).join(""))
const ends = endsOf(text, rows.length * FIELDS)
const lengths = lengthsOf(ends)
return { ...shard, text, kana: kana(text), ends, lengths, letters: lengths.reduce((sum, length) => sum + length, 0) }
}
function fieldsOf({ pages, sections, about, keps }, place) {
const page = pages[place]
const section = sections[place]
const own = about[place]
const others = kepsOf(page, section).filter(number => !own.includes(number))
const names = number => namesOf(page.e?.n === number ? page.e : keps[number])
const day = isFirst(page, section) && page.d ? [page.d] : []
const words = [...day, ...own.flatMap(names)]
return [headingOf(page, section), section.x ?? "", ...[section.c ?? [], words, others.flatMap(names)].map(it => it.join(" "))]
}
const headingOf = (page, section) => section.h || (isFirst(page, section) ? page.t : "")
const kepsOf = (page, section) => section.q ?? (isFirst(page, section) && page.e ? [page.e.n] : [])
function rowsOf(page) {
expect(isText(page?.u) && isText(page.t) && Array.isArray(page.s) && page.s.length > 0, "page")
const open = []
return page.s.map((section, place) => {
expect([section.a, section.h, section.x].every(text => isText(text ?? "")), "section")
while (open.length > 1 && levelOf(section) <= levelOf(page.s[open.at(-1)])) open.pop()
const above = open.length ? place - open.at(-1) : 0
open.push(place)
return { page, section, above }
})
}
function aboutOf(page, section) {
if (isFirst(page, section)) return page.e ? [page.e.n] : []
if (!section.q) return []
const numbers = ((section.h ?? "").normalize("NFKC").match(/\d+/g) ?? []).map(Number)
return section.q.filter(number => numbers.includes(number))
}
function mentionsOf(rows) {
const mentions = new Map()
rows.forEach(({ page, section }, place) => {
for (const number of kepsOf(page, section)) mentions.set(number, [...(mentions.get(number) ?? []), place])
})
return mentions
}
const isFirst = (page, section) => section === page.s[0]
const namesOf = kep => (kep ? [kep.title ?? "", ...(kep.gates ?? []), kep.sig ?? ""] : [])
const levelOf = section => section.l ?? 2
const isText = value => typeof value === "string"
const asLine = text => `${text.replaceAll("\n", " ")}\n`
function expect(isSo, what) {
if (!isSo) throw new TypeError(`no ${what}`)
}
function endsOf(text, count) {
const ends = new Int32Array(count)
for (let field = 0, end = -1; field < count; field++) ends[field] = end = text.indexOf("\n", end + 1)
return ends
}
function lengthsOf(ends) {
const start = section => (section ? ends[section * FIELDS - 1] : -1)
return Int32Array.from({ length: ends.length / FIELDS }, (_, section) => ends[section * FIELDS + CARDS] - start(section))
}
const KINDS = {
year: { form: /^\d{4}$/, value: text => text, test: isOfYear },
sig: { form: /^(?:sig-)?[a-z][a-z-]*$/, value: text => `sig-${text.replace(/^sig-/, "")}`, test: hasSig },
release: { form: /^v?\d+\.\d+$/, value: text => text.replace("v", ""), test: hasRelease },
stage: { form: /^[a-z]+$/, value: text => (text === "ga" ? "stable" : text), test: hasStage },
kep: { form: /^(?:kep-?)?#?\d{1,5}$/, value: text => String(Number(text.match(/\d+/)[0])), test: hasNumber },
site: { form: /^(?:https?:\/\/)?[^/:]+\.[^/:]+\/?$/, value: text => text.replace(/^.*:\/\/|\/$/g, ""), test: hasSite },
}
function filterOf(typed) {
const [, name, text] = norm(typed).match(/^([a-z]+):(.+)$/) ?? []
const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : null
return kind?.form.test(text) ? { name, value: kind.value(text), typed } : null
}
function unknownOf(filters, facets) {
return filters.filter(({ name, value }) => facets[name] && !facets[name].includes(value))
}
function passing(filters, { sections, pages, keps }) {
if (!filters.length) return null
const names = [...new Set(filters.map(filter => filter.name))]
const groups = names.map(name => filters.filter(filter => filter.name === name))
return Uint8Array.from(sections, (section, place) => {
const page = pages[place]
const named = page.e ? [page.e] : kepsOf(page, section).map(number => keps[number] ?? {})
return groups.every(group => group.some(({ name, value }) => KINDS[name].test(value, page, section, named)))
})
}
function isOfYear(year, page) {
return page.d?.startsWith(year) ?? false
}
function hasStage(stage, _page, _section, keps) {
return keps.some(kep => kep.stage === stage)
}
function hasSig(sig, page, _section, keps) {
return keps.some(kep => kep.sig === sig) || (page.k === "sig" && isAbout(page, sig))
}
function hasRelease(release, page, _section, keps) {
return keps.some(kep => kep.milestone === `v${release}`) || (page.k === "release" && isAbout(page, release))
}
function hasNumber(number, page, section) {
return page.e?.n === Number(number) || kepsOf(page, section).includes(Number(number))
}
function hasSite(site, _page, section) {
return (section.c ?? []).some(card => {
const host = norm(card.split("\n")[1] ?? "")
return host === site || host.endsWith(`.${site}`)
})
}
const isAbout = (page, name) => page.u.split("/").includes(name)
const NAME = "(?:keps?|けp|ケツプ|enhancements?)"
const PATH = "(?:[a-z0-9.:/_-]+/)?(?:(?:enhancements|features)(?:/issues/|[/#])|(?:kep|features)\\.k8s\\.io/|sig-[a-z-]+/)"
const FORMS = `${PATH}|${NAME}[ :=._/-]*(?:no[. ]*|番号[ :]*)?#?|#`
const ENDS = "(?:-[a-z0-9/.-]+|[?#][a-z][^ ]*|番)?"
const DIGITS = "0*(\\d{1,5})(?![\\d.]*\\d)"
const REFERENCE = new RegExp(`(?<![a-z0-9])(?:(?:${FORMS})${DIGITS}${ENDS}|(?<!\\.)0*(\\d{1,5}) ?の ?(?:keps?|けp))`, "g")
function kepReferences(text) {
const numbers = []
const rest = text.replace(REFERENCE, (_, behind, before) => {
numbers.push(Number(behind ?? before))
return " "
})
return { numbers, rest }
}
const bareNumber = word => (/^\d{1,5}$/.test(word) ? Number(word) : null)
const isNameOfKep = word => /^keps?$/.test(word)
const namesOfKep = number => new RegExp(`(?:keps?[ -]*#?|#)?(?<![\\d.])0*${number}(?![\\d.]*\\d)`, "g")
const OTHER = 0
const LATIN = 1
const DIGIT = 2
const HIRAGANA = 3
const KATAKANA = 4
const HAN = 5
function scriptOf(code) {
if (code < 0x80) return code >= 0x61 && code <= 0x7a ? LATIN : code >= 0x30 && code <= 0x39 ? DIGIT : OTHER
if (code >= 0x3041 && code <= 0x3096) return HIRAGANA
if (code >= 0x30a1 && code <= 0x30fc) return KATAKANA
if ((code >= 0x3400 && code <= 0x9fff) || code === 0x3005 || (code >= 0xf900 && code <= 0xfaff)) return HAN
return code >= 0xc0 && code <= 0x1fff ? LATIN : OTHER
}
function goesOn(inner, outer) {
const script = scriptOf(inner)
return script !== OTHER && script !== HIRAGANA && scriptOf(outer) === script
}
function synonymsOf(groups) {
const others = new Map()
for (const words of groups.map(group => group.map(norm))) {
for (const word of words) {
others.set(word, [...(others.get(word) ?? []), ...words.filter(other => other !== word)])
}
}
return new Map([...others].sort(([one], [other]) => other.length - one.length))
}
function cutAtSynonyms(text, synonyms) {
for (const [word, others] of synonyms) {
for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
const end = endOf(text, at, word)
if (end < 0) continue
const [before, after] = [text.slice(0, at), text.slice(end)]
return [...cutAtSynonyms(before, synonyms), { text: text.slice(at, end), others }, ...cutAtSynonyms(after, synonyms)]
}
}
return text ? [{ text }] : []
}
function endOf(text, at, word) {
const plural = isLatin(word.at(-1)) ? /^e?s(?![a-z])/.exec(text.slice(at + word.length)) : null
const end = at + word.length + (plural?.[0].length ?? 0)
const startsInside = goesOn(text.charCodeAt(at), text.charCodeAt(at - 1))
const endsInside = goesOn(text.charCodeAt(end - 1), text.charCodeAt(end))
const isWhole = isLatin(word[0]) || isLatin(word.at(-1)) ? !startsInside && !endsInside : !(startsInside && endsInside)
return isWhole ? end : -1
}
const isLatin = letter => scriptOf(letter.charCodeAt(0)) === LATIN
const SYNONYM = 0.7
const APART = 0.8
const PART = 0.5
const SLIPS = [1, 0.6, 0.4]
const SHORT = 0.6
const PARTICLE = 0.15
const SHORTEST = 3
const STOP_WORDS = new Set("a an and as at by for from in is of on or the to with".split(" "))
const LETTER = "[a-z\\u00c0-\\u1fff]"
const PIECES = new RegExp(
[
`${LETTER}(?:${LETTER}|\\d+(?!\\.?\\d))*`,
"\\d+(?:\\.\\d+)*",
"[ァ-ヺ]+",
"[㐀-鿿々]{2,}",
"[㐀-鿿々][ぁ-ゖ]?",
"[ぁ-ゖ]{3,}",
].join("|"),
"g",
)
function asMeant(terms, site) {
const isKep = term => term.kep !== null
const text = terms.filter(term => !isKep(term)).map(term => term.text).join(" ")
const parts = cutAtSynonyms(text, site.synonyms)
return [
...terms.filter(isKep).map(term => begun(term, site)),
...parts.flatMap(({ text, others }) => (others ? [synonymous(text, others)] : meanings(text, site))),
]
}
const piecesOf = text => text.match(PIECES) ?? []
function begun(term, site) {
const [clause] = asTyped([term])
const longer = site.mentions(term.kep) ? [] : site.kepsFrom(term.kep)
return { ...clause, ways: [...clause.ways, ...longer.map(kep => ({ kep, worth: PART }))] }
}
function synonymous(text, others) {
const isEnglish = other => /^[a-z]|[a-z]$/.test(other)
const ways = others.flatMap(other => waysOf(other, isEnglish(other) ? 2 : 1))
const clause = { ways: waysOf(text), weight: 1, typed: text }
return withWays(clause, ways.map(way => ({ ...way, worth: way.worth * SYNONYM })))
}
function meanings(text, site) {
return piecesOf(text).flatMap(piece => {
const clause = { ways: waysOf(piece), weight: weightOf(piece), typed: piece }
const isFound = clause.ways.some(({ word }) => site.count(word) > 0)
const meant = isFound ? null : UNKNOWN[scriptOf(piece.charCodeAt(0))]
return meant?.(clause, site, text) ?? [clause]
})
}
function weightOf(piece) {
const isEnding = letter => scriptOf(letter.charCodeAt(0)) === HIRAGANA
if (isEnding(piece[0]) || STOP_WORDS.has(piece)) return PARTICLE
return piece.length === 1 || (piece.length === 2 && isEnding(piece[1])) ? SHORT : 1
}
const UNKNOWN = {
[LATIN]: (clause, site, text) => inWords(clause, site) ?? misspelt(clause, site, text),
[KATAKANA]: (clause, site, text) => inWords(clause, site) ?? misspelt(clause, site, text) ?? inParts(clause, 3),
[HIRAGANA]: (clause, site, text) => (clause.typed.length > SHORTEST ? misspelt(clause, site, text) : null),
[HAN]: clause => inParts(clause, 2) ?? [withWays(clause, [{ word: wordOf(clause.typed[0]), worth: PART }])],
[DIGIT]: clause => [withWays(clause, [{ word: wordOf(clause.typed, { isOpen: true }), worth: PART }])],
}
const withWays = (clause, ways) => ({ ...clause, ways: [...clause.ways, ...ways] })
function inWords(clause, site) {
const words = apart(clause.typed, site)
const ways = word => [{ word: wordOf(word, { edges: 1 }), worth: APART }]
return words && words.map(word => ({ ...clause, ways: ways(word), weight: clause.weight / words.length }))
}
function apart(text, site) {
if (site.knows(text)) return [text]
for (let end = text.length - SHORTEST; end >= SHORTEST; end--) {
const rest = site.knows(text.slice(0, end)) ? apart(text.slice(end), site) : null
if (rest) return [text.slice(0, end), ...rest]
}
return null
}
function misspelt(clause, site, text) {
const near = site.nearest(kana(clause.typed))
if (!near.length) return null
const worth = ({ word, slips }) => SLIPS[slips] * Math.min(1, clause.typed.length / word.length)
const corrected = near.map(it => ({ word: wordOf(text.replace(clause.typed, it.word)), worth: worth(it) }))
const instead = withWays(clause, near.map(it => ({ word: wordOf(it.word, { edges: 2 }), worth: worth(it) })))
return text === clause.typed ? [instead] : [instead, sideBySide(corrected, clause.typed)]
}
function inParts(clause, size) {
const count = clause.typed.length - size + 1
if (count < 2) return null
const parts = Array.from({ length: count }, (_, i) => clause.typed.slice(i, i + size))
return parts.map(part => ({ ...clause, ways: [{ word: wordOf(part), worth: PART }], weight: clause.weight / count }))
}
const HEADS = listed(["なぜ どうして どうやって どうすれば"])
const TAILS = listed([
"とは とは何 って って何 ってなに は何 なぜ はなぜ のはなぜ どうして はどうして",
"いつ はいつ のはいつ どこ はどこ のはどこ の使い方 使い方 のやり方 やり方 の方法 する方法 方法",
"するには には のか ですか ますか でしょうか ときは とき 場合は できない できません したい",
"を知りたい を教えて について",
])
const ASKS = /(?<=[るたいすん])か$/
const withoutQuestion = words => words.map(withoutAsking).filter(Boolean)
function withoutAsking(word) {
const head = HEADS.find(it => word.startsWith(it))
let rest = word.slice(head?.length ?? 0)
for (;;) {
const tail = TAILS.find(it => rest.endsWith(it)) ?? ASKS.exec(rest)?.[0]
if (!tail) return rest
rest = rest.slice(0, -tail.length)
}
}
function listed(lines) {
return lines.flatMap(line => line.split(" ").map(norm)).sort((one, other) => other.length - one.length)
}
const LONGEST = 256
const MOST_WORDS = 24
const PARTING = /[\s、。，．,;|()（）[\]【】〈〉《》!?！？"“”]+/
const EDGES = /^[.:&*+=_'`~^<>{}\\…]+|[.:&*+=_'`~^<>{}\\…-]+$/g
function parsed(text) {
const typed = text.slice(0, LONGEST).split(/\s+/)
const filters = []
const words = []
for (const word of typed) {
const filter = filterOf(word)
if (filter) filters.push(filter)
else words.push(word)
}
return { text, filters, terms: termsOf(words), phrase: norm(words.join(" ")).trim() }
}
function termsOf(words) {
const { numbers, rest } = kepReferences(words.map(norm).join(" "))
const keps = numbers.map(kep => ({ text: "", kep, typed: `KEP-${kep}` }))
const plain = rest.split(PARTING).map(bare).filter(hasWords)
const asked = withoutQuestion(plain)
const texts = asked.length || keps.length ? asked : plain
const typed = text => words.find(word => norm(word).includes(text)) ?? text
return [...keps, ...texts.map(text => ({ text, kep: bareNumber(text), typed: typed(text) }))].slice(0, MOST_WORDS)
}
const bare = word => word.replace(EDGES, "").replace(/^v(?=\d+\.\d)/, "")
const hasWords = word => /[\p{L}\p{N}\p{So}]/u.test(word)
const INSIDE = { [LATIN]: [0.35, 0.15], [DIGIT]: [0, 0.5], [KATAKANA]: [0.2, 0.1], [HAN]: [0.1, 0.05] }
const READING = 0.7
const MOST_KEPT = 100
const OFTEN = 5
function find(shard, word) {
const key = `${word.text}\n${word.edges}${word.isStem}${word.isOpen}`
let hits = shard.found.get(key)
if (!hits) {
if (shard.found.size === MOST_KEPT) shard.found.clear()
shard.found.set(key, (hits = search(shard, word)))
}
return hits
}
function search(shard, word) {
const hits = new Float32Array(shard.sections.length)
hits.count = 0
const { text, ends } = shard
const [haystack, needle] = isReadable(word) ? [shard.kana, word.kana] : [text, word.text]
let field = 0
let inField = 0
for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
if (ends[field] <= at) {
while (ends[field] <= at) field++
inField = 0
}
const quality = qualityAt(text, at, word)
if (quality === 0) continue
const section = (field / FIELDS) | 0
if (hits[section] === 0) hits.count++
hits[section] += quality * WORTH[field % FIELDS]
if (++inField === OFTEN) at = ends[field]
}
return hits
}
const isReadable = word => word.kana !== word.text
function* placesOf(text, readable, word) {
const [haystack, needle] = isReadable(word) ? [readable, word.kana] : [text, word.text]
for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
const ending = word.isStem ? endingAt(text, at, word) : ""
if (qualityAt(text, at, word) > 0) yield [at, at + word.text.length + ending.length]
}
}
function qualityAt(text, at, word) {
const isLiteral = !isReadable(word) || text.startsWith(word.text, at)
if (!isLiteral && !isReading(text, at, word.text)) return 0
if (word.isStem && !endsAlike(word.text, endingAt(text, at, word))) return 0
const end = at + word.text.length
const first = scriptOf(text.charCodeAt(at))
const last = scriptOf(text.charCodeAt(end - 1))
const startsInside = goesOn(text.charCodeAt(at), text.charCodeAt(at - 1))
const endsInside = !word.isStem && goesOn(text.charCodeAt(end - 1), text.charCodeAt(end))
if ((startsInside && first === DIGIT) || (endsInside && last === DIGIT && !word.isOpen)) return 0
if (startsInside + endsInside > 2 - word.edges) return 0
const quality = 1 - (startsInside ? INSIDE[first][0] : 0) - (endsInside ? INSIDE[last][1] : 0)
return isLiteral ? quality : quality * READING
}
function isReading(text, at, wanted) {
for (let i = 0; i < wanted.length; i++) {
if (text[at + i] !== wanted[i] && scriptOf(wanted.charCodeAt(i)) !== HIRAGANA) return false
}
return true
}
function endingAt(text, at, word) {
let end = at + word.text.length
const start = end
while (scriptOf(text.charCodeAt(end)) === LATIN) end++
return text.slice(start, end)
}
const TEASER = 140
const BEFORE = 30
const LONG_WORD = 20
const MOST = 30
const MOST_READ = 600
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
const lately = new Map()
function marksIn(original, ways) {
const { text, at, readable } = readAgain(original)
const marks = []
for (const { word, kep } of ways) {
const places = word ? placesOf(text, readable, word) : placesOfKep(text, kep)
for (const [start, end] of places) marks.push(originalPlace(original, at, start, end))
}
return joined(marks)
}
function readAgain(original) {
if (lately.size > MOST_READ) lately.clear()
const read = lately.get(original) ?? normWithPlaces(original)
read.readable ??= kana(read.text)
lately.set(original, read)
return read
}
function marked(original, marks) {
let html = ""
let end = 0
for (const [from, to] of marks) {
html += `${escaped(original.slice(end, from))}<mark data-md-highlight>${escaped(original.slice(from, to))}</mark>`
end = to
}
return html + escaped(original.slice(end))
}
function teaser(original, marks) {
const from = startOf(original, marks)
const to = original.length - from > TEASER ? border(original, from + TEASER) : original.length
const isInside = ([start, end]) => start >= from && end <= to
const inside = marks.filter(isInside).map(([start, end]) => [start - from, end - from])
return (from > 0 ? "…" : "") + marked(original.slice(from, to), inside) + (to < original.length ? "…" : "")
}
const escaped = text => text.replace(/[&<>"']/g, letter => ESCAPED[letter])
function startOf(original, marks) {
if (!marks.length || original.length <= TEASER) return 0
const isWithin = (start, [from, to]) => from >= start && to <= start + TEASER - BEFORE
const letters = start => marks.reduce((sum, mark) => sum + (isWithin(start, mark) ? mark[1] - mark[0] : 0), 0)
const best = marks.map(([start]) => start).reduce((most, start) => (letters(start) > letters(most) ? start : most))
const sentence = original.lastIndexOf("。", best - 1) + 1
if (best - sentence <= BEFORE) return sentence
return border(original, best - BEFORE)
}
function border(text, at) {
const word = text.slice(Math.max(0, at - LONG_WORD), at).match(/[\w.-]*$/)[0].length
const start = /^[\w.-]/.test(text.slice(at)) && word < LONG_WORD ? at - word : at
return /^[\udc00-\udfff]/.test(text.slice(start, start + 1)) ? start - 1 : start
}
function* placesOfKep(text, number) {
for (const { 0: found, index } of text.matchAll(namesOfKep(number))) yield [index, index + found.length]
}
function joined(marks) {
const result = []
for (const [start, end] of marks.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
const last = result.at(-1)
if (last && start <= last[1]) last[1] = Math.max(last[1], end)
else if (result.length < MOST) result.push([start, end])
}
return result
}
const SATURATION = 1.2
const LENGTH = 0.35
const ABOVE = 0.4
const HALF = 0.5
function scored(clauses, shards, isStrict, passes) {
const parts = shards.map(shard => ({ shard, hits: clauses.map(clause => hitsOf(shard, clause)) }))
const total = shards.reduce((sum, shard) => sum + shard.sections.length, 0)
const letters = shards.reduce((sum, shard) => sum + shard.letters, 0)
const counts = clauses.map((_, i) => parts.reduce((sum, { hits }) => sum + hits[i].count, 0))
const rarity = counts.map(count => Math.log(1 + (total + 0.5) / (count + 0.5)))
const weights = clauses.map(({ weight, extra = 0 }, i) => (weight + extra) * rarity[i])
const whole = clauses.reduce((sum, clause) => sum + clause.weight, 0)
const asked = { clauses, weights, whole, needed: whole * (isStrict ? 1 : HALF) - 1e-6, usual: letters / total }
return parts.flatMap(({ shard, hits }) => inShard(shard, hits, asked, passes.get(shard)))
}
function inShard(shard, hits, { clauses, weights, whole, needed, usual }, passes) {
const found = []
const above = hits.map(it => inherited(it, shard.parents))
for (let section = 0; section < shard.parents.length; section++) {
if (passes && !passes[section]) continue
const softness = SATURATION * (1 - LENGTH + (LENGTH * shard.lengths[section]) / usual)
let score = 0
let covered = 0
let own = 0
for (let i = 0; i < hits.length; i++) {
const hit = hits[i][section]
if (hit > 0) {
own += clauses[i].weight
covered += clauses[i].weight
score += (weights[i] * hit * (SATURATION + 1)) / (hit + softness)
} else if (above[i][section]) {
covered += clauses[i].weight
score += weights[i] * ABOVE
}
}
if (own > 0 && covered >= needed) found.push({ shard, section, score: (score * covered) / whole })
}
return found
}
function inherited(hits, parents) {
const above = new Uint8Array(hits.length)
if (hits.count === 0) return above
for (let section = 0; section < hits.length; section++) {
const parent = parents[section]
if (parent >= 0 && (hits[parent] > 0 || above[parent])) above[section] = 1
}
return above
}
function hitsOf(shard, clause) {
if (!known.has(clause)) known.set(clause, new Map())
const hits = known.get(clause)
if (!hits.has(shard)) hits.set(shard, combined(shard, clause.ways))
return hits.get(shard)
}
const known = new WeakMap()
function combined(shard, ways) {
const all = ways.map(({ word, kep, worth }) => ({ hits: word ? find(shard, word) : mentions(shard, kep), worth }))
if (all.length === 1 && all[0].worth === 1) return all[0].hits
const best = new Float32Array(shard.sections.length)
for (const { hits, worth } of all) {
if (hits.count === 0) continue
for (let section = 0; section < best.length; section++) best[section] = Math.max(best[section], hits[section] * worth)
}
best.count = best.reduce((count, hit) => count + (hit > 0), 0)
return best
}
function mentions(shard, kep) {
const hits = new Float32Array(shard.sections.length)
for (const section of shard.mentions.get(kep) ?? []) {
hits[section] = shard.about[section].includes(kep) ? WORTH[HEADING] : 1
}
hits.count = shard.mentions.get(kep)?.length ?? 0
return hits
}
const MOST_GROUPS = 40
const MOST_ROWS = 5
const SHOWN = 3
const NEAR = 0.3
const NOTEWORTHY = 0.2
const MOST_TERMS = 6
const STEPS = 20
function grouped(rows) {
const groups = new Map()
for (const row of rows) {
const { u } = pageOf(row)
if (!groups.has(u)) groups.set(u, [])
groups.get(u).push(row)
}
const better = (one, other) => other.score - one.score || one.section - other.section
const level = ([{ score }]) => Math.round(Math.log(score) * STEPS)
const day = ([row]) => pageOf(row).d ?? ""
const newer = (one, other) => (day(one) < day(other) ? 1 : day(one) > day(other) ? -1 : 0)
for (const group of groups.values()) group.sort(better)
const order = (one, other) => level(other) - level(one) || newer(one, other) || other[0].score - one[0].score
return [...groups.values()].sort(order)
}
function itemsOf(groups) {
return groups.slice(0, MOST_GROUPS).map((group, place) => itemsOfPage(group, MOST_GROUPS - place))
}
function itemsOfPage(group, highest) {
const isOwn = ({ shard, section }) => shard.parents[section] < 0
const rows = group.slice(0, MOST_ROWS)
const own = group.find(isOwn)
if (own && !rows.includes(own)) rows.push(own)
let shown = 0
const items = rows.map(row => {
const isShown = row === group[0] || (row !== own && row.score >= NEAR * group[0].score && shown < SHOWN)
if (isShown) shown++
return item(row, isShown ? highest : highest - 0.5)
})
return own ? items : [...items, item({ ...group[0], section: firstOf(group[0]), clauses: [] }, 0)]
}
function item(row, score) {
const page = pageOf(row)
const section = row.shard.sections[row.section]
const clauses = row.clauses.filter(clause => clause.weight >= NOTEWORTHY)
const ways = clauses.flatMap(clause => clause.ways)
const heading = headingOf(page, section)
const inHeading = marksIn(heading, ways)
const { text, marks } = bestText(section, ways)
return {
location: section.a ? `${page.u}#${section.a}` : page.u,
title: marked(heading, inHeading),
text: teaser(text, marks),
score,
terms: { ...wordsMarked(heading, inHeading), ...wordsMarked(text, marks), ...missing(row, clauses) },
neco: { kind: page.k ?? "page", date: page.d ?? null, number: page.n ?? null, kep: kepOf(row, page) },
}
}
function bestText({ x = "", c = [] }, ways) {
const marks = marksIn(x, ways)
if (marks.length || !c.length) return { text: x, marks }
const cards = c.map(card => card.replaceAll("\n", " · ")).join(" / ")
const inCards = marksIn(cards, ways)
return inCards.length || !x ? { text: cards, marks: inCards } : { text: x, marks }
}
function wordsMarked(text, marks) {
return Object.fromEntries(marks.slice(0, MOST_TERMS).map(([start, end]) => [text.slice(start, end), true]))
}
function missing({ shard, section }, clauses) {
const above = place => (place < 0 ? [] : [place, ...above(shard.parents[place])])
const places = above(section)
const isThere = clause => places.some(place => hitsOf(shard, clause)[place] > 0)
const there = new Set(clauses.filter(isThere).map(clause => clause.typed))
return Object.fromEntries(clauses.filter(clause => !there.has(clause.typed)).map(clause => [clause.typed, false]))
}
function kepOf({ shard, section }, page) {
const [number] = shard.about[section]
if (number === undefined) return null
return { number, stage: (page.e ?? shard.keps[number])?.stage ?? null }
}
const pageOf = ({ shard, section }) => shard.pages[section]
function firstOf({ shard, section }) {
while (shard.parents[section] >= 0) section = shard.parents[section]
return section
}
const slipsAllowed = piece => (piece.length < 4 ? 1 : 2)
function nearest({ text: typed, terms }, site) {
const { text, at } = normWithPlaces(typed)
let result = typed
for (const piece of terms.flatMap(term => piecesOf(term.text)).reverse()) {
const place = text.lastIndexOf(piece)
if (place < 0 || piece.length < 3 || site.count(wordOf(piece)) > 0) continue
const [near] = site.nearest(piece, slipsAllowed(piece), false)
if (!near) continue
const [start, end] = originalPlace(typed, at, place, place + piece.length)
result = result.slice(0, start) + asWritten(near.word, site) + result.slice(end)
}
return result === typed ? null : result
}
function asWritten(text, { shards }) {
const word = wordOf(text, { edges: 2 })
const shard = shards.find(shard => find(shard, word).count > 0)
const section = find(shard, word).findIndex(hit => hit > 0)
for (const original of fieldsOf(shard, section)) {
const [mark] = marksIn(original, [{ word, worth: 1 }])
if (mark) return original.slice(...mark)
}
}
const CONTAINED = 0.5
const ALIKE = 1.5
function titleFactor(phrase) {
const wanted = closed(phrase)
const pairs = pairsOf(wanted)
return ({ shard, section }) => {
const heading = closed(headingIn(shard, section))
const others = pairsOf(heading)
let common = 0
for (const pair of others) if (pairs.has(pair)) common++
const likeness = common && (2 * common) / (pairs.size + others.size)
return 1 + ALIKE * likeness ** 2 + (wanted && heading.includes(wanted) ? CONTAINED : 0)
}
}
function headingIn({ text, ends }, section) {
const start = section ? ends[section * FIELDS - 1] + 1 : 0
return text.slice(start, ends[section * FIELDS + HEADING])
}
const closed = text => text.replaceAll(" ", "")
function pairsOf(text) {
const pairs = new Set()
for (let i = 1; i < text.length; i++) pairs.add(text.charCodeAt(i - 1) * 0x10000 + text.charCodeAt(i))
return pairs
}
const ENOUGH_PAGES = 10
const CANDIDATES = 300
const MOST_SORTED = 1500
const PRIOR = { page: 0.9, kep: 0.9, sig: 0.6, release: 0.6 }
const EQUAL = 1e-5
const TIERS = { kep: 1e9, mention: 1e6, typed: 1, meant: 1e-6 }
function answer(text, site, isComplete = true) {
const query = parsed(text)
const rows = rowsFor(query, site)
return {
items: itemsOf(grouped(best(rows, MOST_SORTED))),
total: rows.length,
filters: query.filters,
unknown: unknownOf(query.filters, site.facets),
near: isComplete && !rows.length ? nearest(query, site) : null,
}
}
function rowsFor({ terms, filters, phrase }, site) {
const passes = new Map(site.shards.map(shard => [shard, passing(filters, shard)]))
if (!terms.length) return filters.length ? everything(site, passes, filters) : []
const search = (clauses, isStrict) => scored(clauses, site.shards, isStrict, passes)
const rows = about(terms, search)
if (rows.length && terms.some(({ kep, text }) => kep !== null && !text)) return rows
const typed = asTyped(terms)
add(rows, rated(search(typed, true), typed, phrase), TIERS.typed)
if (pagesIn(rows) >= ENOUGH_PAGES) return rows
const meant = asMeant(terms, site)
add(rows, rated(search(meant, false), meant, phrase), TIERS.meant)
return rows
}
function about(terms, search) {
const [asked, ...others] = terms.filter(({ text }) => !isNameOfKep(text))
if (!asked || asked.kep === null || others.length) return []
const clauses = asTyped([{ ...asked, text: "" }])
const rows = search(clauses, true)
for (const row of rows) {
row.score = (isPageOf(row, [asked.kep]) ? TIERS.kep : TIERS.mention) * (1 + row.score * EQUAL)
row.clauses = clauses
}
return rows
}
const isPageOf = ({ shard, section }, numbers) => numbers.includes(shard.pages[section].e?.n)
function rated(rows, clauses, phrase) {
const factor = titleFactor(phrase)
for (const row of best(rows, CANDIDATES)) row.score *= factor(row)
for (const row of rows) {
const { k, b = 1 } = row.shard.pages[row.section]
row.score *= (PRIOR[k] ?? 1) * b
row.clauses = clauses
}
return rows
}
function add(rows, more, tier) {
const taken = new Map()
for (const { shard, section } of rows) taken.set(shard, (taken.get(shard) ?? new Set()).add(section))
for (const row of more) {
if (!taken.get(row.shard)?.has(row.section)) rows.push(Object.assign(row, { score: row.score * tier }))
}
}
function best(rows, count) {
if (rows.length <= count) return rows
const least = Float64Array.from(rows, row => row.score).sort()[rows.length - count]
return rows.filter(row => row.score >= least)
}
function pagesIn(rows) {
const pages = new Set()
for (const { shard, section } of rows) {
pages.add(shard.pages[section])
if (pages.size === ENOUGH_PAGES) break
}
return pages.size
}
function everything({ shards }, passes, filters) {
const numbers = filters.filter(({ name }) => name === "kep").map(({ value }) => Number(value))
return shards.flatMap(shard => {
const sections = [...shard.sections.keys()].filter(section => passes.get(shard)[section])
const score = section => (isPageOf({ shard, section }, numbers) ? TIERS.kep : 1)
return sections.map(section => ({ shard, section, score: score(section), clauses: [] }))
})
}
const HEADING_WORDS = /[A-Za-z][A-Za-z0-9.]+|[ァ-ヺー一-鿿々]{2,}/g
const LAST = /(?:[A-Za-z0-9.]+|[ァ-ヺー一-鿿々]+)$/
function learnHeading(words, heading) {
for (const [word] of heading.matchAll(HEADING_WORDS)) {
const entry = words.get(norm(word)) ?? { word, count: 0 }
entry.count++
words.set(norm(word), entry)
}
}
function completions(query, words) {
const part = query.split(/[\s-]+/).at(-1)
const typed = part.match(LAST)?.[0] ?? ""
const start = norm(typed)
if (!start) return []
const longer = [...words].filter(([text]) => text.length > start.length && text.startsWith(start))
if (!longer.length) return []
const [, { word }] = longer.reduce((best, entry) => (entry[1].count > best[1].count ? entry : best))
return [part + rest(word, typed, start)]
}
function rest(word, typed, start) {
const isSame = end => norm(word.slice(0, end)) === start
let end = 1
while (!isSame(end)) end++
if (typed.endsWith("ー") && word[end] === "ー") end++
return word.slice(end)
}
function distance(typed, word, most, isPart) {
let before = null
let row = Array.from({ length: word.length + 1 }, (_, place) => (isPart ? 0 : place))
for (let i = 1; i <= typed.length; i++) {
const next = [i]
let least = i
for (let j = 1; j <= word.length; j++) {
const isSame = typed[i - 1] === word[j - 1]
let cost = Math.min(row[j - 1] + (isSame ? 0 : 1), row[j] + 1, next[j - 1] + 1)
const isSwapped = j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]
if (isSwapped) cost = Math.min(cost, before[j - 2] + 1)
next.push(cost)
least = Math.min(least, cost)
}
if (least > most) return least
before = row
row = next
}
return isPart ? Math.min(...row) : row[word.length]
}
const WORDS = /[a-z\u00c0-\u1fff][a-z0-9\u00c0-\u1fff]{2,}|[ァ-ヺ]{2,}/g
const FEW = 12
const LONG_ENOUGH = 4
function slipsIn(word) {
if (word.length < LONG_ENOUGH) return /^[ァ-ヺ]{2,}$/.test(word) ? 1 : 0
return word.length < 8 ? 1 : 2
}
class Vocabulary {
#words = new Map()
learn(text) {
for (const word of text.match(WORDS) ?? []) if (!this.#words.has(word)) this.#words.set(word, lettersOf(word))
}
has(word) {
return this.#words.has(word)
}
nearest(typed, most, isPart) {
let found = []
isPart &&= typed.length >= LONG_ENOUGH
const letters = lettersOf(typed)
for (const [word, others] of this.#words) {
if (bits(letters & ~others) > most || word.length < typed.length - most) continue
if (!isPart && word.length > typed.length + most) continue
const slips = distance(typed, word, most, isPart)
if (slips > most) continue
if (slips < most) found = []
most = slips
found.push({ word, slips })
}
const length = ({ word }) => Math.abs(word.length - typed.length)
return found.sort((one, other) => length(one) - length(other)).slice(0, FEW)
}
}
function lettersOf(word) {
let letters = 0
for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31)
return letters
}
function bits(letters) {
let count = 0
for (; letters; letters &= letters - 1) count++
return count
}
class Site {
shards = []
#vocabulary = new Vocabulary()
#readWords = 0
#headingWords = new Map()
#readHeadings = 0
constructor({ synonyms = [], facets = {} } = {}) {
this.synonyms = synonymsOf(synonyms)
this.facets = facets
}
count(word) {
return this.shards.reduce((sum, shard) => sum + find(shard, word).count, 0)
}
mentions(kep) {
return this.shards.some(shard => shard.mentions.has(kep))
}
kepsFrom(kep) {
const begins = number => String(number).startsWith(kep)
return [...new Set(this.shards.flatMap(shard => [...shard.mentions.keys()].filter(begins)))]
}
knows(word) {
return this.#words.has(word)
}
nearest(word, slips = slipsIn(word), isPart = true) {
return slips ? this.#words.nearest(word, slips, isPart) : []
}
get headingWords() {
for (const { pages, sections } of this.shards.slice(this.#readHeadings)) {
sections.forEach((section, place) => learnHeading(this.#headingWords, headingOf(pages[place], section)))
}
this.#readHeadings = this.shards.length
return this.#headingWords
}
get #words() {
for (const { text } of this.shards.slice(this.#readWords)) this.#vocabulary.learn(text)
this.#readWords = this.shards.length
return this.#vocabulary
}
}
const FALLBACK = "index.json"
class Library {
site = new Site()
#entries = null
#loaded = new Set()
#failed = new Set()
#loading = null
#newest = null
constructor(manifest, { fetch, onOpen, onArrival }) {
Object.assign(this, { manifest, fetch, onOpen, onArrival })
}
get shards() {
const total = this.#entries?.length ?? this.#failed.size
return { loaded: this.#loaded.size, failed: this.#failed.size, total }
}
get isComplete() {
const done = this.#loaded.size + this.#failed.size
return this.#entries ? done === this.#entries.length : done > 0
}
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
let next = others.length ? this.#shardOf(others[0]) : null
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
async #shardOf({ name, file }) {
const shard = await this.#shardIn(file)
if (shard) return shard
const newer = (await this.#newestManifest())?.shards.find(entry => entry.name === name)
return newer && newer.file !== file ? this.#shardIn(newer.file) : null
}
#shardIn(file) {
return this.fetch(file, false).then(prepared).catch(() => null)
}
#newestManifest() {
this.#newest ??= this.#manifestIn(FALLBACK, true)
return this.#newest
}
#manifestIn(file, isFresh) {
return this.fetch(file, isFresh).then(manifest => (isManifest(manifest) ? manifest : null)).catch(() => null)
}
}
function isManifest(file) {
const isText = value => typeof value === "string"
const areWords = group => Array.isArray(group) && group.every(isText)
const areGroups = groups => Array.isArray(groups) && groups.every(areWords)
const areEntries = entries => Array.isArray(entries) && entries.every(entry => isText(entry?.name) && isText(entry.file))
return file?.version === VERSION && areEntries(file.shards) && areGroups(file.synonyms ?? [])
}
const SETUP = 0
const READY = 1
const QUERY = 2
const RESULT = 3
const PREFETCH = 10
const FACETS = 11
const PAUSE = 100
const address = new URL(self.location.href)
const build = address.searchParams.get("index")
const manifest = build ? `index.${build}.json` : "index.json"
const library = new Library(manifest, { fetch: read, onOpen: tellFacets, onArrival: arrived })
let query = ""
let suggests = false
let timer = 0
let isAnswered = true
self.necoSearch = message => {
if (message.type === SETUP) {
suggests = message.data?.options?.suggest === true
} else if (message.type === QUERY) {
query = String(message.data ?? "")
isAnswered = false
if (query.trim()) library.load()
later(0)
} else if (message.type === PREFETCH) {
library.load()
}
}
async function read(file, isFresh) {
const ahead = isFresh ? undefined : self.necoAhead.get(file)
self.necoAhead.delete(file)
const response = await (ahead ?? fetch(new URL(file, address), isFresh ? { cache: "no-cache" } : {}))
if (!response.ok) throw new Error(`${file}: ${response.status}`)
return response.json()
}
function tellFacets(facets) {
self.postMessage({ type: FACETS, data: { facets } })
}
function arrived() {
if (!query.trim()) return
if (isAnswered) later(library.isComplete ? 0 : PAUSE)
else respond()
}
function later(delay) {
if (delay && timer) return
clearTimeout(timer)
timer = setTimeout(respond, delay)
}
function respond() {
clearTimeout(timer)
timer = 0
const { shards, site, isComplete } = library
const isBlank = !query.trim()
if (!isBlank && !isComplete && !shards.loaded) return
isAnswered = true
const complete = isBlank || isComplete
const { items, ...found } = answer(query, site, complete)
const suggest = suggests ? { suggest: completions(query, site.headingWords) } : {}
self.postMessage({ type: RESULT, data: { items, ...suggest, neco: { query, complete, shards, ...found } } })
}
})()
