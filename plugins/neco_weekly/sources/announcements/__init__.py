"""What the Kubernetes project announces in prose: release posts, and the guide to deprecated APIs.

- `headed_lists`  headings, items and paragraphs of Markdown or HTML, as far as a list needs them
- `post`        a release post -> the KEPs that it lists by stage
- `guide`       the guide to deprecated APIs -> what each release no longer serves, and what stands in for that
- `guide_page`  the page of that guide in a git repository of kubernetes/website
"""
