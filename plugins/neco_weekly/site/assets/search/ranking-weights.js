// Every number that decides what is found and what comes first: what it does, and what a higher or a lower one means.
//
// A number that cannot be told from these sentences belongs to no ranking: `tests/site/search/engine/ranking-weights.test.mjs`
// lets no other module have one. After a change, `scripts/test tests/site/search` says what becomes of the queries that are known, and
// `scripts/bench search` measures it on any site.

import { DIGIT, HAN, KATAKANA, LATIN } from "./script.js"

// --- what a word is worth where it stands ---

/**
 * A word in a heading, where one in prose is 1; a KEP in a section that is about it.
 * Higher: sections whose headings name a thing come before those that only speak of it. Lower: prose counts like headings.
 */
export const HEADING_WORTH = 2.3

/**
 * A word in prose: the measure of all others.
 * Higher: headings, cards and KEPs say less beside prose. Lower: they say more.
 */
export const PROSE_WORTH = 1

/**
 * A word in a link card, which others have written.
 * Higher: pages that link to a thing come before pages that write of it. Lower: cards only help where prose has nothing.
 */
export const CARD_WORTH = 0.7

/**
 * A word in a name of the KEP that a section is about, or in its page's day: title, feature gates, SIG.
 * Higher: a section is found as well by what its KEP is called as by its own words. Lower: its own words come first.
 */
export const ABOUT_WORTH = 0.8

/**
 * A word in a name of a KEP that a section only mentions.
 * Higher: long lists of KEPs are found for everything. Lower: a mention is hardly found by the KEP's title.
 */
export const MENTIONED_WORTH = 0.25

/**
 * A KEP asked by its number, in a section that mentions it and is not about it.
 * Higher: a mention counts like a section about the KEP (HEADING_WORTH). Lower: sections about it come first by more.
 */
export const MENTION_WORTH = 1

/**
 * By script, what a match loses when it begins, and when it ends, inside a word: English words have ends, Japanese ones
 * flow together.
 * Higher: parts of words come after whole words by more; from 1 on they are not found. Lower: "pod" in "podman" is as good
 * as "pod".
 *
 * @type {Record<number, [number, number]>}
 */
export const INSIDE = { [LATIN]: [0.35, 0.15], [DIGIT]: [0, 0.5], [KATAKANA]: [0.2, 0.1], [HAN]: [0.1, 0.05] }

/**
 * A match whose hiragana is katakana in the text, as before an input method has converted it.
 * Higher: すわっぷ and スワップ are the same; at 1 nothing tells which was meant. Lower: katakana comes after hiragana.
 */
export const READING_WORTH = 0.7

/**
 * So many times a word counts in one field.
 * Higher: texts that repeat a word come first. Lower: once is as good as often.
 */
export const MOST_IN_FIELD = 5

// --- what a section is worth that has words of a query: BM25 ---

/**
 * How slowly a word that stands there often adds less and less (BM25's k1).
 * Higher: often and heading count for more. Lower: that a word is there at all is nearly everything.
 */
export const BM25_SATURATION = 1.2

/**
 * How much of its length a section has to make up for (BM25's b, 0 to 1).
 * Higher: short sections come before long ones with the same words. Lower: length does not matter.
 */
export const BM25_LENGTH = 0.35

/**
 * Added to counts before their ratio says how rare a word is.
 * Higher: rare and common words are nearer to each other. Lower: a word that is nowhere is worth very much.
 */
export const RARITY_SMOOTHING = 0.5

/**
 * A word that stands only above a section: at the top of its page, or in a heading that it belongs to.
 * Higher: sections profit from their page; at 1 a word need not be in the section. Lower: each stands for itself.
 */
export const ABOVE_WORTH = 0.4

/**
 * So much of what may have been meant has to be there; of what was typed everything has.
 * Higher: questions in sentences find less. Lower: one word of many is enough, and nothing is ever not found.
 */
export const ENOUGH_MEANT = 0.5

/**
 * Weights may miss by so much and still be enough: their sums are not exact.
 * Higher: from the least weight on, a word is not needed. Lower: the last bit decides what is found.
 */
export const ROUNDING = 1e-6

// --- what a heading and a page are worth ---

/**
 * The most that a heading adds by being like the query, letter pair by letter pair: it then is 1 + ALIKE.
 * Higher: the section that is called what was asked comes first, whatever stands in others. Lower: words anywhere count.
 */
export const ALIKE = 1.5

/**
 * The power of that likeness.
 * Higher: only headings that are nearly the query profit. Lower: headings that share a few letters with it do, too.
 */
export const ALIKE_POWER = 2

/**
 * What a heading adds that has the whole query in it, in one piece.
 * Higher: headings with the query in them come first, long ones too. Lower: at 0 letters apart are as good as the query.
 */
export const CONTAINED = 0.5

/**
 * By the kind of a page, what its sections are worth beside those of an issue, which are 1. An author's own factor for a
 * page comes on top of it.
 * Higher: pages of this kind come before issues that say as much; beyond 1 before those that say more. Lower: after them.
 *
 * @type {Record<string, number>}
 */
export const PRIOR = { page: 0.9, kep: 0.9, topic: 0.9, sig: 0.6, release: 0.6 }

// --- what comes before everything else ---

/**
 * Factors so far apart that no score reaches from one into another: the page of a KEP that was asked by its number, what
 * mentions it, what has the query as it was typed, what may have been meant.
 * Higher: no answer of a lower tier ever comes first. Lower: as soon as scores are further apart than tiers, a good answer
 * of one comes before a poor one of that above it.
 */
export const TIERS = { kep: 1e9, mention: 1e6, typed: 1, meant: 1e-6 }

