"""Django's own backend, but whoever is served waits no longer for a server that says nothing."""
