"""The lock: what is known and committed, fetched facts with what people wrote on top. Knows `grammar` and `model`.

- `store`       the whole lock: loaded, asked, saved
- `keps_json`   `keps.json`: enhancements with their history
- `other_keps_json`  `other-keps.json`: those that no issue mentions
- `kep_state_json`, `kep_history_json`  one state of an enhancement, and all of them over time
- `gates_json`  feature gates, as each witness tells them
- `cards_json`  `cards.json`: what web pages say about themselves
- `card_details_json`  of a card: the file that it leads to, the event that it is about
- `topics_json` `topics.json`: the releases of watched repositories
- `official_json`  what release posts list, and the APIs that releases no longer serve
- `releases_json`  `releases.json`: days of Kubernetes releases, and exceptions
- `failures_json`  on how many days something could not be fetched
- `github_json` what GitHub says of its things, as a card keeps that
- `json_values` values of the lock's JSON, each checked, with errors that name the place
- `json_documents`  its files as a whole, read within bounds
- `overrides`   `overrides.yml`: a person's word on a KEP
- `official_overrides`  what it says of official lists of releases
- `card_rules`  what it says of the cards of hosts
- `synonyms`    `synonyms.yml`: words that mean the same to a reader who searches
- `pictures`    pictures of cards as files, named by their content
- `updates`     the one way in which a program changes the lock, whatever others write meanwhile
- `folder_locks` advisory locks: one writer at a time
- `whole_files` files that are written whole or not at all; `all_or_none` many new ones at once
- `kep_as_of`   a KEP as of a day: then and now, what shipped and what was planned
- `kep_at_releases`  what a KEP, or a gate of it, is in each release that readers may run
- `releases_as_of`  every release as of the lock's day: rows, upgrades, setbacks
- `shipping_json`  what shipped and what is planned, as JSON for machines
"""
