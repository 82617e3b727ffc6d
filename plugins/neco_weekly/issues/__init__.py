"""Reading all issues of the weekly note, in one way for drawing, checking and fetching.

- `scan`     Markdown text -> the scan result, by running the extension
- `index`    issues and their mentions, looked at by KEP, by card, by issue
- `checks`   index and lock -> problems
- `link_checks` links between pages that lead nowhere
- `problems` a problem, with its file and line
"""
