"""What a browser is asked of the ends of lines: which of them part what belongs together, at every width of a text."""

ENDS_OF_LINES = """([least, most, step]) => {
  const article = document.querySelector("article")
  const found = new Set()
  const OURS = ".neco-kep__stage, .neco-kep__plan"
  const lines = range => [...range.getClientRects()].filter(it => it.width > 0)
  const middle = it => (it.top + it.bottom) / 2
  const rows = it => {
    const places = [...it.querySelectorAll(OURS)].map(mark => middle(mark.getBoundingClientRect()))
    const texts = document.createTreeWalker(it, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      if (texts.currentNode.parentElement.closest(".neco-hidden, " + OURS)) continue
      const around = document.createRange()
      around.selectNodeContents(texts.currentNode)
      places.push(...lines(around).map(middle))
    }
    return Math.max(...places) - Math.min(...places) > 16
  }
  const NOT_FIRST = /[、。，．：；！？）」』】〕〉》・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?)]/
  const signs = function* () {
    const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const text = texts.currentNode
      if (!text.data.trim() || text.parentElement.closest("h1, pre, code, .neco-hidden, " + OURS)) continue
      if (!text.parentElement.closest("p, li, td")) continue
      for (let at = 0; at < text.length; at++) yield [text, at]
    }
  }
  for (let width = least; width <= most; width += step) {
    article.style.cssText = `max-width: none; width: ${width}px`
    for (const it of article.querySelectorAll(".neco-unit, a.neco-kep, :is(p, li) > code:not(.neco-long)"))
      if (!it.closest("h1, .neco-issue-keps") && rows(it)) found.add(`${width}: parted: ${it.textContent}`)
    for (const it of article.querySelectorAll(":is(p, li, td) a.neco-kep:has(> .neco-hidden:first-child)")) {
      const last = (it.closest(".neco-unit > :first-child")?.parentElement ?? it).previousSibling
      const words = last && document.createRange()
      words?.selectNodeContents(last)
      const ends = words && lines(words).at(-1)
      if (ends && it.querySelector(OURS).getBoundingClientRect().top > ends.bottom - 4)
        found.add(`${width}: a line begins with the mark behind ${last.textContent.slice(-8)}`)
    }
    let before = null
    for (const [text, at] of signs()) {
      const one = document.createRange()
      one.setStart(text, at)
      one.setEnd(text, at + 1)
      const box = one.getBoundingClientRect()
      if (!box.width) continue
      const block = text.parentElement.closest("p, li, td")
      if (before && before.block === block && box.top > before.box.bottom - 4 && NOT_FIRST.test(text.data[at]))
        // Behind a mark a sign does not begin its line, though it is the first to be read.
        if (at > 0 || !text.previousSibling?.matches?.("a.neco-kep:has(.neco-kep__stage, .neco-kep__plan)"))
          found.add(`${width}: a line begins with ${text.data.slice(at, at + 8)}`)
      before = {box, block}
    }
  }
  return [...found].slice(0, 40)
}"""
"""Takes the least and the most width of the text in pixels and the step between two; returns offenders with a width."""
