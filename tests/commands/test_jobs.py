"""Work spread over several processes."""

import os

import pytest

from engine.commands.jobs import spread


def _doubled(number: int) -> int:
    return 2 * number


def _refused(number: int) -> int:
    if number == 3:
        raise ValueError(number)
    return number


def _died(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_files(jobs: int) -> None:
    """Whoever is done first, results stand in the order of what was given."""
    with spread(_doubled, range(100), jobs) as results:
        assert list(results) == [2 * i for i in range(100)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_files_no_results(jobs: int) -> None:
    """Nothing given is nothing done."""
    with spread(_doubled, (), jobs) as results:
        assert list(results) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_process_raises_is_raised_here(jobs: int) -> None:
    """A failure is the same failure, wherever the work was done."""
    with pytest.raises(ValueError, match=r"^3$"), spread(_refused, range(5), jobs) as results:
        list(results)


def test_a_process_that_dies_was_too_small() -> None:
    """A process that the system ended is told as too little memory, and nothing waits for it."""
    with pytest.raises(MemoryError), spread(_died, range(5), 2) as results:
        list(results)
