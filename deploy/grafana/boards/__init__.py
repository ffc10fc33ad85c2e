"""The dashboards as code; deploy/grafana/generate writes them down as JSON."""