/**
 * How much of its score a section keeps where a KEP's number was asked.
 * Higher: mentions are in the order of their scores. Lower: pages are equal, so that the newest is first; at 0 the best
 * section of a page is not its first.
 */
export const EQUAL = 1e-5

/**
 * So many steps of score there are in a factor of e; within one, pages are equal and the newer is first.
 * Higher: newer pages come first only where scores are nearly the same. Lower: newer comes before better.
 */
export const STEPS = 20

// --- how many are looked at, and shown ---

/**
 * Pages that have what was typed; from so many on nobody needs what might have been meant. As many as are drawn at once.
 * Higher: more is looked for, which takes time. Lower: synonyms and misspelt words are seldom found beside other answers.
 */
export const ENOUGH_PAGES = 10

/**
 * Sections, the best by their words, of which the headings are compared with the query.
 * Higher: a fitting heading is never missed, for more time. Lower: among many sections it may be.
 */
export const CANDIDATES = 300

/**
 * Sections, the best of all, that are put in order.
 * Higher: long answers are exact, for more time. Lower: a page far behind may miss rows.
 */
export const MOST_SORTED = 1500

/**
 * Pages in an answer.
 * Higher: readers can go on for longer, and every answer is slower to make. Lower: the list ends sooner.
 */
export const MOST_GROUPS = 40

/**
 * Rows of a page in an answer, besides its own.
 * Higher: more of a page behind "more on this page". Lower: less of it.
 */
export const MOST_ROWS = 5

/**
 * Rows of a page that are shown; the theme folds what has a lower score than the first.
 * Higher: a page takes more room. Lower: fewer of its sections are seen.
 */
export const SHOWN = 3

/**
 * To be shown beside a page's first row, another needs so much of its score.
 * Higher: only rows that are as good. Lower: any row.
 */
export const NEAR = 0.3

/**
 * How far a row that is folded lies below its page's first, in the scores that the theme is told; pages are 1 apart.
 * Higher: from 1 on it would come after the next page. Lower: at 0 nothing is folded.
 */
export const FOLDED = 0.5

/**
 * The weight of a word from which on it is marked, and told as missing.
 * Higher: only whole words are. Lower: particles are, too.
 */
export const NOTEWORTHY = 0.2

// --- the ways a word may be written ---

/**
 * An English word in another form: policies for policy.
 * Higher: at 1 all forms are the same. Lower: the form that was typed comes first by more.
 */
export const STEM_WORTH = 0.8

/**
 * What an input method has finished, without the letters that it has not: すわ of すわっp.
 * Higher: answers while typing count like those to whole words. Lower: they come last.
 */
export const UNFINISHED_WORTH = 0.5

/**
 * What two words are worth by standing side by side, as typed; each of them alone is 1.
 * Higher: phrases come before words apart by more. Lower: at 0 it does not matter where words stand.
 */
export const PAIR_WEIGHT = 1

/**
 * A synonym of a word.
 * Higher: at 1 it is the word. Lower: what was typed comes first by more.
 */
export const SYNONYM_WORTH = 0.7

/**
 * Words of the site that were typed without the space between them.
 * Higher: they count like typed words. Lower: less than other readings.
 */
export const APART_WORTH = 0.8

/**
 * A part of a word that is nowhere: of a compound, of a number, the kanji of a verb.
 * Higher: parts count like words, and much is found that has little to do with the query. Lower: they hardly help.
 */
export const PART_WORTH = 0.5

/**
 * By its number of slips, a word of the site that is near to one that is nowhere.
 * Higher: a misspelt word finds as surely as the right one. Lower: other words of the query decide.
 */
export const SLIPS_WORTH = [1, 0.6, 0.4]

/**
 * The weight of a single letter of a query, and of a kanji with the beginning of its ending.
 * Higher: it is needed like a word. Lower: it hardly matters whether it is there.
 */
export const LETTER_WEIGHT = 0.6

/**
 * The weight of what only joins words, as "the" and する.
 * Higher: it has to be there for an answer. Lower: at 0 it is not looked for.
 */
export const PARTICLE_WEIGHT = 0.15

// --- how far a word may be from what was typed ---

/**
 * Letters that each of two words needs that were typed as one; and hiragana needs more than so many to be misspelt.
 * Higher: fewer words are cut. Lower: words are cut into what they are not made of.
 */
export const SHORTEST_WORD = 3

/**
 * Letters of a part that is looked for in place of a katakana word that is nowhere.
 * Higher: parts are rarer and surer. Lower: syllables are found everywhere.
 */
export const KATAKANA_PART = 3

/**
 * Letters of a part that is looked for in place of a compound of kanji that is nowhere.
 * Higher: only nearly the same compounds are found. Lower: single kanji are found everywhere.
 */
export const HAN_PART = 2

/**
 * From so many letters on, a word may have a slip, and be found as a part of another.
 * Higher: short words have to be right. Lower: they find other short words. (Katakana of two letters and more may have
 * one in any case: a letter of it says more than an English one.)
 */
export const ONE_SLIP_FROM = 4

/**
 * From so many letters on, a word may have two slips.
 * Higher: long words have to be nearly right. Lower: words of middle length find others that only look like them.
 */
export const TWO_SLIPS_FROM = 8

/**
 * Words of the site that may be meant by a misspelt one.
 * Higher: more is found, and more of it by chance. Lower: the right word may be missed among others as near.
 */
export const MOST_NEAR = 12

/**
 * From so many letters on, a word of a query that found nothing is corrected.
 * Higher: short words stay as they are. Lower: they become other words.
 */
export const CORRECTED_FROM = 3

/**
 * From so many letters on, that correction may be two slips away.
 * Higher: fewer and surer corrections. Lower: more, and stranger ones.
 */
export const CORRECTED_BY_TWO_FROM = 4
