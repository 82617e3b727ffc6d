// The search box, around the theme's own script: that one asks our worker and draws its answers.
//
// Here are filters as chips and buttons, the day, number and stage of what was found, and in words how much that is and
// whether more is to come. The text of the box is all the state there is: a button writes into it, the address follows it.

(() => {
  const worker = document.necoSearch // since before the theme began
  const box = document.querySelector("[data-md-component=search]")
  if (!worker || !box) return

  const [QUERY, ANSWER, PREFETCH, FACETS] = [2, 3, 10, 11] // kinds of messages
  const OFFERED = { year: 4, stage: 3, sig: 6, site: 4 } // so many values of each have a button
  const UNFINISHED = /[ぁ-ゖー][a-zａ-ｚ]{1,3}$|[ａ-ｚ]$/i // "せいg": the input method waits for a vowel
  const THEIRS = /^(Escape|ArrowUp|ArrowDown|[^ ])$/u // keys on a button that are for the theme, letters among them
  const PAUSE = 400 // ms without typing until the address is written: browsers bear so many changes of it, and no more
  const LONGEST = 60 // letters of a query that are told again

  const words = globalThis.necoSearchWords
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location)
  const toggle = document.getElementById("__search")
  const input = box.querySelector("[data-md-component=search-query]")
  const result = box.querySelector("[data-md-component=search-result]")
  const status = result.firstElementChild
  const list = result.lastElementChild
  const filters = element("div", "neco-search")
  const chips = element("div", "neco-search__chips")
  const facets = element("div", "neco-search__facets")

  let answer = null // the latest, whichever query it is for
  let composing = "" // what the input method has not finished
  let focused = "" // the row that has the focus
  let leaving = false
  let waiting = 0
  const found = new Map() // what is known of rows, by their address

  // --- the worker ---

  worker.addEventListener("message", ({ data: { type, data } }) => {
    if (type === ANSWER) show(data)
    if (type === FACETS) offer(data.facets)
  })

  worker.addEventListener("error", event => {
    if (event instanceof ErrorEvent) return // a mistake, which the console tells
    status.textContent = words.broken
  })

  // What failed to load before is tried again; once all is there, asking for it would only answer the query again.
  function prefetch() {
    const { loaded = 0, total = 0 } = answer?.shards ?? {}
    if (!total || loaded < total) worker.postMessage({ type: PREFETCH })
  }

  function show({ items, neco }) {
    answer = neco
    found.clear()
    for (const item of items.flat()) found.set(key(new URL(item.location, base)), item.neco)
    tellState()
    drawStatus(neco)
    drawChips(neco)
    addFacts()
    if (focused && document.activeElement === document.body) row(focused)?.focus({ preventScroll: true })
  }

  // --- the box ---

  // The theme looks at the box when a key comes up: not after a paste, nor a choice among an input method's candidates.
  function tell() {
    input.dispatchEvent(new Event("keyup"))
    clearTimeout(waiting)
    waiting = setTimeout(writeAddress, PAUSE)
  }

  function ask(text) {
    input.value = text
    tell()
  }

  const isUnfinished = event => event.isComposing && UNFINISHED.test(composing)

  input.addEventListener("input", event => {
    composing = event.isComposing ? (event.data ?? "") : ""
    if (!isUnfinished(event)) tell()
  })
  input.addEventListener("compositionend", () => {
    composing = ""
    tell()
  })
  input.form.addEventListener("reset", () => setTimeout(tell))
  box.addEventListener("keyup", event => (isUnfinished(event) ? event.stopPropagation() : tellState()), true)

  // Until the answer to what stands in the box has come whole, it is partial. The first one may take a while to come.
  function tellState() {
    const isWhole = answer?.complete && answer.query === input.value
    result.dataset.necoSearch = isWhole ? "complete" : "partial"
    if (!answer?.query.trim() && input.value.trim()) status.textContent = words.searching
  }

  // --- keys ---

  document.addEventListener("keydown", event => {
    if (!box.contains(event.target)) return
    if (event.isComposing || event.keyCode === 229) event.stopPropagation() // Safari's Enter comes after the composition
    else if (event.key === "Tab") moveOn(event)
    else if (event.target.closest("button") && !THEIRS.test(event.key)) event.stopPropagation()
  }, true)

  // Tab goes from the box to its buttons; behind the last of them the theme closes the search.
  function moveOn(event) {
    const stops = [input, ...result.querySelectorAll("button")]
    const place = stops.indexOf(event.target)
    const next = place < 0 ? undefined : stops[place + (event.shiftKey ? -1 : 1)]
    if (!next) return
    event.preventDefault()
    event.stopPropagation()
    next.focus()
  }

  // Rows are drawn anew whenever more has come: whoever was on one stays there.
  document.addEventListener("focusin", ({ target }) => {
    focused = list.contains(target) && target.href ? key(target) : ""
    if (target === input) prefetch()
  })

  // --- filters ---

  const named = ({ name, value }) => `${name}:${value}`
  const isAsked = filter => answer?.filters.some(it => named(it) === filter)
  const typed = filter => `${filter.name}:${filter.value.replace(/^sig-/, "")}`

  function add(filter) {
    ask(`${input.value.trimEnd()} ${typed(filter)}`.trimStart())
  }

  function remove(filter) {
    const written = answer.filters.filter(it => named(it) === filter).map(it => it.typed)
    ask(input.value.split(/\s+/).filter(word => !written.includes(word)).join(" "))
  }

  function drawChips({ filters, unknown }) {
    const before = document.activeElement
    const lost = chips.contains(before) ? before.value : null
    const names = [...new Set(filters.map(named))]
    chips.replaceChildren(...names.map(name => chip(name, unknown.some(it => named(it) === name))))
    for (const button of facets.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", isAsked(button.value) ? "true" : "false")
    }
    if (lost !== null) ([...chips.children].find(it => it.value === lost) ?? input).focus()
  }

  function chip(name, isUnknown) {
    const made = button(name, () => remove(name))
    made.className = "neco-search__chip"
    made.value = name
    made.title = words.remove.replace("{filter}", name)
    made.setAttribute("aria-label", made.title)
    made.classList.toggle("neco-search__chip--unknown", isUnknown)
    return made
  }

  function offer(values) {
    const groups = Object.entries(OFFERED).map(([name, most]) => [name, (values[name] ?? []).slice(0, most)])
    facets.replaceChildren(...groups.filter(([, offered]) => offered.length > 1).map(group))
    if (answer) drawChips(answer)
  }

  function group([name, values]) {
    const made = element("span", "neco-search__group")
    made.setAttribute("role", "group")
    made.setAttribute("aria-label", words[name])
    made.append(element("span", "neco-search__name", words[name]))
    made.append(...values.map(value => facet({ name, value })))
    return made
  }

  function facet(filter) {
    const name = named(filter)
    const made = button(filter.value.replace(/^sig-/, ""), () => (isAsked(name) ? remove(name) : add(filter)))
    made.value = name
    made.setAttribute("aria-pressed", "false")
    return made
  }

  // --- in words ---

  function drawStatus({ query, total, complete, shards, unknown, near }) {
    if (!query.trim()) return // the theme says what to do
    const isBroken = shards.failed > 0 && shards.failed === shards.total
    const told = isBroken ? [words.broken] : total ? [count(total, complete)] : [none(query, complete)]
    if (complete && unknown.length) told.push(filled("unknown", { filter: unknown.map(it => it.typed).join(" ") }))
    if (complete && shards.failed && !isBroken) told.push(words.failed)
    status.replaceChildren(told.join(" "))
    if (complete && near && !total) suggest(near)
    if (complete && shards.failed) status.append(" ", button(words.again, tryAgain))
  }

  const filled = (name, fields) => words[name].replace(/\{(\w+)\}/g, (_, field) => fields[field])
  const number = count => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",") // Intl would take 10 ms to load
  const count = (total, complete) => filled(complete ? "count" : "partial", { count: number(total) })
  const none = (query, complete) => (complete ? filled("none", { query: shortened(query.trim()) }) : words.searching)
  const shortened = text => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST).join("")}…` : text)

  function suggest(near) {
    const [before, after] = words.near.split("{query}")
    status.append(" ", before, button(near, () => askNear(near)), after)
  }

  function askNear(near) {
    ask(near)
    input.focus()
  }

  // The theme asks nothing twice.
  function tryAgain() {
    prefetch()
    worker.postMessage({ type: QUERY, data: input.value })
    input.focus()
  }

  // --- rows ---

  const key = ({ pathname, hash }) => pathname + hash
  const row = address => [...list.querySelectorAll("[href]")].find(link => key(link) === address)

  function addFacts() {
    for (const link of list.querySelectorAll(".md-search-result__link:not(:has(.neco-search__facts))")) {
      const known = found.get(key(link))
      if (known) link.querySelector("h1, h2").after(drawnFacts(known, link.querySelector("h1")))
    }
  }

  // A page says when it was written; its sections say so to those who only hear them.
  function drawnFacts({ kind, date, number, kep }, isPage) {
    const line = element("span", "neco-search__facts")
    const when = element("span", isPage ? "" : "neco-hidden")
    const facts = [isPage && kind !== "kep" && words[kind], date && day(date), number && filled("number", { number })]
    when.append(...facts.filter(Boolean).flatMap(fact => [fact, " "]))
    line.append(when, ...(kep ? [badge(kep)] : []))
    return line
  }

  function day(date) {
    const made = element("time", "", date)
    made.dateTime = date
    return made
  }

  function badge({ number, stage }) {
    const made = element("span", "neco-search__kep", `KEP-${number}`)
    if (!stage) return made
    const pill = element("span", "neco-stage", words.stages[stage] ?? stage)
    pill.dataset.stage = stage
    made.append(" ", pill)
    return made
  }

  // --- the address ---

  // A page with a form of its own has `q` for that.
  function writeAddress() {
    if (document.querySelector("form.neco-filter")) return
    const address = new URL(location.href)
    const query = toggle.checked || leaving ? input.value.trim() : ""
    if (query) address.searchParams.set("q", query)
    else address.searchParams.delete("q")
    if (address.href !== location.href) history.replaceState(history.state, "", address)
  }

  // Whoever follows a result finds the search as it was on coming back.
  list.addEventListener("click", event => {
    leaving = Boolean(event.target.closest("[href]")) && !event.ctrlKey && !event.metaKey && !event.shiftKey
    setTimeout(() => (leaving = false))
  }, true)
  toggle.addEventListener("change", () => {
    clearTimeout(waiting)
    writeAddress()
  })
  addEventListener("pageshow", event => {
    if (event.persisted && new URL(location.href).searchParams.has("q") && !toggle.checked) toggle.click()
  })

  // --- what is drawn ---

  function element(tag, name, text = "") {
    const made = document.createElement(tag)
    if (name) made.className = name
    made.textContent = text
    return made
  }

  function button(text, press) {
    const made = element("button", "", text)
    made.type = "button"
    made.addEventListener("click", press)
    return made
  }

  status.setAttribute("role", "status")
  filters.setAttribute("role", "group")
  filters.setAttribute("aria-label", words.filters)
  filters.append(chips, facets)
  result.prepend(filters)
  new MutationObserver(addFacts).observe(list, { childList: true }) // more rows are drawn as the reader comes to them
  if (document.activeElement === input) prefetch()
})()
