"""The only network: one reader per outside format, each a function from a response to the nouns of `model`.

- `http`            GET requests: rate-limited, bounded, never led into private networks; alone opens sockets
- `keps`            kubernetes/enhancements: its git history, its public list, its issues
- `gates`           feature gates: the website's pages, the lists of the programs themselves
- `schedules`       Kubernetes releases: their days, and exceptions from their freezes
- `releases`        releases of projects: the feeds of their repositories
- `announcements`   what Kubernetes announces in prose: release posts, the guide to deprecated APIs
- `pages`           web pages -> what they say about themselves
- `pictures`        images and icons -> small pictures; the only place that decodes
- `link_answers`    whether links lead anywhere
- `git`             git as a subprocess, bounded and without surprises from the environment
- `repositories`    git repositories: from an address to commits, days and files
- `clones`          cached bare clones of URLs and bundles
- `bounded_memory`  one thread for work that takes much memory

The readers take `Http.get` as an argument, so that a test passes a function over saved responses.
"""
