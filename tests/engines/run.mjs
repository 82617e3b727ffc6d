// Runs the behaviours in one browser: `run.mjs ENGINE PROGRAM URL [PART OF A NAME]`. The last line is JSON: how many were
// tried, and what failed.

import { writeFileSync } from "node:fs"
import { filters } from "./behaviours/filters.mjs"
import { following } from "./behaviours/following.mjs"
import { pages } from "./behaviours/pages.mjs"
import { popover } from "./behaviours/popover.mjs"
import { previews } from "./behaviours/previews.mjs"
import { search } from "./behaviours/search.mjs"
import { drivenByPuppeteer } from "./puppeteer.mjs"
import { drivenBySelenium } from "./selenium.mjs"

/** @typedef {Record<string, (driver: import("./driver.mjs").Driver) => Promise<void>>} Behaviours by what is so */

const ALL = { ...pages, ...search, ...popover, ...previews, ...filters, ...following }
const ENGINES = {
  chromium: (program, url) => drivenByPuppeteer("chrome", program, url),
  firefox: (program, url) => drivenByPuppeteer("firefox", program, url),
  webkit: drivenBySelenium,
}

/** What a page had to complain of, since it was asked last, and forgets what a reader left there. */
function told() {
  const list = JSON.parse(sessionStorage.getItem("neco-troubles") ?? "[]")
  for (const kept of [localStorage, sessionStorage]) kept.clear()
  return list
}

const [engine, program, url, part = ""] = process.argv.slice(2)
const driver = await ENGINES[engine](program, url)
const asked = Object.entries(ALL).filter(([name]) => name.includes(part))
/** @type {string[]} */
const failed = []
try {
  for (const [name, isSo] of asked) {
    const start = performance.now()
    try {
      await driver.size(1280)
      await isSo(driver)
      for (const trouble of await driver.evaluate(told)) failed.push(`${name}: ${trouble}`)
    } catch (error) {
      failed.push(`${name}: ${error}`)
      const folder = process.env.NECO_PICTURES
      if (folder) writeFileSync(`${folder}/${engine}-${failed.length}.png`, await driver.screenshot())
    }
    process.stderr.write(`${engine}: ${name}: ${Math.round(performance.now() - start)} ms\n`)
  }
} finally {
  await driver.close()
}
process.stdout.write(`${JSON.stringify({ behaviours: asked.length, failed })}\n`)
