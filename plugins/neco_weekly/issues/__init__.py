"""Reading all issues of the weekly note, in one way for drawing, checking and fetching.

- `scan`     Markdown text -> the scan result, by running the extension
- `index`    issues and their mentions, looked at by KEP, by card, by issue
- `outline`  what the sections of an issue say in short
- `issue_digest` what the site draws of an issue, as a digest
- `topic_index` the topics of all issues; `related` which issues share KEPs and topics
- `topic_suggestions` what could become a topic; `alias_suggestions` which other names topics could have
- `topic_checks` problems of `topics.yml` and of the pages of topics
- `checks`   index and lock -> problems; `publication_checks` those of what is public, `link_checks` those of links
- `follow_ups` what later issues say of earlier ones: follow-ups and corrections
- `alias_checks` checks of old addresses
- `stage_checks` what issues say of stages; `image_checks` large pictures
- `external_checks` links to other sites, whose servers were asked
- `file_name_checks` checks of the names of files
- `mending` what `neco check --fix` writes otherwise
- `exchange` the next issue of a series, issues from elsewhere
- `silenced` problems that their writers do not want to hear of
- `problem_kinds` what each kind of problem says; `style_kinds` those that only `neco check` tells of
- `problems` a problem, with its file and line
"""
