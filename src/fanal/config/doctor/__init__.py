"""What an operator must know before people notice it (`fanal doctor`, and the page of the platform's administrator)."""

from .finding import Finding, State
from .rounds import examine, worst

__all__ = ["Finding", "State", "examine", "worst"]
