"""Whether two records may concern the same person or object: keys, comparison, index, clusters, explanation."""
