// What the theme draws itself, `.mermaid` where a site's owner asks for that: its script would load mermaid from another
// host, if nothing of this name were there. It runs after this one.

/** @import { Load, Mermaid } from "./library.js" */
/** @typedef {Pick<Mermaid, "initialize" | "render">} Drawer */

/** @param {Load} load */
export function serveTheme(load) {
  const page = /** @type {typeof globalThis & { mermaid?: Drawer | Element }} */ (globalThis)
  if (page.mermaid && !(page.mermaid instanceof Element)) return
  /** @type {Record<string, unknown>} */
  let settings = {}
  page.mermaid = {
    initialize: wanted => {
      settings = { ...wanted, securityLevel: "strict" }
    },
    render: async (id, source) => {
      const mermaid = await load()
      mermaid.initialize(settings)
      return mermaid.render(id, source)
    },
  }
}
