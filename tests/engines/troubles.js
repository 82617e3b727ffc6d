// Stands first on every page that an engine is tried with: what goes wrong is kept until the behaviour has ended.
;(() => {
  const KEY = "neco-troubles"
  /** @param {string} text */
  const note = text => {
    const list = JSON.parse(sessionStorage.getItem(KEY) ?? "[]")
    sessionStorage.setItem(KEY, JSON.stringify([...list, `${location.pathname}: ${text}`]))
  }
  let isLeft = false // the reader goes on to another page, and what was asked for here is given up
  for (const event of ["beforeunload", "pagehide"]) {
    // the first comes before what is under way is given up, the second alone where a page is left for good in silence
    addEventListener(event, () => {
      isLeft = true
    })
  }
  addEventListener("pageshow", () => {
    isLeft = false
  })
  addEventListener(
    "error",
    event => {
      const { target } = event
      if (/^ResizeObserver loop/.test(event.message)) return // the rest is told a frame later: Resize Observer, 3.3
      if (isLeft && /^NotReadableError/.test(event.message)) return // WebKit's word for an answer that nobody waits for
      if (target instanceof HTMLLinkElement && target.rel !== "stylesheet") return // what a browser fetches ahead
      if (target instanceof HTMLElement) note(`could not be loaded: ${target.outerHTML.slice(0, 200)}`)
      else note(`error in a script: ${event.message}`)
    },
    true,
  )
  addEventListener("unhandledrejection", event => note(`promise broken: ${event.reason}`))
  addEventListener("securitypolicyviolation", event => note(`against the policy: ${event.blockedURI}`))
  for (const kind of ["error", "warn"]) {
    const say = console[kind]
    console[kind] = (...words) => {
      note(`${kind} in the console: ${words.join(" ")}`)
      say.call(console, ...words)
    }
  }
  new PerformanceObserver(list => {
    for (const { name } of list.getEntries()) {
      if (!name.startsWith(location.origin) && !/^(data|blob):/.test(name)) note(`asks another host: ${name}`)
    }
  }).observe({ type: "resource", buffered: true })
})()
