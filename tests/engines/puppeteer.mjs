// Firefox, over WebDriver BiDi, and Chromium, to try a behaviour in: both driven by Puppeteer.

import puppeteer from "puppeteer-core"
import { LATE } from "./driver.mjs"

const OF_FIREFOX = {
  "intl.accept_languages": "ja-JP, ja",
  "browser.sessionhistory.max_total_viewers": 0, // Puppeteer waits for ever for a page that is shown as it was left
  "fission.bfcacheInParent": false,
  "ui.prefersReducedMotion": 1,
  "ui.useOverlayScrollbars": 1, // as on a phone: they take no place from the page
}
const OF_CHROMIUM = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--lang=ja-JP"]

/** @typedef {import("./driver.mjs").Driver} Driver */

/**
 * @param {"firefox" | "chrome"} browser
 * @param {string} executablePath
 * @param {string} url of the site's root
 * @returns {Promise<Driver>}
 */
export async function drivenByPuppeteer(browser, executablePath, url) {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [] // root may not use Chromium's
  const args = browser === "chrome" ? [...OF_CHROMIUM, ...sandbox] : []
  const own = browser === "firefox" ? { extraPrefsFirefox: OF_FIREFOX } : {}
  const program = await puppeteer.launch({ browser, executablePath, args, ...own })
  const page = await program.newPage()
  page.setDefaultTimeout(LATE)
  /** @param {string} place */
  const found = async place => {
    const element = await page.waitForSelector(place)
    if (!element) throw new Error(`no ${place}`)
    await element.evaluate(it => it.scrollIntoView({ block: "center", behavior: "instant" }))
    return element
  }
  return {
    size: (width, height = 740) => page.setViewport({ width, height }),
    open: async path => void (await page.goto(url + path)),
    back: async () => void (await page.goBack()),
    evaluate: (inPage, ...given) => /** @type {Promise<any>} */ (page.evaluate(inPage, ...given)),
    click: async place => (await found(place)).click(),
    hover: async place => (await found(place)).hover(),
    leave: () => page.mouse.move(1, 1),
    press: async (key, held) => {
      if (held) await page.keyboard.down(/** @type {any} */ (held))
      await page.keyboard.press(/** @type {any} */ (key))
      if (held) await page.keyboard.up(/** @type {any} */ (held))
    },
    type: text => page.keyboard.type(text),
    screenshot: async () => Buffer.from(await page.screenshot()),
    close: () => program.close(),
  }
}
