"""Web pages: what they say about themselves, field by field with its origin.

- `read`      a web page -> Extraction
- `accounts`  accounts of several places -> one Extraction: which place is believed
- `html_page`, `elements`, `json_ld`, `titles`, `graphemes`  what stands in a page's HTML, how it is written
- `dates`, `page_dates`  days as pages write them, and the one that is shown as the page's own
- `charset`   bytes of a page -> text, for pages in Japanese above all
- `oembed`    oEmbed: which endpoint serves which addresses, and what its responses say
- `github`, `adapters`  sites that need more care than what all pages get
- `placeholder_pages`   pages that stand in for another: challenges, consent, errors with status 200
- `wayback`   the copy of a page that is gone
"""
