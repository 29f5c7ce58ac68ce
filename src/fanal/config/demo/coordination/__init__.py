"""Ten years of coordination, invented: each capability plays its part through its own services."""
