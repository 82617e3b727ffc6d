// The table of all KEPs: narrowed down by its form, sorted by its headers, and both kept in the address.
//
// Form and rows come with the page. The form's controls are the state; the address follows them, and they follow the
// address when the page is opened or the reader goes back. What the address says is compared, never drawn.

(() => {
  const FILTERS = ["sig", "stage", "status", "release", "year"]
  const ROW_DATA = { sig: "sig", stage: "stage", status: "status", release: "releases", year: "years" }
  const DEFAULT_SORT = "number"
  const PAUSE = 400 // ms without a change until rows out of sight are laid out too, as finding and listening need it
  const collator = new Intl.Collator(document.documentElement.lang || "ja", { numeric: true })

  let table = null // of the page that is shown: with instant navigation there may be several, one after the other

  function start() {
    const form = document.querySelector("form.neco-filter[hidden]")
    const element = document.querySelector(".neco-kep-table")
    if (!form || !element) return
    const body = element.tBodies[0]
    table = { form, body, headers: [...element.querySelectorAll("th[data-sort]")], sort: DEFAULT_SORT }
    table.rows = [...body.rows].map(row => readRow(row, form.elements))
    table.headers.forEach(addButton)
    readAddress()
    closeSearch()
    form.hidden = false
    form.addEventListener("submit", event => event.preventDefault())
    form.addEventListener("input", event => event.isComposing || change())
    form.addEventListener("compositionend", change)
    form.querySelector("button").addEventListener("click", () => {
      form.reset()
      change()
    })
  }

  // --- rows: everything a filter or an order asks for, read once ---

  function readRow(row, controls) {
    const [number, title, stage, status] = row.cells
    const data = row.dataset
    const tokens = Object.fromEntries(
      FILTERS.map(name => [name, (data[ROW_DATA[name]] || "").split(" ").filter(Boolean).map(bare)]),
    )
    const link = title.querySelector("a").textContent
    const keys = {
      number: Number(number.textContent),
      title: link,
      stage: rank(controls.stage, data.stage),
      status: rank(controls.status, data.status),
      sig: data.sig || null,
      mention: data.mentioned || null,
    }
    const words = folded([link, stage.textContent, status.textContent, data.status, data.sig].join(" "))
    return { row, tokens, keys, words, title: folded(link), number: String(keys.number) }
  }

  // A vocabulary's order is that of its options; the first option stands for all of them.
  const rank = (select, value) => [...select.options].findIndex(option => value && option.value === value) + 1 || null
  const bare = token => token.replace(/^v(?=\d)/i, "")
  const folded = text => text.normalize("NFKC").toLowerCase()

  // --- the state: form <-> address ---

  function readAddress() {
    const { elements } = table.form
    const asked = new URLSearchParams(location.search)
    for (const name of FILTERS) choose(elements[name], bare(asked.get(name) ?? ""), "")
    choose(elements.sort, asked.get("sort") ?? "", DEFAULT_SORT)
    elements.q.value = asked.get("q") ?? ""
    draw()
  }

  // The theme reads `q` too, as words to search the site for: it opens its search, and takes `q` away as that closes.
  function closeSearch() {
    const toggle = document.getElementById("__search")
    const query = document.querySelector("[data-md-component=search-query]")
    if (!toggle?.checked || query?.value !== new URLSearchParams(location.search).get("q")) return
    query.value = ""
    query.blur()
    toggle.click()
    writeAddress()
  }

  function choose(select, value, otherwise) {
    select.value = value
    if (select.selectedIndex < 0) select.value = otherwise
  }

  function writeAddress() {
    const address = new URL(location.href)
    for (const name of [...FILTERS, "q", "sort"]) {
      const value = table.form.elements[name].value.trim()
      if (value && !(name === "sort" && value === DEFAULT_SORT)) address.searchParams.set(name, value)
      else address.searchParams.delete(name)
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address)
  }

  function change() {
    settle()
    draw()
    writeAddress()
  }

  // --- drawing ---

  function draw() {
    const { elements } = table.form
    const chosen = FILTERS.map(name => [name, elements[name].value]).filter(([, value]) => value)
    const tests = asked(elements.q.value).map(testOf)
    let count = 0
    for (const it of table.rows) {
      const found = chosen.every(([name, value]) => it.tokens[name].includes(value)) && tests.every(test => test(it))
      if (it.row.hidden === found) it.row.hidden = !found
      count += found
    }
    sort(elements.sort.value)
    const { none, count: sentence } = elements.result.dataset
    elements.result.value = count ? sentence.replace("{count}", count) : none
  }

  // While it is busy, the style sheet leaves out what is not in sight: hundreds of rows take a tenth of a second.
  function settle() {
    const { body } = table
    body.setAttribute("aria-busy", "true")
    clearTimeout(table.settling)
    table.settling = setTimeout(() => body.removeAttribute("aria-busy"), PAUSE)
  }

  // The words of the free text: "KEP-127", "#127" and "１２７" are all 127, "v1.37" is 1.37.
  function asked(text) {
    const numbered = folded(text).replace(/(?:\bkep[-\s‐–−ー]*|#)(?=\d)/g, " ")
    return numbered.split(/\s+/).filter(Boolean).map(word => word.replace(/^v(?=\d+\.\d)/, ""))
  }

  // A number or a release that exists is meant as it is; any other may be the beginning of one. Or a title says it.
  function testOf(word) {
    if (!/^\d+(\.\d+)?$/.test(word)) return it => it.words.includes(word)
    const values = it => (word.includes(".") ? it.tokens.release : [it.number])
    const exists = table.rows.some(it => values(it).includes(word))
    const fits = value => (exists ? value === word : value.startsWith(word))
    return it => values(it).some(fits) || (!exists && it.title.includes(word))
  }

  function sort(order) {
    const name = order.replace("-", "")
    const direction = order.startsWith("-") ? -1 : 1
    for (const header of table.headers) {
      if (header.dataset.sort !== name) header.removeAttribute("aria-sort")
      else header.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending")
    }
    if (order === table.sort) return
    table.sort = order
    const sorted = [...table.rows].sort((one, other) => compare(one.keys[name], other.keys[name], direction))
    table.body.append(...sorted.map(it => it.row))
  }

  // What has no value comes last either way; what is equal stays in the order of numbers.
  function compare(one, other, direction) {
    if (one === null || other === null) return (one === null) - (other === null)
    return direction * (typeof one === "number" ? one - other : collator.compare(one, other))
  }

  function addButton(header) {
    const button = document.createElement("button")
    button.type = "button"
    button.append(...header.childNodes)
    header.append(button)
    button.addEventListener("click", () => {
      const { sort: name } = header.dataset
      table.form.elements.sort.value = table.sort === name ? `-${name}` : name
      change()
    })
  }

  start()
  addEventListener("popstate", () => table?.form.isConnected && readAddress())
  window.document$?.subscribe(start)
})()
