// The colours of a diagram are those of the page, which has them as custom properties, for light and for dark.

/** @typedef {"default" | "slate"} Scheme as the theme calls light and dark */

const BACKGROUND = "--md-default-bg-color"
const INK = "--md-default-fg-color"
const LINE = "--neco-muted"
/** Of areas, which have words on them, and of lines, which stand for themselves. */
const AREAS = [1, 2, 3, 4, 5, 6].map(number => `--neco-diagram-${number}`)
const LINES = [
  "--neco-beta",
  "--md-typeset-a-color",
  "--neco-stable",
  "--neco-alpha",
  "--neco-removed",
  "--neco-unknown",
]

/** Mermaid's names, each with `*` for its number. */
const NAMED = Object.entries({
  [BACKGROUND]: "background edgeLabelBackground",
  [INK]:
    "textColor titleColor primaryTextColor secondaryTextColor tertiaryTextColor noteTextColor pieTitleTextColor " +
    "pieSectionTextColor pieLegendTextColor",
  [LINE]:
    "lineColor primaryBorderColor secondaryBorderColor tertiaryBorderColor noteBorderColor pieStrokeColor " +
    "pieOuterStrokeColor archEdgeColor archEdgeArrowColor archGroupBorderColor",
  "--neco-diagram-1": "primaryColor noteBkgColor",
  "--neco-diagram-2": "secondaryColor",
  "--neco-diagram-3": "tertiaryColor",
})

const ALL = [BACKGROUND, INK, LINE, ...AREAS, ...LINES]

/** The colours of a scheme, also of the one that is not shown. @param {Scheme} scheme */
export function coloursOf(scheme) {
  const probe = document.createElement("i")
  probe.dataset.mdColorScheme = scheme
  for (const name of ["mdColorPrimary", "mdColorAccent"]) probe.dataset[name] = document.body.dataset[name] ?? ""
  // An element for each colour: were one to have them all in turn, the browser would reckon its style as often.
  const samples = ALL.map(property => {
    const sample = document.createElement("i")
    sample.style.color = `var(${property})`
    sample.style.forcedColorAdjust = "none"
    return sample
  })
  probe.append(...samples)
  document.documentElement.append(probe) // not into the body, whose scheme would win where this one says nothing
  const read = new Map(samples.map((it, place) => [ALL[place], hex(getComputedStyle(it).color)]))
  probe.remove()
  return { ...allOf(property => read.get(property) ?? ""), darkMode: scheme === "slate" }
}

/** Mermaid derives the rest, but in dark not every kind of diagram can then be read. @param {(property: string) => string} read */
function allOf(read) {
  /** @type {Record<string, unknown>} */
  const colours = {}
  for (const [property, names] of NAMED) for (const name of names.split(" ")) colours[name] = read(property)
  for (let number = 0; number < 12; number++) {
    const area = read(AREAS[number % AREAS.length] ?? "")
    const line = read(LINES[number % LINES.length] ?? "")
    Object.assign(colours, {
      [`cScale${number}`]: area,
      [`cScaleLabel${number}`]: read(INK),
      [`cScaleInv${number}`]: read(LINE),
      [`pie${number + 1}`]: area,
      [`git${number}`]: line,
      [`gitBranchLabel${number}`]: read(BACKGROUND),
    })
  }
  const [ink, line] = [read(INK), read(LINE)]
  return {
    ...colours,
    xyChart: { ...axes(ink, line), backgroundColor: read(BACKGROUND), plotColorPalette: LINES.map(read).join() },
    packet: {
      startByteColor: ink,
      endByteColor: ink,
      labelColor: ink,
      titleColor: ink,
      blockStrokeColor: line,
      blockFillColor: read("--neco-diagram-1"),
    },
  }
}

/** @param {string} ink @param {string} line */
function axes(ink, line) {
  const words = ["title", "xAxisTitle", "xAxisLabel", "yAxisTitle", "yAxisLabel"].map(it => [`${it}Color`, ink])
  const lines = ["xAxisTick", "xAxisLine", "yAxisTick", "yAxisLine"].map(it => [`${it}Color`, line])
  return Object.fromEntries([...words, ...lines])
}

/** A colour as mermaid reckons with it, and without a comma. @param {string} colour as `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.4)` */
export function hex(colour) {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  const parts = alpha < 1 ? [red, green, blue, alpha * 255] : [red, green, blue]
  return `#${parts.map(part => Math.round(part).toString(16).padStart(2, "0")).join("")}`
}
