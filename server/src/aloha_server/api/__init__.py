"""The API: one module per resource decodes, checks access, calls an action or a read, and answers."""
