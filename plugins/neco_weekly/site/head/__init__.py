"""What a page says of itself in its head: for who lists it, and for who shows it where somebody shares its address.

- `page_head`    the facts of a page's head
- `descriptions` a sentence or two for each page
- `structured`   those facts as JSON-LD
- `elements`     those facts as elements of the head
- `paper`        those facts on paper
- `robots`       `robots.txt`
"""
