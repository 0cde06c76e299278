"""On a disk of the network nothing is written, for there locks do not hold; what is there can be read."""

import os
from pathlib import Path

import pytest

from socrekry.domain.errors import StoreUnavailable
from socrekry.services.checking import check
from socrekry.services.notes import note
from socrekry.services.opening import opened
from socrekry.services.upgrading import upgrade_store
from socrekry.store import network_disks
from socrekry.store.connect import version_at
from socrekry.store.network_disks import kind_of, mounted_on, named_in, on_windows
from tests.stories import TODAY, a_story, writing_to
from tests.tampering import connected_to

TABLE = rb"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 27 0:30 / /srv rw shared:2 master:3 - nfs4 server:/srv rw,vers=4.2
31 30 254:1 / /srv/local rw - xfs /dev/vdb rw
32 27 0:32 / /mnt/my\040documents rw - cifs //server/share rw
33 27 0:33 / /mnt/twice rw - cifs //server/share rw
34 33 254:2 / /mnt/twice rw - ext4 /dev/vdc rw
35 27 0:35 / /data/eva/sshfs rw - fuse.sshfs eva@server: rw
36 27 0:36 / /mnt/c rw - 9p C:\134 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/eva/store.db", "ext4"),
        ("/srv/store.db", "nfs4"),
        ("/srv", "nfs4"),
        ("/srv/local/store.db", "xfs"),
        ("/srvice/store.db", "ext4"),
        ("/mnt/my documents/a/store.db", "cifs"),
        ("/mnt/twice/store.db", "ext4"),
        ("/data/eva/sshfs/store.db", "fuse.sshfs"),
        ("/mnt/c/store.db", "9p"),
    ],
)
def test_the_disk_that_a_path_lies_on_is_found_in_the_table(path: str, kind: str) -> None:
    assert mounted_on(TABLE, path) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (r"C:\data\store.db", None),
        (r"c:\store.db", None),
        (r"\\?\C:\store.db", None),
        (r"D:\store.db", None),
        (r"H:\store.db", "network drive"),
        (r"\\?\H:\store.db", "network drive"),
        (r"\\server\share\store.db", "UNC"),
        ("//server/share/store.db", "UNC"),
        (r"\\?\UNC\server\share\store.db", "UNC"),
        (r"\\.\D:\store.db", None),
        ("store.db", None),
    ],
)
def test_on_windows_a_share_and_a_letter_for_one_are_known(path: str, kind: str | None) -> None:
    drives = {"C:\\": 4, "D:\\": 3, "H:\\": 4}  # C: is never asked about
    assert on_windows(path, lambda root: drives.get(root, 1)) == kind


def test_on_macos_the_kind_stands_in_what_the_system_fills() -> None:
    assert named_in(b"\1" * 72 + b"smbfs\0\0\0" + b"\2" * 100) == "smbfs"


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of a store in a folder that is said to be another machine's."""
    path = a_story(tmp_path)
    line = f"99 27 0:99 / {os.path.realpath(tmp_path)} rw - nfs4 server:/srv rw\n"
    table = tmp_path / "mountinfo"
    table.write_bytes(TABLE + line.encode())
    monkeypatch.setattr(network_disks, "MOUNTS", str(table))
    monkeypatch.setattr("sys.platform", "linux")
    return path


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(StoreUnavailable) as raised, writing_to(path) as w:
        note(w, "C-1", "Ring", TODAY)
    return raised.value.code, raised.value.details["kind"]


def test_nothing_is_written_there(shared: Path) -> None:
    before = shared.read_bytes()
    assert refused(shared) == ("network-disk", "nfs4")
    assert shared.read_bytes() == before


def test_no_store_is_made_there(shared: Path) -> None:
    assert refused(shared.with_name("other.db")) == ("network-disk", "nfs4")
    assert not shared.with_name("other.db").exists()


def test_none_is_brought_up_to_date_there(shared: Path) -> None:
    with connected_to(shared) as store:
        store.run("UPDATE alembic_version SET version_num = '0002'")
    with pytest.raises(StoreUnavailable) as raised:
        upgrade_store(str(shared))
    assert raised.value.code == "network-disk"


def test_what_is_there_can_be_read(shared: Path) -> None:
    assert version_at(str(shared))
    with opened(str(shared), writing=False) as store:
        assert check(store).found == 0


@pytest.mark.parametrize(
    ("said", "allowed"), [("allow", True), (" Allow ", True), ("yes", False), ("", False)]
)
def test_whoever_knows_the_disk_may_allow_it(
    shared: Path, monkeypatch: pytest.MonkeyPatch, said: str, allowed: bool
) -> None:
    monkeypatch.setenv("SOCREKRY_NETWORK_DISK", said)
    if not allowed:
        assert refused(shared) == ("network-disk", "nfs4")
        return
    with writing_to(shared) as w:
        assert note(w, "C-1", "Ring", TODAY) == "C-1.1"


def test_a_disk_beside_it_is_not_meant(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert kind_of(str(tmp_path_factory.mktemp("local") / "store.db")) is None


def test_where_there_is_no_table_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(network_disks, "MOUNTS", str(tmp_path / "none"))
    assert kind_of(str(tmp_path / "store.db")) is None


@pytest.mark.parametrize(
    ("platform", "path", "kind"),
    [
        ("win32", "H:/store.db", "network drive"),
        ("win32", "D:/store.db", None),
        ("darwin", "/Volumes/share/store.db", "smbfs"),
        ("darwin", "/Volumes/stick/store.db", None),
    ],
)
def test_each_system_is_asked_in_its_own_way(
    monkeypatch: pytest.MonkeyPatch, platform: str, path: str, kind: str | None
) -> None:
    monkeypatch.setattr(network_disks, "_drive_type", {"H:\\": 4, "D:\\": 3}.__getitem__)
    monkeypatch.setattr(network_disks, "on_macos", lambda each: "smbfs" if "share" in each else "msdos")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("sys.platform", platform)
        found = kind_of(path)
    assert found == kind


def test_where_there_is_no_disk_of_macos_own_none_is_asked_about(tmp_path: Path) -> None:
    assert network_disks.on_macos(str(tmp_path / "not" / "there" / "store.db")) is None
