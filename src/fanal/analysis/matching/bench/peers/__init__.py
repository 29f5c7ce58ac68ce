"""Other programs that do the same, in the same run and under the same limits."""
