"""What may happen to a referral, on what ground, and who has room. Pure."""
