"""Reports, for programs: the same acts as the pages."""

from .routes import router

__all__ = ["router"]
