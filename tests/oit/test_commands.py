"""The table of commands names what each module gives, and only the module that is asked for is loaded."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from oit.cli.main import COMMANDS, main, make_app
from oit.run.job import prepare_run
from oit.run.pipeline import check_agencies
from tests.oit.run.stored_sites import DAY, put_site, settings


def names(app: typer.Typer) -> list[str]:
    plain = [each.name or each.callback.__name__ for each in app.registered_commands if each.callback]
    return [*plain, *(str(group.typer_instance.info.name) for group in app.registered_groups if group.typer_instance)]


@pytest.mark.parametrize("module", COMMANDS)
def test_a_module_gives_the_commands_that_the_table_says(module: str) -> None:
    app = typer.Typer()
    import_module(f"oit.cli.{module}").register(app)
    assert sorted(names(app)) == sorted(COMMANDS[module])


def test_one_command_loads_its_module_and_any_other_word_all() -> None:
    assert names(make_app("score")) == ["score"]
    assert names(make_app("--version")) == names(make_app("")) == []
    everything = sorted(name for each in COMMANDS.values() for name in each)
    assert sorted(names(make_app("--help"))) == everything
    assert sorted(names(make_app("scroe"))) == everything


def heavy_modules(*words: str) -> str:
    """What takes long to load and was loaded by a command in a process of its own."""
    code = (
        "import sys\nfrom oit.cli.main import main\nassert main(sys.argv[1:]) == 0\n"
        "print(sorted({'scrapy', 'sqlalchemy', 'pythainlp', 'openpyxl', 'playwright'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.splitlines()[-1]


def test_a_score_loads_no_crawler_no_database_and_no_judge() -> None:
    assert heavy_modules("score", "--edition", "2565", "--failed", "O12") == "[]"


def test_explaining_a_verdict_that_stands_loads_no_database_and_no_judge(
    tmp_path: Path, rules_file: Path, agencies_file: Path
) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    put_site(job.settings.data, job.chosen[0])
    check_agencies(job)
    files = ("--agencies", str(agencies_file), "--rules", str(rules_file), "--data", str(job.settings.data))
    assert heavy_modules("explain", "land", "O2", "--as-of", DAY.isoformat(), *files) == "[]"


def test_a_process_that_reads_or_judges_for_a_command_loads_no_command_line() -> None:
    code = "import sys, oit.__main__\nprint(sorted({'typer', 'oit.cli.main'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_who_starts_the_program_hears_when_a_command_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    heard: list[str] = []

    def loaded() -> None:
        assert "oit.cli.score" in sys.modules
        heard.append(capsys.readouterr().out)

    assert main(["score", "--edition", "2565", "--failed", "O12"], loaded) == 0
    assert heard == [""]
    assert capsys.readouterr().out
