"""The nouns of the newsletter (enhancement, issue, card, release) and their pure rules. Knows no other room.

- `keps`        an enhancement: stage, status, state at a time, and the source that state was read from
- `kep_fields`  the fields of a KEP, a row each
- `history`     an enhancement over time: what changed, what was true on a day, which source counts
- `gates`       feature gates: their stages, as two witnesses tell them
- `shipping`    what shipped of an enhancement, and what is only planned: the rules that tell them apart
- `release_plans` what kep.yaml plans for a release
- `release_rows` the rows of a release: what came with it, and what became of what was planned
- `official_lists` what a release's announcement lists, beside ours
- `releases`    Kubernetes releases and their days (`releases.csv`)
- `versions`    versions of projects: read from tags, in order, told apart by what they are versions of
- `watched`     watched repositories and their releases
- `news`        what came out of them in a time, and what of that is worth a heading
- `cards`       what a web page says about itself, what an author says of a link
- `github`      things of GitHub: their state on a past day and today, lines of code
- `extraction`  what a web page says about itself, field by field, each with the place where the field was read
- `picture_sizes` sizes of pictures, read from their first bytes
- `issues`      an issue, and the scan result: what reading an issue's text found
- `topics`      a topic: a project, a standard, a technique, a vulnerability
- `pull_requests` the KEPs that a link to a pull request mentions
- `text`        one clean line, a length, control characters
- `sig_names`   names of SIGs, however they are written
- `days`        the calendar of Asia/Tokyo
- `paths`       the places of the site
- `errors`      NecoError and FetchError
- `options`     the options of `mkdocs.yml`, with their defaults
- `program`     a digest of this package, for caches
"""
