"""Every write to the directory."""

from fanal.directory.services.loading import Loaded, Report, load_country

__all__ = ["Loaded", "Report", "load_country"]
