"""What the command line does; how it is called stands in `fanal.config.cli`."""
