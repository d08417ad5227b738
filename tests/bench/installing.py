"""Package by package, where a lock file cannot be installed as a whole: what cannot be had here is left out, and told.

python -m tests.bench.installing requirements/bench.txt
"""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

# A package of a lock file: its name at the beginning of a line, its version, its hashes on the lines after it.
_PACKAGE = re.compile(r"^(?P<name>[\w.-]+)==.*(?:\n[ ].*)*", re.MULTILINE)


def packages(lock: str) -> dict[str, str]:
    """The lines of each package of a lock file."""
    found: dict[str, str] = {}
    for package in _PACKAGE.finditer(lock):
        found[package["name"]] = f"{found.get(package['name'], '')}{package[0]}\n"
    return found


def main(lock: str) -> None:
    """Install what can be installed."""
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-deps")
    with TemporaryDirectory() as folder:
        one = Path(folder, "one.txt")
        for name, lines in packages(Path(lock).read_text(encoding="utf-8")).items():
            one.write_text(lines, encoding="utf-8")
            ended = subprocess.run([*pip, "--require-hashes", "--requirement", str(one)], check=False)
            if ended.returncode:
                sys.stderr.write(f"left out, cannot be installed here: {name}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
