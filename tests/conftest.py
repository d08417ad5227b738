"""What holds for all tests: reproducible examples, and the switch that rewrites the pages."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every run and every machine; `HYPOTHESIS_PROFILE=search` looks for new ones.
settings.register_profile(
    "steady", derandomize=True, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-pages` writes what the program printed into the pages instead of comparing it."""
    parser.addoption("--update-pages", action="store_true", help="rewrite the outputs in test pages; read the diff")


@pytest.fixture
def update_pages(request: pytest.FixtureRequest) -> bool:
    """Whether pages are rewritten in this run."""
    return bool(request.config.getoption("--update-pages"))


@pytest.fixture(autouse=True, scope="session")
def _plain_surroundings() -> Iterator[None]:
    """No test depends on the language, width or debugging switches of the terminal it runs in."""
    with pytest.MonkeyPatch.context() as surroundings:
        for name in ("RUBRIC_LANG", "RUBRIC_DEBUG", "NO_COLOR", "PYTHONIOENCODING"):
            surroundings.delenv(name, raising=False)
        surroundings.setenv("COLUMNS", "80")
        yield
