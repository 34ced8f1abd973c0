"""The kernel: money, time, people, the queue's one door. Imports no first-party code."""
