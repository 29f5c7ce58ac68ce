"""What outlives the machine: encrypted backups, their way back, and the log from which any instant is recovered."""
