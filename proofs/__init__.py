"""What Fanal promises, tried at full size: `make prove`. The suite runs the same functions in a small form."""
