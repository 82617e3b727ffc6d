// What mermaid is told before it draws a diagram.

import { coloursOf } from "./colours.js"

/** @import { Scheme } from "./colours.js" */

const OURS = ["secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "suppressErrorRendering", "themeCSS"]

/** @param {Scheme | undefined} scheme none where the source has colours of its own @param {string} font */
export const settings = (scheme, font) => ({
  startOnLoad: false,
  securityLevel: "strict",
  secure: OURS, // what no source may change
  suppressErrorRendering: true,
  theme: scheme ? "base" : "default",
  fontFamily: font,
  themeVariables: { ...(scheme ? coloursOf(scheme) : {}), fontFamily: font },
})
