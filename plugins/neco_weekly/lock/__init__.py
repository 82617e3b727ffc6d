"""What is known and committed: fetched facts, and what people wrote on top. Knows `grammar` and `model`.

- `store`       the whole lock: loaded, asked, saved
- `keps_json`   `keps.json`: enhancements with their history
- `cards_json`  `cards.json`
- `json_values` values of the lock's JSON, each checked, with errors that name the place
- `overrides`   `overrides.yml`: a person's word on a KEP
- `synonyms`    `synonyms.yml`: words that mean the same to who searches
- `pictures`    pictures of cards as files, named by their content
- `whole_files` files that are written whole or not at all
- `kep_as_of`   a KEP as of a day: then and now
"""
