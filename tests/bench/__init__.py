"""`make bench`: speed as ratios side by side in one run. Never part of the timed tests."""
