"""The only network: one reader per outside format, each a function from an answer to the nouns of `model`.

- `http`            GET requests: polite, bounded, never led into private networks; the only place that opens a socket
- `addresses`       which network addresses may be spoken to
- `turns`           whose turn it is to speak to a host
- `target`          a web address taken apart
- `kep_repository`  a git repository of kubernetes/enhancements -> Snapshot
- `kep_history`     commits and their kep.yaml files -> every KEP's history
- `kep_file`        the text of one kep.yaml -> KepFile
- `kep_details`     what a kep.yaml says beside its state: authors, SIGs, references
- `history_cache`   what was read from a repository, until there are new commits
- `keps_json`       the public list of all KEPs -> Snapshot
- `clones`          cached bare clones of URLs and bundles
- `git`             git as a subprocess, bounded and without surprises from the environment
- `github`          an issue of kubernetes/enhancements -> Enhancement
- `webpage`         a web page -> Extraction: what is said about it, field by field with its origin
- `extraction`      accounts of several places -> one Extraction
- `page`, `elements`, `json_ld`, `titles`, `dates`, `graphemes`  what stands in a page's HTML, and how it is written
- `oembed`          which host answers for which addresses, and its answers
- `github_pages`, `adapters`  sites that need more care than what all pages get
- `refusals`        pages that stand in for another: challenges, consent, errors with status 200
- `answers`         answers of earlier runs: what did not change is not sent again
- `wayback`         the copy of a page that is gone
- `card_pictures`   the address of an image or icon -> a small picture
- `pictures`        bytes that call themselves a picture -> Picture, or why they are none
- `avif`            what an AVIF really holds, before it is decoded
- `workshop`        one thread for work that takes much memory
- `charset`         bytes of a page -> text, for pages in Japanese above all
- `written`         what the outside wrote, made fit to keep
- `tokyo`           days of the newsletter

The readers take `Http.get` as an argument, so that a test passes a function over saved answers.
"""
