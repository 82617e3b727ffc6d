"""Feeds of a site, for feed readers: drawn from pages and from what happened, bounded, the same at every address.

- `site_feeds`      all feeds of a site, and the list of them
- `feed_places`     where feeds lie, and which page tells of which
- `feed_values`     entries and feeds as values, and the identifiers of what they are about
- `issue_entries`   issues, whole
- `change_entries`  what happened to KEPs
- `mention_entries` what issues wrote of a KEP, a SIG, a topic; releases of a topic's project
- `plain_html`      HTML of a page as a feed reader can show it
- `atom_feed`       Atom (RFC 4287)
- `json_feed`       JSON Feed 1.1
- `opml`            OPML 2.0
"""
