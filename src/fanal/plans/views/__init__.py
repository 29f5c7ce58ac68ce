"""Pages of plans: reading them, writing drafts, bringing tables in and out."""
