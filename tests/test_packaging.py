"""What is installed: one package, everything inside, the same from a wheel and from a checkout."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

# The name a package is imported by, where it is not the name it is installed by.
IMPORTED_AS = {"pyyaml": "yaml", "python-calamine": "python_calamine"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as it lies in somebody's site-packages."""
    folder = tmp_path_factory.mktemp("site packages")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def rubric_of(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the `rubric` that lies in `site`, far from the checkout."""
    program = f"import sys; sys.path.insert(0, {str(site)!r}); from engine.commands import main; sys.exit(main())"
    command = [sys.executable, "-P", "-c", program, *arguments]
    return subprocess.run(command, cwd=site, check=False, capture_output=True, encoding="utf-8")


def test_the_wheel_owns_one_name(wheel: Path) -> None:
    """Nothing but `engine` is put into site-packages: other packages' folders stay theirs."""
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"engine"}


@pytest.mark.parametrize("folder", ["grammar", "policies"])
def test_grammar_and_policies_travel_inside(wheel: Path, folder: str) -> None:
    """Every file of the two folders that is no program is in the wheel, below `engine/_…`."""
    there = {name for name in ZipFile(wheel).namelist() if name.startswith(f"engine/_{folder}/")}
    files = (p for p in (ROOT / folder).rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"})
    assert there == {f"engine/_{path.relative_to(ROOT).as_posix()}" for path in files}


def test_an_installed_rubric_finds_its_policies(unpacked: Path) -> None:
    """The shipped policies check clean where the wheel is unpacked, with nothing of the checkout at hand."""
    done = rubric_of(unpacked, "check", "engine/_policies")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_checkout_runs_without_being_installed() -> None:
    """`python cli.py` is the same program."""
    command = [sys.executable, str(ROOT / "cli.py"), "--version"]
    done = subprocess.run(command, cwd=ROOT.parent, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert _version() in done.stdout


def _version() -> str:
    module = ast.parse((ROOT / "engine" / "__init__.py").read_text(encoding="utf-8"))
    (version,) = [
        n.value for n in module.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "__version__"
    ]
    return ast.literal_eval(version)


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w-]", requirement)[0].lower() for requirement in requirements}


def test_what_is_imported_is_what_is_declared() -> None:
    """Every third party that the engine imports is a core dependency."""
    imported: set[str] = set()
    for path in (ROOT / "engine").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    declared = {IMPORTED_AS.get(name, name) for name in _names(PROJECT["project"]["dependencies"])}
    # numpy and referencing come with pandas and jsonschema, which hand out their objects.
    assert imported - sys.stdlib_module_names - {"engine", "numpy", "referencing"} <= declared


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_pins_every_package_with_hashes(lock: Path) -> None:
    """Each line of a lock names one version and the hashes of its files, and no address."""
    text = lock.read_text(encoding="utf-8")
    pins = re.findall(r"^(\S.*?)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", text, flags=re.MULTILINE)
    assert all("==" in name for name, _ in pins)
    assert len(pins) == len(re.findall(r"^[^\s#]", text, flags=re.MULTILINE))
    assert not re.search(r"https?:|file:|index-url|find-links|/", text)


@pytest.mark.parametrize(("lock", "group"), [("run", "build"), ("tests", "tests"), ("lint", "lint")])
def test_a_lock_holds_what_the_project_asks_for(lock: str, group: str) -> None:
    """The core dependencies and the group's packages are pinned."""
    asked = [name for name in PROJECT["dependency-groups"][group] if isinstance(name, str)]
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    pinned = {name.lower() for name in re.findall(r"^([\w.-]+)==", text, flags=re.MULTILINE)}
    assert _names(asked + PROJECT["project"]["dependencies"]) <= pinned


def test_the_locks_agree() -> None:
    """One package has one version in all locks of one environment, so a stamp never undoes another."""
    pins: dict[str, set[str]] = {}
    for lock in LOCKS:
        if lock.stem == "bench":  # other programs, with what they depend on, have an environment of their own
            continue
        for name, version in re.findall(r"^([\w.-]+==\S+)(.*)$", lock.read_text(encoding="utf-8"), flags=re.MULTILINE):
            pins.setdefault(name.split("==")[0] + version.rstrip(" \\"), set()).add(name)
    assert {name: sorted(versions) for name, versions in pins.items() if len(versions) > 1} == {}
