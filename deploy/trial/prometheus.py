"""A real Prometheus with the real rules, of which every duration is divided so that days pass in minutes."""
import json
import re
import urllib.parse

from trial.processes import ROOT, Process, free_port, get, program

FASTER = 120
UNITS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
DURATION = re.compile(r"(\[|offset |for: |every: )(\d+)([smhd])\b")
SECONDS = re.compile(r"\b3600\b")


def faster(text):
    """The rules, or a query, with all durations divided; so are numbers that are an hour's seconds."""
    def shorter(found):
        return f"{found[1]}{int(found[2]) * UNITS[found[3]] // FASTER}ms"

    return SECONDS.sub(str(3600 // FASTER), DURATION.sub(shorter, text))


class Prometheus:
    """Prometheus without a past."""

    def __init__(self, folder, management, number):
        home = folder / f"prometheus-{number}"
        home.mkdir()
        rules = sorted((ROOT / "deploy/prometheus").glob("*.rules.yml"))
        for each in rules:
            (home / each.name).write_text(faster(each.read_text()))
        config = {
            "global": {"scrape_interval": "300ms", "scrape_timeout": "300ms", "evaluation_interval": "250ms"},
            "rule_files": [each.name for each in rules],
            "scrape_configs": [{"job_name": "sallyport", "metrics_path": "/actuator/prometheus",
                                "static_configs": [{"targets": [f"127.0.0.1:{management}"]}]}],
        }
        (home / "prometheus.yml").write_text(json.dumps(config))  # JSON is YAML
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = Process("prometheus", [
            program("prometheus", "prometheus"), f"--config.file={home}/prometheus.yml", f"--storage.tsdb.path={home}/data",
            f"--web.listen-address=127.0.0.1:{port}", f"--query.lookback-delta={300_000 // FASTER}ms", "--log.level=warn"], home)
        self.process.until_answers(f"{self.url}/-/ready")

    def query(self, expression):
        """The samples of an expression at this moment."""
        answer = get(f"{self.url}/api/v1/query?{urllib.parse.urlencode({'query': expression})}", timeout=20)
        return json.loads(answer)["data"]["result"]

    def value(self, expression):
        found = self.query(expression)
        return float(found[0]["value"][1]) if found else 0.0

    def firing(self):
        """Names of the alerts that fire now, those of burn rates with their factor."""
        alerts = json.loads(get(f"{self.url}/api/v1/alerts"))["data"]["alerts"]
        return {name(alert["labels"]) for alert in alerts if alert["state"] == "firing"}

    def fired_within(self, seconds):
        """Names of the alerts that fired at some time."""
        found = self.query(f'max_over_time(ALERTS{{alertstate="firing"}}[{int(seconds * 1000)}ms])')
        return {name(alert["metric"]) for alert in found}

    def stop(self):
        self.process.stop()


def name(labels):
    return " ".join(filter(None, [labels["alertname"], labels.get("burn")]))
