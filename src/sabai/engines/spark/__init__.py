"""The Spark engine: the same kernel on the same store, with one task for the accounts of one bucket.

Spark itself reads no file of the store. It brings the number of a bucket to a worker, and what was made of the grid of
its accounts back: facts are read and measured there by the code that does so on one machine, so no bit can differ.
"""
