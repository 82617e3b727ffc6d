// Details of a KEP's badge: what was true on the day, what is true now, since when, and where that is written.
//
// The words stand in the list under the title. A mouse shows them by resting on a badge, a keyboard by coming to
// it, a finger by a first tap; Escape, leaving, or a tap elsewhere closes them. Without that list a badge is just a link,
// and so is a card: it shows the same already, and leads where its author says.

(() => {
  const BADGE = "a.neco-kep:not(.neco-card__link)"
  const PULL = "https://github.com/kubernetes/enhancements/pull/"
  const REST = 150 // ms a mouse rests on a badge before it asks, so that one passing by asks nothing
  const GRACE = 300 // ms to get from the badge to its details
  const MARGIN = 8 // px between the details and the badge, and the edges of the window

  let badge = null // the one whose details are shown
  let details = null
  let dismissed = null // the one whose details were closed by Escape, until the mouse or the focus leaves it
  let pointer = "" // kind of the last pointer; empty after a key
  let waiting = 0

  const badgeAt = target => (target instanceof Element ? target.closest(BADGE) : null)
  const isShown = target => details !== null && target instanceof Node && (badge.contains(target) || details.contains(target))
  const later = (action, delay) => {
    clearTimeout(waiting)
    waiting = setTimeout(action, delay)
  }

  function show(next) {
    clearTimeout(waiting)
    if (next === badge && next.isConnected) return
    close()
    const entry = next.isConnected && entryOf(next.dataset.kep)
    if (!entry) return
    badge = next
    details = drawn(entry)
    badge.setAttribute("aria-details", details.id)
    badge.dataset.title = badge.title // the browser's own tip would cover ours
    badge.removeAttribute("title")
    badge.after(details) // so that Tab goes on from the badge into its details, and from there on in the text
    place()
  }

  function close() {
    clearTimeout(waiting)
    if (!badge) return
    badge.removeAttribute("aria-details")
    badge.title = badge.dataset.title
    delete badge.dataset.title
    details.remove()
    badge = details = null
  }

  function entryOf(number) {
    const entries = document.querySelectorAll(".neco-issue-keps li[data-more]")
    return [...entries].find(entry => entry.dataset.kep === number)
  }

  function drawn(entry) {
    const box = element("span", "neco-more")
    const title = element("b", "neco-more__title", entry.querySelector("a").textContent)
    const links = element("span", "neco-more__links")
    box.id = "neco-more"
    title.id = "neco-more-title"
    box.setAttribute("role", "group")
    box.setAttribute("aria-labelledby", title.id)
    if (entry.dataset.stage) box.dataset.stage = entry.dataset.stage
    links.append(link(entry.closest("nav").dataset.pageLabel, badge.href))
    if (/^\d+$/.test(entry.dataset.pull)) links.append(link(`PR #${entry.dataset.pull}`, PULL + entry.dataset.pull))
    const lines = entry.dataset.more.split("\n").map(line => element("span", "neco-more__line", line))
    box.append(title, ...lines, links)
    return box
  }

  function element(tag, name, text = "") {
    const made = document.createElement(tag)
    made.className = name
    made.textContent = text
    return made
  }

  function link(text, address) {
    const made = element("a", "neco-more__link", text)
    made.href = address
    return made
  }

  // Below the badge, above it where there is more room, and always inside the window. It belongs to the page, so it
  // scrolls with its badge.
  function place() {
    if (!details) return
    details.style.left = details.style.top = "0"
    const { clientWidth, clientHeight } = document.documentElement
    const roof = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0
    const { left: start, top: ceiling, bottom: floor } = seen()
    const origin = details.getBoundingClientRect()
    const below = clientHeight - floor
    const above = ceiling - roof
    const isAbove = origin.height + 2 * MARGIN > below && above > below
    const left = Math.max(MARGIN, Math.min(start, clientWidth - origin.width - MARGIN))
    const top = isAbove ? ceiling - MARGIN - origin.height : floor + MARGIN
    details.style.left = `${left - origin.left}px`
    details.style.top = `${top - origin.top}px`
  }

  // Where the badge begins and ends for the eye: what is for those who listen may be on the line before.
  function seen() {
    const stages = [...badge.querySelectorAll("[class^=neco-kep__]")]
    const boxes = stages.length ? stages.map(stage => stage.getBoundingClientRect()) : [...badge.getClientRects()]
    return { left: boxes[0].left, top: boxes[0].top, bottom: boxes.at(-1).bottom }
  }

  document.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse") return
    const next = badgeAt(event.target)
    if (next !== dismissed) dismissed = null
    if (isShown(event.target) || (details && hasFocus())) clearTimeout(waiting)
    else if (next && !dismissed) later(() => show(next), REST)
    else later(close, GRACE)
  })

  const hasFocus = () => details.contains(document.activeElement) || badge.matches(":focus-visible")

  document.addEventListener("focusin", event => {
    const next = badgeAt(event.target)
    if (next !== dismissed) dismissed = null
    if (isShown(event.target)) clearTimeout(waiting)
    else if (next && !dismissed && next.matches(":focus-visible")) show(next)
    else close()
  })

  document.addEventListener("keydown", event => {
    pointer = ""
    if (event.key !== "Escape" || !badge) return
    dismissed = badge
    if (details.contains(document.activeElement)) badge.focus()
    close()
  })

  document.addEventListener("pointerdown", event => {
    pointer = event.pointerType
  })

  // A finger that scrolls ends in pointercancel: only a tap or a click beside them closes the details.
  document.addEventListener("pointerup", event => {
    if (!isShown(event.target)) close()
  })

  document.addEventListener("click", event => {
    const next = badgeAt(event.target)
    if (!next || next === badge || pointer === "mouse" || pointer === "") return
    show(next)
    if (next === badge) event.preventDefault()
  })

  addEventListener("resize", place)
  addEventListener("pagehide", close) // going back shows the page as it is without a mouse on it
})()
