"""The tree, the signed statements over it, and what counts as unusual. Pure: values in, values out."""
