"""Three hundred people at once, in a process of their own: locust brings another kind of threads."""
