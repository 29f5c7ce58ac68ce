"""Thirty years of coordination, measured."""
