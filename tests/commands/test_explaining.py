"""What is right costs no explaining: what would say what might have been meant is loaded for what cannot be read only."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLEAN = [path for path in sorted((ROOT / "policies").glob("*.yaml")) if not path.name.endswith(".test.yaml")]
MISREAD = 'rubric: 1\npolicy: p\ntitle: 例\nlang: zh\nversion: "1"\nscheme: |\n  - 缺数拾错\n  总分：等权平均\n'
EXPLAINING = ("parser.mistakes", "parser.line_mistakes", "parser.spellings", "reader.misreadings")
PROBE = (
    "import sys; from engine.commands import main; main(sys.argv[1:]); "
    f"print(any(f'engine.language.{{module}}' in sys.modules for module in {EXPLAINING!r}))"
)


@pytest.mark.parametrize(
    ("policies", "explained"), [(CLEAN, False), ([Path("misread.yaml")], True)], ids=["clean", "misread"]
)
def test_only_what_is_misread_is_explained(policies: list[Path], explained: bool, tmp_path: Path) -> None:
    """All shipped policies are checked without once asking; one misspelt convention asks."""
    tmp_path.joinpath("misread.yaml").write_text(MISREAD, encoding="utf-8")
    arguments = ["check", *(str(tmp_path / policy) for policy in policies)]
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-1] == str(explained)
