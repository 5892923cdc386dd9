"""The soak: many feeds, faults everywhere and a kill each minute; what was published is held against what was told.

python -m tests.bench.soak --minutes 30 --feeds 200 --items 20000
"""
