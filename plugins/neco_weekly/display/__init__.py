"""KEPs and cards as words and as elements: what is drawn, whoever draws it. Knows `lock`, `grammar` and `model`.

- `words`      the one table of words, in two languages (`strings.toml` and those beside it)
- `problem_words` problems in Japanese, a sentence for each kind (`problems_ja.toml`)
- `phrases`    a KEP's stage, source, field or value in words
- `release_words` exceptions from freezes, plans and what became of them, in words; `row_words` a KEP's row in a release
- `release_states` what a KEP or a gate is in one release, in words and for a script
- `event_words` what happened to a KEP, in words
- `setback_words` what went back and what stands still, in words
- `badges`     references to KEPs, with the stage then and now
- `cards`      link cards
- `github_cards` what a card of GitHub has more: then and now, lines of code
- `card_words` what a card says, before the card is drawn
- `why_card`   where that comes from, and what was passed over, in previews
- `card_facts` the line of facts on a card: a file's kind and size, an event's day and place
- `section_since` the line below a heading: what shipped since
- `issue_keps` the list under an issue's title: what became of its KEPs
- `topic_links` a mention of a topic as a link
- `topic_lines` what stands around an issue's text: its topics, releases of today, related issues
- `follow_up_lines` lines at a section that later issues follow up or correct
- `github_text` text for GitHub: reports that stay text, annotations of a workflow's run
- `elements`   elements whose text Markdown must not read again
"""
