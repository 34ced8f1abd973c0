"""Benchmarks: what the platform does beside what the bare machine can do, in one run."""
