"""Feature gates as the outside knows them: the website's pages, and the lists that the programs themselves print.

- `website`        a git repository of kubernetes/website -> GateSnapshot
- `gate_page`      the text of one gate's page
- `release_lists`  the feature lists of kubernetes/kubernetes, over HTTP or from a clone -> GateSnapshot
- `feature_list`   the text of one feature list
- `stage_entries`  the entries of a gate's stages in either of them -> stages in order
"""
