"""Pictures of cards: fetched, decoded and made small here alone, so that a build never loads Pillow.

- `fetch`      the address of an image or icon -> a small picture
- `thumbnail`  bytes that call themselves a picture -> Picture, or why they are none
- `upright`    a decoded picture, as it is meant to be seen
- `avif`       what an AVIF really holds, before it is decoded
- `drawn_files`  a PDF, an SVG -> what can be drawn of it, by a process of its own
- `drawing_process`  the program of that process: bounded, and unable to open anything
"""
