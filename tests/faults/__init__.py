"""What happens to the application when its machine fails: python -m tests.faults."""
