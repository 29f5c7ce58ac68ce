"""`python -m fanal`."""

from fanal.config.cli import main

main()
