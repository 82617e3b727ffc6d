// What a behaviour may ask of a browser, whichever it is; `puppeteer.mjs` and `selenium.mjs` answer.

/**
 * A browser with one window. Places are CSS selectors and mean the first element that fits; keys have the names that
 * `KeyboardEvent.key` gives them.
 *
 * @typedef {object} Driver
 * @property {(width: number, height?: number) => Promise<void>} size the part of the window that shows a page, in px
 * @property {(path: string) => Promise<void>} open goes to a page of the site and waits until it is loaded
 * @property {() => Promise<void>} back
 * @property {<T>(inPage: (...given: any[]) => T, ...given: any[]) => Promise<Awaited<T>>} evaluate what a function
 *   returns that knows nothing but the page and what is given to it
 * @property {(place: string) => Promise<void>} click
 * @property {(place: string) => Promise<void>} hover
 * @property {() => Promise<void>} leave puts the mouse into a corner
 * @property {(key: string, held?: string) => Promise<void>} press
 * @property {(text: string) => Promise<void>} type
 * @property {() => Promise<Buffer>} screenshot a PNG of what is shown
 * @property {() => Promise<void>} close
 */

/** Milliseconds after which what a page has not done counts as not happening. */
export const LATE = 60_000

/**
 * Waits until a page answers with something true, and returns that.
 *
 * @template T
 * @param {Driver} driver
 * @param {(...given: any[]) => T} inPage
 * @param {...any} given
 */
export async function until(driver, inPage, ...given) {
  const start = performance.now()
  while (performance.now() - start < LATE) {
    try {
      const said = await driver.evaluate(inPage, ...given)
      if (said) return said
    } catch (error) {
      if (!isOfPageLeft(error)) throw error
    }
    await new Promise(again => setTimeout(again, 40))
  }
  throw new Error(`never: ${inPage} ${JSON.stringify(given)}`)
}

/** A question to a page that gives way to the next one has no answer; the next page has. @param {unknown} error */
const isOfPageLeft = error => /context|frame|realm|no such|navigat|document|cancel/i.test(`${error}`)
