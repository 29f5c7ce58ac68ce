"""Referrals of the United Kingdom's National Referral Mechanism, brought in as alerts."""

from .report import Report, run

__all__ = ["Report", "run"]
