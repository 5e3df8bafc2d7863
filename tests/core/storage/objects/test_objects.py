"""Values in a folder and in object stores: whole or not at all, and what is wrong is on this side."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ObjectStoreError, StoreError
from core.storage.objects.base import URL_FILE, FolderObjects, ObjectStore, open_objects
from core.storage.patience import is_passing
from tests.mockserver.objects import ObjectServer, in_objects

pytestmark = pytest.mark.sqlite
NAME = "judged/2566/a.json"


@pytest.fixture
def objects(place: str, tmp_path: Path) -> ObjectStore:
    return open_objects(in_objects(tmp_path / "var", place))


def check_values(objects: ObjectStore) -> None:
    """What every place must do."""
    assert not objects.has(NAME)
    assert objects.read(NAME) is None
    assert objects.stamp(NAME) == ""
    assert objects.stamps("judged/2566") == {}
    objects.write(NAME, b"one")
    objects.write("judged/2566/deep/b.json", b"two")
    objects.write("judged/25661/c.json", b"three")
    assert objects.has(NAME)
    assert objects.read(NAME) == b"one"
    stamps = objects.stamps("judged/2566")
    assert stamps.keys() == {"a.json", "deep/b.json"}
    assert stamps["a.json"] == objects.stamp(NAME) != ""
    objects.write(NAME, b"another")
    assert objects.read(NAME) == b"another"
    assert objects.stamp(NAME) != stamps["a.json"]
    objects.remove([])
    objects.remove([NAME, "judged/2566/deep/b.json"])
    assert objects.stamps("judged/2566") == {}
    assert objects.read("judged/25661/c.json") == b"three"


def test_values_in_the_data_folder(tmp_path: Path) -> None:
    objects = open_objects(tmp_path)
    assert isinstance(objects, FolderObjects)
    check_values(objects)


def test_values_in_an_object_store(objects: ObjectStore) -> None:
    check_values(objects)


@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_a_value_that_could_not_be_written_to_its_end_leaves_the_earlier_one(
    objects: ObjectStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    objects.write(NAME, b"whole")
    files = objects._files  # type: ignore[attr-defined]
    pipe = type(files).pipe_file

    def half(self: object, path: str, value: bytes, **_: object) -> None:
        pipe(self, path, value[: len(value) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(files), "pipe_file", half)
    with pytest.raises(ObjectStoreError, match="No space left") as caught:
        objects.write(NAME, b"the next")
    assert is_passing(caught.value)
    assert objects.read(NAME) == b"whole"
    assert objects.stamps("judged/2566").keys() == {"a.json"}


def test_a_server_that_is_away_is_our_fault_and_may_come_back(s3: ObjectServer, tmp_path: Path) -> None:
    objects = open_objects(in_objects(tmp_path, s3.place()))
    objects.write(NAME, b"one")
    s3.stop()
    try:
        for ask in (objects.read, objects.has, objects.stamp, objects.stamps):
            with pytest.raises(ObjectStoreError, match="s3://oit/") as caught:
                ask(NAME)
            assert is_passing(caught.value)
            assert "\n" not in str(caught.value)
        with pytest.raises(ObjectStoreError):
            objects.write(NAME, b"two")
    finally:
        s3.start()
    assert objects.read(NAME) == b"one"


def test_a_bucket_that_is_not_there_is_no_value_that_is_not_there(s3: ObjectServer, tmp_path: Path) -> None:
    objects = open_objects(in_objects(tmp_path, "s3://nowhere/x"))
    for ask in (objects.read, objects.has, objects.stamp, objects.stamps):
        with pytest.raises(StoreError, match="bucket does not exist") as caught:
            ask(NAME)
        assert not is_passing(caught.value)
    with pytest.raises(StoreError, match="bucket does not exist"):
        objects.write(NAME, b"one")


@pytest.mark.parametrize("line", ["", "var", "s3://", "ftp://a/b", "s3://a/b\ns3://c/d", "https://a/b"])
def test_a_line_that_names_no_object_store_is_refused_in_one_line(tmp_path: Path, line: str) -> None:
    (tmp_path / URL_FILE).write_text(line, "utf-8")
    with pytest.raises(StoreError, match="no address of an object store") as caught:
        open_objects(tmp_path)
    assert "\n" not in str(caught.value)
