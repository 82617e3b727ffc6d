// The search box, around the theme's own script: that one asks our worker and draws its answers.
//
// Here are filters as chips and buttons, the day, number and stage of what was found, and in words how much that is and
// whether more is to come. The text of the box is all the state there is: a button writes into it, the address follows it.

import { FACETS, RESULT } from "../search/messages.js"
import { followInAddress } from "./address.js"
import { Box } from "./box.js"
import { Filters } from "./filters.js"
import { listenToKeys } from "./keys.js"
import { openOnIntent } from "./opening.js"
import { Recent } from "./recent.js"
import { Rows } from "./rows.js"
import { Start } from "./start.js"
import { Status } from "./status.js"
import { themesSearch } from "./theme.js"
import { listenToTyping } from "./typing.js"
import { wordsOfSite } from "./words.js"

/** @import { Theme } from "./theme.js" */

const theme = themesSearch()
if (theme) start(theme)

/** @param {Theme} theme */
function start(theme) {
  const { worker, input, toggle } = theme
  input.closest("[role=dialog]")?.setAttribute("aria-label", input.placeholder) // which the theme leaves without a name
  const open = openOnIntent(theme)
  const box = new Box(theme, wordsOfSite(), followInAddress(theme, open))
  const status = new Status(box)
  const filters = new Filters(box)
  const rows = new Rows(box)
  const start = new Start(box, new Recent(() => localStorage, theme.base))

  worker.addEventListener("message", ({ data: { type, data } }) => {
    if (type === FACETS) {
      filters.offer(data.facets)
      start.offer(data.latest, data.facets)
    }
    if (type !== RESULT) return
    box.answer = data.neco
    rows.know(data.items.flat())
    status.tellState()
    status.draw(data.neco)
    filters.draw()
    rows.draw()
    start.draw()
  })
  worker.addEventListener("error", event => {
    if (!(event instanceof ErrorEvent)) status.tellBroken() // a mistake in it is for the console
  })
  input.addEventListener("input", () => start.draw())
  listenToTyping(box, () => status.tellState())
  listenToKeys(theme, filters.toolbar)
  toggle.addEventListener("change", () => toggle.checked && box.prefetch())
  if (toggle.checked) box.prefetch()
}
