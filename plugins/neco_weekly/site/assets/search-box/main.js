// The search box, around the theme's own script: that one asks our worker and draws its answers.
//
// Here are filters as chips and buttons, the day, number and stage of what was found, and in words how much that is and
// whether more is to come. The text of the box is all the state there is: a button writes into it, the address follows it.

import { FACETS, RESULT } from "../search/messages.js"
import { followInAddress } from "./address.js"
import { Box } from "./box.js"
import { Filters } from "./filters.js"
import { listenToKeys } from "./keys.js"
import { Rows } from "./rows.js"
import { Status } from "./status.js"
import { themesSearch } from "./theme.js"
import { listenToTyping } from "./typing.js"
import { wordsOfSite } from "./words.js"

/** @import { Theme } from "./theme.js" */

const theme = themesSearch()
if (theme) start(theme)

/** @param {Theme} theme */
function start(theme) {
  const { worker, input } = theme
  input.closest("[role=dialog]")?.setAttribute("aria-label", input.placeholder) // which the theme leaves without a name
  const box = new Box(theme, wordsOfSite(), followInAddress(theme))
  const status = new Status(box)
  const filters = new Filters(box)
  const rows = new Rows(box)

  worker.addEventListener("message", ({ data: { type, data } }) => {
    if (type === FACETS) filters.offer(data.facets)
    if (type !== RESULT) return
    box.answer = data.neco
    rows.know(data.items.flat())
    status.tellState()
    status.draw(data.neco)
    filters.draw()
    rows.draw()
  })
  worker.addEventListener("error", event => {
    if (!(event instanceof ErrorEvent)) status.tellBroken() // a mistake in it is for the console
  })
  listenToTyping(box, () => status.tellState())
  listenToKeys(theme)
  input.addEventListener("focusin", () => box.prefetch())
  if (document.activeElement === input) box.prefetch()
}
