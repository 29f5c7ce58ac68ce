"""What a meeting is made of, as plain values: states, outcomes, order, numbers, slots, series. Pure."""
