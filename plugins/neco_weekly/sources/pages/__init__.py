"""Web pages: what they say about themselves, field by field with its origin.

- `read`      a web page -> Extraction
- `accounts`  accounts of several places -> one Extraction: which place is believed
- `html_page`, `elements`, `json_ld`, `titles`, `dates`, `graphemes`  what stands in a page's HTML, how it is written
- `charset`   bytes of a page -> text, for pages in Japanese above all
- `oembed`    oEmbed: which endpoint serves which addresses, and what its responses say
- `github_pages` what GitHub's API and raw files say: `github_api` asks, `github_facts` reads, `github_code` has lines
- `github`, `adapters`  sites that need more care than what all pages get
- `placeholder_pages`   pages that stand in for another: challenges, consent, errors with status 200
- `wayback`   the copy of a page made near a day, and the request to keep one
"""
