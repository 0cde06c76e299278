"""The pipelines that come with the program, as the TOML files that any municipality could have written.

They are checked and installed by the same code as a user's own, so they have no privileges; a new store
begins with both. ``trainee`` grows social workers from their placement on, as Huddinge did; ``direct`` hires
those who are about to graduate, as Härjedalen did.
"""
