"""The site: pages, search, feeds and data that readers get, computed from index and lock by every build.

- `pages`     generated pages and `api/*.json`
- `timeline`  a KEP's life over releases, as values to draw
- `search`    sections -> the files that readers search in
- `around_issues` what stands around an issue's text: topics, releases of today, related issues
- `headlines` the title by which readers know an issue, and its first words in lists
- `whole_words` words of titles that no line ends within
- `issue_front` the head and the end of an issue in our design
- `later_lines`  lines of later issues put into the pages of earlier ones
- `page_places` the places of a drawn page where something can be put in
- `feeds`     feeds of issues, of what happened to KEPs, of each KEP, SIG and topic
- `foreign_texts` texts of another language than their page, marked as such
- `head`      what a page says of itself to who lists it or shares it
- `social`    the pictures that show where somebody shares a page
- `export`    an issue as other places want it: Zenn, Qiita, Hatena Blog, GitHub, mail
- `issue_markdown` an issue as Markdown for programs
- `llms`      what the site has, for programs that read texts
- `badge`     where a KEP stands, as a picture for pages elsewhere
- `new_issue_link` the link with which a writer begins the next issue in GitHub's editor
- `calendar`  days of Kubernetes releases as a calendar, `releases.ics`
- `news_draft`  what came out of watched projects, as a draft for the next issue
- `digest_draft` a digest of what happened, as lines for the next issue
- `release_draft` a draft of an issue on a release of Kubernetes; `draft_facts` what it says of a KEP
- `addition_draft` what `neco add` writes into a draft
- `issue_links` links to earlier issues in such drafts
- `markdown_text` foreign text in such drafts, as Markdown and in comments
- `files`     a generated file
- `own_paths` pages of writers in the places of ours
- `my_release` what a page loads that says something of the reader's own release
- `following`  scripts of pages on which readers follow something; `needed_scripts` which a page of ours needs
- `previews`  what a link shows before it is followed
- `large_pictures` pictures of writers that open large
- `moved_page` the page at an old address of another one
- `lost_page` the page of addresses that lead nowhere
- `reading_aids` what pages load that helps while reading
- `mermaid`   what a page with a diagram loads
- `styles`    style sheets as they travel; `needed_styles` which of them a page needs
- `policy`    the Content-Security-Policy of a page, from what `page_sources` finds in its HTML
- `templates/`  HTML of generated pages
- `schemas/`    JSON Schemas of data
- `assets/`     styles of every page: `base` (colours, type), `sizes` (of what the theme draws), `badges`, `details` (of
  badges), `lists`, `boxes`, `head` (of issues and of pages about one thing), `access` (focus, phone, paper), `feeds`,
  `search`, `reading`; of texts: `dialect` (code, figures, formulas), `diagrams`, `examples` (of a guide), `card`,
  `card_github`; of issues: `later` (follow-ups, corrections), `topics`, `issue_keps`, `issue`; of some pages:
  `timeline`, `about`, `kep`, `topic`, `embed`, `following`, `my_release`, `filter`, `kep_table`, `topic_table`,
  `setbacks`, `changes`, `links`, `releases`, `upgrade`; with `design: true` `design_page` (columns), `design_header`,
  `home`; scripts, built from modules in folders beside them
"""
