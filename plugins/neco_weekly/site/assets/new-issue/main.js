// The link that begins the next issue in GitHub's editor: it leads to the issue of the next day in the rhythm, from today
// on. How a part of a day is written is said as in grammar/issue_series.py.

const LONGEST = 8000 // of an address, as in site/new_issue_link.py
const MONTHS = "January February March April May June July August September October November December".split(" ")
const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ")

/** @typedef {(string | [token: string])[]} Form texts, and names of parts of a day */
/** @typedef {{ base: string, path: Form, text: Form, days: string }} Known */

/** @param {string} token @param {Date} day */
function written(token, day) {
  const [year, month, date] = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(String)
  const [monthName, weekday] = [MONTHS[day.getMonth()], WEEKDAYS[day.getDay()]].map(String)
  const forms = {
    Y4: year.padStart(4, "0"),
    Y2: year.slice(-2),
    M1: month,
    M2: month.padStart(2, "0"),
    D1: date,
    D2: date.padStart(2, "0"),
    Month: monthName,
    Mon: monthName.slice(0, 3),
    Weekday: weekday,
    Week: weekday.slice(0, 3),
    曜日: "日月火水木金土".charAt(day.getDay()),
  }
  return forms[/** @type {keyof typeof forms} */ (token)] ?? ""
}

/** @param {Form} form @param {Date} day */
const filled = (form, day) => form.map(it => (typeof it === "string" ? it : written(it[0], day))).join("")

/** @param {Known} known @param {Date} now @returns {string} empty where no day of the rhythm is left */
function address({ base, path, text, days }, now) {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  const next = days
    .split(" ")
    .map(it => new Date(`${it}T00:00`))
    .find(it => it >= today)
  if (!next) return ""
  const begun = `${base}?filename=${encodeURIComponent(filled(path, next)).replaceAll("%2F", "/")}`
  const whole = `${begun}&value=${encodeURIComponent(filled(text, next))}`
  return whole.length > LONGEST ? begun : whole
}

for (const link of document.querySelectorAll("a[data-neco-new]")) {
  if (!(link instanceof HTMLAnchorElement)) continue
  const url = address(JSON.parse(link.dataset.necoNew ?? ""), new Date())
  if (url) link.href = url
}
