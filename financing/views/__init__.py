"""Pages of a project's money."""
