"""The pages of progress: to read, to act, to take away."""
