"""The way back for each kind of row beside the log; a room a part of the house, and one entry for each kind.

`services.editing` finds the way by the name that the account gives the kind of row.
"""
