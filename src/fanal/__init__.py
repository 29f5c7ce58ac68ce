"""Fanal: the shared system of a country's coordination against human trafficking and smuggling."""
