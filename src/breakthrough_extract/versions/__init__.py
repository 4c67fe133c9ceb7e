"""Two versions of a model: what changed, and which identifiers go on.

The package is not called `diff`, because that is the name of the public function, and a
module of the same name would hide it.
"""
