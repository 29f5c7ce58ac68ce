"""The protection procedure as pure functions: facts and the law of a day in, a value with its reason out."""
