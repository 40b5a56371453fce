"""What people decide about what the machine said: corrections, merges and splits."""
