// Mermaid, as its authors built it: modules that load what a kind of diagram needs from where they lie themselves.

/** @typedef {(id: string, source: string, container?: Element) => Promise<{svg: string}>} Render */
/** @typedef {{initialize: (settings: Record<string, unknown>) => void, render: Render}} Mermaid */
/** @typedef {() => Promise<Mermaid>} Load */

/** A script's address is known only while it begins. @param {string} address from that of the script @returns {Load} */
export function loader(address) {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript).src
  return async () => (await import(new URL(address, script).href)).default
}
