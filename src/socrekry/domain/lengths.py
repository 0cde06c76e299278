"""How long what is typed of a candidate may be: said once, for the store, for commands and for imports.

The schema's fields and their CHECKs are made of these. Said anew by whoever reads a table, one of them would
be changed and the other not, and an import would end in the middle with the database's complaint.
"""

LONGEST_NAME, LONGEST_PHONE, LONGEST_TAG, LONGEST_WORDS = 200, 40, 60, 10_000
SHORTEST_EMAIL, LONGEST_EMAIL = 3, 254
