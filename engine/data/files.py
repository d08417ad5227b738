"""Data files: found below the data folder and nowhere else, read once, and known by their digest."""

import re
import stat
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Literal

from engine.diagnostics import Diagnostic
from engine.source import file_place

Form = Literal["csv", "xlsx", "xls", "ods", "parquet"]
MOST_BYTES = 2 * 1024**3
LARGE = 32 * 1024**2  # read whole, the rows of a text file take some twenty times as much memory
_SUFFIXES: dict[str, Form] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".parquet": "parquet",
}
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: dict[Form, bytes] = {"xlsx": _ZIP, "ods": _ZIP, "xls": _OLE, "parquet": b"PAR1"}
_ELSEWHERE = re.compile(r"^[/~]|^[A-Za-z]:|^[A-Za-z][\w+.-]*://|\\|\x00")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """One file as collected. `name`: its path below the data folder, as the policy writes it.

    `content`: all of it; of a file that is read in place at `path`, however large it is, nothing.
    """

    name: str
    form: Form
    content: bytes = field(repr=False)
    sha256: str
    path: Path


def read_file(folder: Path, name: str, *, in_place: bool = False) -> tuple[DataFile | None, tuple[Diagnostic, ...]]:
    """The file of that name below the folder; `in_place`: without its content, as of a Parquet file.

    Refused: a folder or file that is not there (E901), a path that leads out of the folder or to something that
    is no regular file (E902), a type that is not read or content of another type (E903), more than 2 GiB (E904).
    """
    path, refusal = _below(folder, name)
    if path is None:
        return None, refusal
    form = _SUFFIXES.get(path.suffix.lower())
    if form is None:
        return _refused("E903", name, suffix=path.suffix or name)
    try:
        if in_place or form == "parquet":
            content, start, digest = b"", *_start_and_digest(path)
        elif path.stat().st_size > MOST_BYTES:
            return _refused("E904", name, case="bytes", limit="2 GiB")
        else:
            start = content = path.read_bytes()
            digest = sha256(content).hexdigest()
    except OSError as error:
        return _refused("E901", name, case="unreadable", reason=error.strerror or "")
    if refusal := _of_another_type(name, form, start):
        return None, (refusal,)
    return DataFile(name=name, form=form, content=content, sha256=digest, path=path), ()


def is_large_text(folder: Path, name: str) -> bool:
    """Whether the file is a text file that is better not read whole."""
    path, _ = _below(folder, name)
    return path is not None and _SUFFIXES.get(path.suffix.lower()) == "csv" and path.stat().st_size >= LARGE


def _start_and_digest(path: Path) -> tuple[bytes, str]:
    """The first bytes of a file and the digest of all of it, which never stands in memory as a whole."""
    with path.open("rb") as file:
        start = file.read(512)
        file.seek(0)
        return start, file_digest(file, "sha256").hexdigest()


def _refused(
    code: str, name: str, case: str = "", hint: str | None = None, **args: str
) -> tuple[None, tuple[Diagnostic, ...]]:
    return None, (Diagnostic(code=code, place=file_place(name), case=case, hint=hint, args={"file": name, **args}),)


def _below(folder: Path, name: str) -> tuple[Path | None, tuple[Diagnostic, ...]]:
    """The real path of a regular file below the folder, links followed."""
    if not folder.is_dir():
        return _refused("E901", name, case="folder", folder=str(folder))
    if _ELSEWHERE.search(name) or ".." in Path(name).parts:
        return _refused("E902", name)
    root = folder.resolve()
    try:
        path = (root / name).resolve()
        mode = path.stat().st_mode
    except (OSError, RuntimeError, ValueError):
        return _refused("E901", name, hint=_nearest(root, name))
    if not path.is_relative_to(root):
        return _refused("E902", name, case="link")
    if not stat.S_ISREG(mode):
        return _refused("E902", name, case="device")
    return path, ()


def _nearest(root: Path, name: str) -> str | None:
    """The name of a readable file in the same folder that is spelt almost alike."""
    beside = (root / name).parent
    names = sorted(p.name for p in beside.iterdir() if p.suffix.lower() in _SUFFIXES) if beside.is_dir() else []
    stems = {Path(n).stem: n for n in reversed(names)}  # the type of file says nothing about what is in it
    found = get_close_matches(Path(name).stem, list(stems), n=1, cutoff=0.6)
    return str(Path(name).parent / stems[found[0]]) if found else None


def _of_another_type(name: str, form: Form, content: bytes) -> Diagnostic | None:
    """E903 where the first bytes are not those of the type that the name promises."""
    start, want = content[:512], _STARTS.get(form)
    if want and start.startswith(want):
        return None
    if start.lstrip().lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")):
        case = "html"
    elif form == "xlsx" and start.startswith(_OLE):
        case = "locked"
    elif want is None and not start.startswith((_ZIP, _OLE)):
        return None
    else:
        case = "content"
    args = {"file": name, "suffix": Path(name).suffix}
    return Diagnostic(code="E903", place=file_place(name), case=case, args=args)
