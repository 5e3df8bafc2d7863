"""`python -m oit` is `oit`."""

from oit.cli.main import run

if __name__ == "__main__":
    run()
