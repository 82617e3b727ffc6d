// The controls of the form, which are the state, and the address, which follows them.

import { withoutV } from "./query.js"

export class Controls {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    const selects = [...form.querySelectorAll("select")]
    this.q = control(form, "q", HTMLInputElement)
    this.sort = control(form, "sort", HTMLSelectElement)
    this.result = control(form, "result", HTMLOutputElement)
    this.filters = selects.filter(select => select !== this.sort)
    this.order = this.sort.value // that of the page
  }

  /** The filters that let not everything through. */
  get chosen() {
    return this.filters.filter(filter => filter.value).map(({ name, value }) => ({ name, value }))
  }

  readAddress() {
    const asked = new URLSearchParams(location.search)
    for (const filter of this.filters) choose(filter, withoutV(filter.name, asked.get(filter.name) ?? ""), "")
    choose(this.sort, asked.get("sort") ?? "", this.order)
    this.q.value = asked.get("q") ?? ""
  }

  writeAddress() {
    const address = new URL(location.href)
    for (const control of [...this.filters, this.q, this.sort]) {
      const value = control.value.trim()
      const isUsual = !value || (control === this.sort && value === this.order)
      if (isUsual) address.searchParams.delete(control.name)
      else address.searchParams.set(control.name, value)
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address)
  }
}

/** @param {HTMLSelectElement} select @param {string} value @param {string} otherwise where it has no such option */
function choose(select, value, otherwise) {
  select.value = value
  if (select.selectedIndex < 0) select.value = otherwise
}

/**
 * @template {Element} E
 * @param {HTMLFormElement} form @param {string} name @param {new () => E} kind
 * @returns {E}
 */
function control(form, name, kind) {
  const found = form.elements.namedItem(name)
  if (!(found instanceof kind)) throw new TypeError(`the form has no ${name}`)
  return found
}
