"""Numerics without Django."""
