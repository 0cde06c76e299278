"""Who may read and write a file: personal data is its user's alone."""

import os
import stat


def open_to_others(path: str) -> dict[str, str] | None:
    """Return the mode of a file that others may read or change; None for one that is its owner's alone.

    Windows keeps rights in lists of its own, which a mode says nothing of.
    """
    if os.name == "nt":
        return None
    mode = stat.S_IMODE(os.stat(path).st_mode)
    return {"mode": f"{mode:03o}"} if mode & 0o077 else None


def changeable_by_others(folder: str) -> dict[str, str] | None:
    """Return the mode of a folder in which others may put files in the place of ours."""
    if os.name == "nt":
        return None
    mode = os.stat(folder).st_mode
    sticky = bool(mode & stat.S_ISVTX)  # as in /tmp: what is there is its owner's to take away
    return {"mode": f"{stat.S_IMODE(mode):03o}"} if mode & 0o022 and not sticky else None


def foreign_owner(path: str) -> str | None:
    """Return the name of a file's owner, where that is somebody else."""
    if os.name == "nt":
        return None
    owner = os.stat(path).st_uid
    if owner == os.geteuid():
        return None
    import pwd

    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:  # nobody of that number here, as in a container
        return str(owner)
