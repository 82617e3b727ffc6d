"""Web pages: what they say about themselves, field by field with its origin.

- `read`      a web page -> Extraction
- `accounts`  accounts of several places -> one Extraction: which place is believed
- `passed_over`         candidates that were not taken, and why
- `html_page`, `elements`, `json_ld`, `titles`, `graphemes`  what stands in a page's HTML, how it is written
- `dates`, `page_dates`  days as pages write them, and the one that is shown as the page's own
- `json_ld_subject`, `home_links`  which JSON-LD is about the page; the site's name after its links home
- `title_choice`, `escaped_text`, `nothing`  which title says something; texts escaped twice, texts that say nothing
- `charset`, `charset_likeness`  bytes of a page -> text, for pages in Japanese above all
- `oembed`    oEmbed: which endpoint serves which addresses, and what its responses say
- `github_pages` what GitHub's API and raw files say: `github_api` asks, `github_facts` reads, `github_code` has lines
- `github`, `adapters`  sites that need more care than what all pages get
- `placeholder_pages`, `placeholder_titles`  pages that stand in for another: challenges, consent, errors
- `doubts`, `page_signs`  what about a page looks as if it stood in for another one: its forms, its words, its place
- `files`, `pdf_titles`  answers that are no page: PDFs, plain text, archives, pictures
- `events`    when and where the event is that a page is about
- `article_pictures`  the first large picture of a page's text
- `wayback`   the copy of a page made near a day, and the request to keep one
"""
