"""`python -m metacadi_training <command>`; every command has `--help`."""

from __future__ import annotations

import argparse
import sys

from .cells import CellsError
from .commands import COMMANDS
from .shards import ShardError


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m metacadi_training", description="Train, judge and export the learned model.")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        section = commands.add_parser(command.name, help=command.help, description=command.help)
        command.options(section)
        section.set_defaults(run=command.run)
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except (ShardError, CellsError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
