// Rows narrowed down by a form, sorted, and both kept in the address: the table of all KEPs, the list of all links.
//
// Form and rows come with the page: the form names its lists of rows, a row tells what it is. The form's controls are the
// state; the address follows them, and they follow the address when the page is opened or the reader goes back. What the
// address says is compared, never drawn.

(() => {
  const ROW_DATA = { release: "releases", year: "years", mention: "mentioned" } // what rows call otherwise than controls
  const PAUSE = 400 // ms without a change until rows out of sight are laid out too, as finding and listening need it
  const language = document.documentElement.lang || "ja"
  const collator = new Intl.Collator(language, { numeric: true })

  let page = null // that is shown: with instant navigation there may be several, one after the other

  function start() {
    const form = document.querySelector("form.neco-filter[hidden]")
    if (!form) return
    const filters = [...form.querySelectorAll("select:not([name=sort])")]
    const order = form.elements.sort.value
    page = { form, filters, order, sort: order, picks: [] }
    page.lists = [...document.querySelectorAll(form.dataset.rows)].map(readList)
    page.rows = page.lists.flatMap(list => list.rows)
    page.ranks = Object.fromEntries(filters.map(it => [it.name, ranks(it)]))
    page.headers = [...document.querySelectorAll("th[data-sort]")]
    page.headers.forEach(header => addButton(header, () => sortBy(header.dataset.sort)))
    document.querySelectorAll("[data-pick] > li").forEach(addPick)
    readAddress()
    closeSearch()
    form.hidden = false
    form.addEventListener("submit", event => event.preventDefault())
    form.addEventListener("input", event => event.isComposing || change())
    form.addEventListener("compositionend", change)
    form.addEventListener("focusin", () => page.rows.forEach(words), { once: true }) // thousands take a while: before typing
    form.querySelector("button").addEventListener("click", () => {
      form.reset()
      change()
    })
  }

  // --- rows: what a filter or an order asks for, read when it asks, once ---

  // A list may have a heading, which goes when nothing fits and tells how many do.
  function readList(body) {
    const section = body.closest("section")
    const list = { body, section, count: section?.querySelector("[data-count]") }
    list.rows = [...body.children].map((row, place) => ({ row, list, place, tokens: {} }))
    return list
  }

  // What a row does not say of itself, its list says of all.
  function data(it, name) {
    const key = ROW_DATA[name] ?? name
    return it.row.dataset[key] ?? it.list.body.dataset[key] ?? ""
  }

  const tokens = (it, name) => (it.tokens[name] ??= data(it, name).split(" ").filter(Boolean).map(it => bare(name, it)))
  const bare = (name, value) => (name === "release" ? value.replace(/^v(?=\d)/i, "") : value)
  const folded = text => text.normalize("NFKC").toLowerCase()

  const link = it => it.row.querySelector("a")
  const number = it => (it.number ??= it.row.querySelector(".neco-number")?.textContent ?? "")
  const title = it => (it.title ??= folded(link(it).textContent))
  const words = it => (it.words ??= folded(`${it.row.textContent} ${outside(link(it).getAttribute("href"))}`))
  const outside = address => (address.startsWith("http") ? address : "")

  // A vocabulary's order is that of its options; the first option stands for all of them.
  const ranks = select => new Map([...select.options].slice(1).map((option, place) => [option.value, place]))

  function key(it, name) {
    if (name === page.order) return it.place
    if (name === "title") return link(it).textContent
    return (page.ranks[name] ? page.ranks[name].get(data(it, name)) : data(it, name) || null) ?? null
  }

  // --- the state: form <-> address ---

  function readAddress() {
    const { elements } = page.form
    const asked = new URLSearchParams(location.search)
    for (const filter of page.filters) choose(filter, bare(filter.name, asked.get(filter.name) ?? ""), "")
    choose(elements.sort, asked.get("sort") ?? "", page.order)
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
    const { q, sort } = page.form.elements
    for (const control of [...page.filters, q, sort]) {
      const value = control.value.trim()
      if (value && !(control === sort && value === page.order)) address.searchParams.set(control.name, value)
      else address.searchParams.delete(control.name)
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
    const { q, sort, result } = page.form.elements
    const chosen = page.filters.filter(filter => filter.value).map(({ name, value }) => [name, value])
    const tests = asked(q.value).map(testOf)
    const fits = it => chosen.every(([name, value]) => tokens(it, name).includes(value)) && tests.every(test => test(it))
    const count = page.lists.reduce((sum, list) => sum + drawList(list, fits), 0)
    sortRows(sort.value)
    for (const { button, filter, value } of page.picks) button.setAttribute("aria-pressed", filter.value === value)
    result.value = count ? counted(result, count) : result.dataset.none
  }

  function drawList({ body, rows, section, count: output }, fits) {
    let count = 0
    for (const it of rows) {
      const found = fits(it)
      if (it.row.hidden === found) it.row.hidden = !found
      count += found
    }
    body.style.setProperty("--rows", count) // where the style sheet leaves out what is not in sight, it keeps its place
    if (section) section.hidden = !count
    if (output) output.textContent = counted(output, count)
    return count
  }

  const counted = (output, count) => output.dataset.count.replace("{count}", count.toLocaleString(language))

  // While they are busy, the style sheet leaves out what is not in sight: hundreds of rows take a tenth of a second.
  function settle() {
    const bodies = page.lists.map(list => list.body)
    bodies.forEach(body => body.setAttribute("aria-busy", "true"))
    clearTimeout(page.settling)
    page.settling = setTimeout(() => bodies.forEach(body => body.removeAttribute("aria-busy")), PAUSE)
  }

  // The words of the free text: "KEP-127", "#127" and "１２７" are all 127, "v1.37" is 1.37.
  function asked(text) {
    const numbered = folded(text).replace(/(?:\bkep[-\s‐–−ー]*|#)(?=\d)/g, " ")
    return numbered.split(/\s+/).filter(Boolean).map(word => word.replace(/^v(?=\d+\.\d)/, ""))
  }

  // Where rows have numbers, a number or a release that exists is meant as it is; any other may be the beginning of one.
  // Or a title says it.
  function testOf(word) {
    if (!number(page.rows[0]) || !/^\d+(\.\d+)?$/.test(word)) return it => words(it).includes(word)
    const values = it => (word.includes(".") ? tokens(it, "release") : [number(it)])
    const exists = page.rows.some(it => values(it).includes(word))
    const fits = value => (exists ? value === word : value.startsWith(word))
    return it => values(it).some(fits) || (!exists && title(it).includes(word))
  }

  function sortRows(order) {
    const name = order.replace("-", "")
    const direction = order.startsWith("-") ? -1 : 1
    for (const header of page.headers) {
      if (header.dataset.sort !== name) header.removeAttribute("aria-sort")
      else header.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending")
    }
    if (order === page.sort) return
    page.sort = order
    for (const { body, rows } of page.lists) {
      const keyed = rows.map(it => [key(it, name), it.row])
      body.append(...keyed.sort(([one], [other]) => compare(one, other, direction)).map(([, row]) => row))
    }
  }

  // What has no value comes last either way; what is equal stays in the order of the page.
  function compare(one, other, direction) {
    if (one === null || other === null) return (one === null) - (other === null)
    return direction * (typeof one === "number" ? one - other : collator.compare(one, other))
  }

  // --- what is text without scripts: headers that sort, values that are often looked for ---

  function addButton(element, press) {
    const button = document.createElement("button")
    button.type = "button"
    button.append(...element.childNodes)
    element.append(button)
    button.addEventListener("click", press)
    return button
  }

  function sortBy(name) {
    page.form.elements.sort.value = page.sort === name ? `-${name}` : name
    change()
  }

  function addPick(element) {
    const filter = page.form.elements[element.parentElement.dataset.pick]
    const { value } = element.dataset
    const press = () => {
      filter.value = filter.value === value ? "" : value
      change()
    }
    page.picks.push({ button: addButton(element, press), filter, value })
  }

  start()
  addEventListener("popstate", () => page?.form.isConnected && readAddress())
  window.document$?.subscribe(start)
})()
