"""The nouns of the newsletter and their pure rules. Knows no other room.

- `keps`        an enhancement: stage, status, its state at a time, where that was read
- `kep_fields`  the fields of a KEP, a row each
- `history`     an enhancement over time: what changed, what was true on a day, which source counts
- `releases`    Kubernetes releases and their days (`releases.csv`)
- `cards`       what a web page says about itself, what an author says of a link
- `extraction`  the same as it was read, field by field with its origin
- `issues`      an issue, and what reading its text found
- `text`        one clean line, a length, control characters, the name of a SIG
- `days`        the calendar of Asia/Tokyo
- `paths`       the places of the site
- `errors`      NecoError and FetchError
- `options`     the options of `mkdocs.yml`, with their defaults
- `program`     a digest of this package, for caches
"""
