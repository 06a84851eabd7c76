"""Looks at a ZIP's directory before anything in it is unpacked, so that a bomb costs nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Final

MOST_UNPACKED: Final = 1 << 30
"""An archive of more than a gibibyte, unpacked, is refused."""
MOST_MEMBERS: Final = 5_000
DEEPEST: Final = 3
_MOST_DIRECTORY: Final = 4 << 20
_SMALL: Final = 16 << 20
_MOST_RATIO: Final = 250
_ENCRYPTED: Final = 0x1


class Refused(Exception):
    """Something that is not opened: a problem's ``code`` and the facts of its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(slots=True)
class Limits:
    """What one upload may still unpack, archives inside archives included."""

    size: int = MOST_UNPACKED
    members: int = MOST_MEMBERS
    above: list[str] = field(default_factory=list)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, its directory read and found plausible; nothing is unpacked.

    Raises `Refused` for a damaged directory, for more than `MOST_MEMBERS` members, for more than can be loaded when
    unpacked, and for a large member packed far tighter than a table ever is.
    """
    _directory_is_small(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as error:
        raise Refused("damaged_archive") from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Refused("archive_refused", why=f"it holds {len(members):,} files")
    total = sum(member.file_size for member in members)
    if total > MOST_UNPACKED:
        raise Refused("archive_refused", why=f"unpacked it would be {total >> 20:,} MB")
    for member in members:
        if member.file_size > _SMALL and member.file_size > _MOST_RATIO * member.compress_size:
            raise Refused(
                "archive_refused", why=f"{member.compress_size:,} bytes in it unpack to {member.file_size >> 20:,} MB"
            )
    return archive


def names_in_zip(data: bytes) -> frozenset[str] | None:
    """Names in the directory, None where it cannot be read or is too large to be that of a workbook."""
    try:
        _directory_is_small(data)
        return frozenset(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (Refused, zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error):
        return None


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One member's bytes, never more than its directory entry says. Raises `Refused` where it cannot be unpacked."""
    if member.flag_bits & _ENCRYPTED:
        raise Refused("encrypted_archive")
    try:
        with archive.open(member) as packed:
            return packed.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error) as error:
        raise Refused("damaged_archive") from error
    except NotImplementedError as error:
        raise Refused("archive_refused", why="it is packed in a way that is not known here") from error
    except RuntimeError as error:
        raise Refused("encrypted_archive") from error


def _directory_is_small(data: bytes) -> None:
    """Refuse a directory of millions of entries before `zipfile` makes an object of each."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 22 - 0xFFFF))
    if end < 0 or len(data) < end + 22:
        raise Refused("damaged_archive")
    count, size = struct.unpack("<HL", data[end + 10 : end + 16])
    large = data.rfind(b"PK\x06\x06", max(0, end - 20 - 56 - 0xFFFF), end)
    if large >= 0 and len(data) >= large + 56:
        count, size = struct.unpack("<QQ", data[large + 32 : large + 48])
    if count > MOST_MEMBERS or size > _MOST_DIRECTORY:
        raise Refused("archive_refused", why=f"it holds {count:,} files")
