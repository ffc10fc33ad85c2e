"""What deploy/run is made of: a sandbox, a gateway, a Redis, a Prometheus, calls, and faults one after another."""
