// WebKit as Debian builds it: its MiniBrowser on a screen that nobody sees, driven by Selenium.

import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Builder, By, Key, Origin } from "selenium-webdriver"

// The window's own buttons would make it wider than a phone.
const NARROW = "* { min-width: 0; padding: 0; margin: 0; border-width: 0 } entry, button { font-size: 1px }"
const KEYS = { Enter: Key.ENTER, Escape: Key.ESCAPE, Tab: Key.TAB, Shift: Key.SHIFT, ArrowDown: Key.ARROW_DOWN }

/** The milliseconds after which a window counts as one that does not obey. */
const SIZED = 10_000
const INNER = "const tell = arguments[0]; setTimeout(() => tell([innerWidth, innerHeight]), 50)"

/** @typedef {import("./driver.mjs").Driver} Driver */

/**
 * @param {string} binary MiniBrowser
 * @param {string} url of the site's root
 * @returns {Promise<Driver>}
 */
export async function drivenBySelenium(binary, url) {
  const rooms = await opened()
  const asked = { binary, args: ["--automation"] }
  const builder = new Builder().usingServer(rooms.server)
  const wanted = { browserName: "MiniBrowser", "webkitgtk:browserOptions": asked }
  const driver = await builder.withCapabilities(wanted).build()
  /** @param {string} place */
  const found = async place => {
    const element = await driver.findElement(By.css(place))
    await driver.executeScript("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element)
    return element
  }
  /** @param {string} key */
  const named = key => KEYS[/** @type {keyof typeof KEYS} */ (key)] ?? key
  return {
    size: (width, height = 740) => sized(driver, width, height),
    open: path => driver.get(url + path),
    back: () => driver.navigate().back(),
    evaluate: (inPage, ...given) => driver.executeScript(`return (${inPage})(...arguments)`, ...given),
    click: async place => (await found(place)).click(),
    hover: async place =>
      driver
        .actions()
        .move({ origin: await found(place) })
        .perform(),
    leave: () => driver.actions().move({ x: 1, y: 1, origin: Origin.VIEWPORT }).perform(),
    press: (key, held) => {
      const actions = driver.actions()
      return (
        held ? actions.keyDown(named(held)).sendKeys(named(key)).keyUp(named(held)) : actions.sendKeys(named(key))
      ).perform()
    },
    type: text => driver.actions().sendKeys(text).perform(),
    screenshot: async () => Buffer.from(await driver.takeScreenshot(), "base64"),
    close: async () => {
      await driver.quit()
      rooms.close()
    },
  }
}

/**
 * The part that shows the page is smaller than the window, and follows the window a moment later: what is read of it may
 * be its size of before, so the window is set again until the page has the size that is wanted.
 */
async function sized(driver, width, height) {
  const isLate = Date.now() + SIZED
  let rect = { x: 0, y: 0, width, height }
  for (;;) {
    await driver.manage().window().setRect(rect)
    const [wide, high] = await driver.executeAsyncScript(INNER)
    if (wide === width && high === height) return
    if (Date.now() > isLate) throw new Error(`the page is ${wide} × ${high} px where ${width} × ${height} is wanted`)
    const [w, h] = [rect.width + width - wide, rect.height + height - high]
    rect = { x: 0, y: 0, width: Math.max(width, w), height: Math.max(height, h) }
  }
}

/** A screen, a folder of settings, and the program that Selenium talks to. */
async function opened() {
  const settings = mkdtempSync(join(tmpdir(), "neco-webkit-"))
  mkdirSync(join(settings, "gtk-3.0"))
  writeFileSync(join(settings, "gtk-3.0/gtk.css"), NARROW)
  const screen = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  })
  const [number] = await once(screen.stdout, "data")
  const port = await freePort()
  const env = { ...process.env, DISPLAY: `:${`${number}`.trim()}`, XDG_CONFIG_HOME: settings, LANG: "C.UTF-8" }
  const driver = spawn("WebKitWebDriver", ["-p", `${port}`], { env, stdio: "ignore" })
  const close = () => {
    for (const program of [driver, screen]) program.kill()
    rmSync(settings, { recursive: true, force: true })
  }
  process.once("exit", close)
  return { server: `http://127.0.0.1:${port}`, close }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address())
  server.close()
  await once(server, "close")
  return port
}
