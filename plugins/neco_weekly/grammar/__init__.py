"""What authors may write: pure functions from text to values. Knows only `model`.

- `kep_references`  a KEP in a text (`KEP-127`) and in an address
- `kep_headings`    how a team writes a heading about a KEP
- `lookalike_hosts` host names that look like another one
- `kep_lookalikes`  what looks like a KEP in a text and is none (`KEP_127`)
- `urls`            where an address in a text ends, which addresses may be linked, the lock's form of an address
- `html_names`      which names are elements of HTML, SVG and MathML
- `info_strings`    what stands behind the marks of a fence: language, file name, changes
- `card_lines`      lines that ask for a card, with the forms of Zenn, Hatena Blog and Embedly
- `card_attributes` the attributes of a card: what an author says of it, and what cannot be read
- `issue_files`     which files are issues, and the text of one
- `front_matter`    what stands before an issue's body, in YAML (`bounded_front_matter`), TOML or lines
- `front_matter_values`  title, description, tags, authors, however their keys are spelt
- `comments`        what writers note for themselves, which no reader is shown
- `line_ends`       whether an issue keeps the ends of its lines as breaks
- `publication`     whether an issue is public, and why not
- `issue_dates`     the date and the number that an issue gives itself
- `issue_series`    what titles and paths of issues have in common but for day and number
- `issue_titles`    which title of several an issue has, and which of its headings are topics
- `issue_news`      the headings that carry an issue's news, and titles made of them
- `reading_time`    how long an issue takes to read
- `topics_file`     `topics.yml`: what people say of topics
- `heading_names`   what a heading may be about: names of projects
- `reported_versions`  versions that a heading reports
- `topic_names`     names of topics in a text; `name_borders` where these begin and end, `common_words` which are words
- `github_repositories`  whose repository an address is of
- `yaml_files`      YAML that people write, and mistakes with their line
- `bounded_files`   text files of a bounded size
"""
