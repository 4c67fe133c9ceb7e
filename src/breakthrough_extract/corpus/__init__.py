"""Many documents: a folder, a list or a Parquet data set in, a Parquet data set out.

`run` tells the story. A document is worked on in a `cell`, a process that may die; a `watch`er
stands by it and gives the verdict; the `engine` spreads shards over cores and machines; the
`store` knows what is done.
"""
