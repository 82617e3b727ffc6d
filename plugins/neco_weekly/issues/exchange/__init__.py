"""Issues that come into being: the next one of a series, from those that are there, and issues from elsewhere.

- `additions`  something more in a draft
- `next_issue` the next issue: its day, number, path and title
- `new_front_matter` its front matter
- `issue_template` the team's own pattern of an issue, filled for the next one
- `past_issue` what of an issue that is there the next one follows from
- `importing`  books of HonKit, articles of Zenn and posts of Jekyll as issues
- `front_matter_text` entries put into the front matter of a page
"""
