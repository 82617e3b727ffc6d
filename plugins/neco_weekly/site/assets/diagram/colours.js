// The colours of a diagram are those of the page, which has them as custom properties, for light and for dark.

/** @typedef {"default" | "slate"} Scheme as the theme calls light and dark */

/** Mermaid's names, and ours. Whatever else it needs it derives from these. */
const NAMES = Object.entries({
  background: "--md-default-bg-color",
  primaryColor: "--neco-diagram-1",
  secondaryColor: "--neco-diagram-2",
  tertiaryColor: "--neco-diagram-3",
  noteBkgColor: "--neco-diagram-1",
  edgeLabelBackground: "--md-default-bg-color",
  textColor: "--md-default-fg-color",
  titleColor: "--md-default-fg-color",
  primaryTextColor: "--md-default-fg-color",
  secondaryTextColor: "--md-default-fg-color",
  tertiaryTextColor: "--md-default-fg-color",
  noteTextColor: "--md-default-fg-color",
  primaryBorderColor: "--neco-muted",
  secondaryBorderColor: "--neco-muted",
  tertiaryBorderColor: "--neco-muted",
  noteBorderColor: "--neco-muted",
  lineColor: "--neco-muted",
  pieStrokeColor: "--neco-muted",
  pieOuterStrokeColor: "--neco-muted",
})

/** The colours of a scheme, also of the one that is not shown. @param {Scheme} scheme */
export function coloursOf(scheme) {
  const probe = document.createElement("i")
  probe.dataset.mdColorScheme = scheme
  for (const name of ["mdColorPrimary", "mdColorAccent"]) probe.dataset[name] = document.body.dataset[name] ?? ""
  document.documentElement.append(probe) // not into the body, whose scheme would win where this one says nothing
  const style = getComputedStyle(probe)
  const colours = NAMES.map(([name, property]) => {
    probe.style.color = `var(${property})`
    return [name, style.color] // as numbers, which is what mermaid can reckon with
  })
  probe.remove()
  return Object.fromEntries(colours)
}
