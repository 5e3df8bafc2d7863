"""`python -m oit` is `oit`."""

if __name__ == "__main__":
    # Reader and judging processes load this module too, and need no command line.
    from oit.cli.main import run

    run()
