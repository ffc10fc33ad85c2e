"""Requests made from an OpenAPI document: valid ones, and such that are wrong in one or a few places. Every value that is made up
holds a mark, by which it is found again where it must not be. Repeatable by its seed."""
import base64, json, random

MARK = "ZqXmArK"
NAME = "NqXnAmE"  # of members and parameters: a refusal says where it found something, and so their names
ODD_TEXTS = ["", " ", "\0", "\u2028", "\ud83d\ude00", "a" * 5000, "%00", "%n%s", "${jndi:ldap://x}", "'\"<script>", "../..", "\r\nX-A: b", "null",
             "\u202e", "\uffff", "-1", "1e999", "\\u0000"]
ODD_VALUES = [None, True, 0, -1, 0.5, 10 ** 30, [], {}, [[]], "", [None], {"": None}]
ODD_JSON = [b"", b"{", b"nul", b"[" * 5000, b'{"a":1,"a":2}', b"\xff\xfe{}", b'{"a":NaN}', b"{}{}", b"\xef\xbb\xbf{}", b'{"a":"\xc0\xaf"}', b"01", b"'{}'",
            b'{"a":1e400}', b'"' + b"x" * 70000 + b'"', b'{"a":' * 60 + b"1" + b"}" * 60, b"{}\0", b"/**/{}", b"-", b'{"\\ud800":1}']
ODD_TYPES = ["text/plain", "application/json; charset=latin1", "application/JSON;charset=\"utf-8\"", "", "multipart/form-data", "application/json, text/plain",
             "application/x-www-form-urlencoded", "application/json;;", "application/vnd.api+json"]
ODD_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "FOO", "post"]
ODD_FIELDS = ["X-Request-Timeout-Ms: 1", "X-Request-Timeout-Ms: abc", "Idempotency-Key: " + "k" * 300, "X-Telemetry-Id: " + MARK, "Cookie: a=" + MARK,
              "Forwarded: for=" + MARK, "X-HTTP-Method-Override: DELETE", "Connection: authorization", "Accept: text/html", "Accept-Encoding: gzip, br",
              "Range: bytes=0-1", "If-None-Match: *", "traceparent: 00-" + "0" * 32 + "-" + "0" * 16 + "-00", "Content-Encoding: gzip", "X-A: " + "b" * 6000,
              "X-Stytch-Member-Session: " + MARK, "Origin: https://" + MARK, "Upgrade: h2c", "Expect: 100-continue", "TE: trailers", "Sallyport-Rejection: x"]


class Made:
    """Endless requests of one seed."""

    def __init__(self, document, credentials, known, seed):
        self.document, self.credentials, self.known = document, credentials, known
        self.random = random.Random(seed)
        self.operations = [(path, method, operation) for path, item in document["paths"].items() for method, operation in item.items()]

    def request(self):
        """One, as the bytes of its connection; never one that ends nowhere."""
        path, method, operation = self.random.choice(self.operations)
        method = method.upper()
        wrong = self.random.choices([0, 1, 2, 3], [4, 8, 3, 1])[0]
        spots = set(self.random.sample(["body", "body", "json", "query", "path", "method", "type", "field", "credentials"], wrong))
        target = self.target(path, operation, spots)
        body = self.body(operation, spots)
        if "method" in spots:
            method = self.random.choice(ODD_METHODS)
        fields = ["Host: gateway", "User-Agent: " + MARK]
        if body is not None:
            fields.append("Content-Type: " + (self.random.choice(ODD_TYPES) if "type" in spots else "application/json"))
            fields.append(f"Content-Length: {len(body)}")
        if "field" in spots:
            fields += self.random.sample(ODD_FIELDS, self.random.randint(1, 3))
        fields.append("Authorization: " + self.authorization(spots))
        head = f"{method} {target} HTTP/1.1\r\n" + "\r\n".join(fields) + "\r\n\r\n"
        return method, head.encode("latin-1", "replace") + (body or b"")

    def authorization(self, spots):
        if "credentials" not in spots:
            return self.random.choice(self.credentials)
        secret = base64.b64encode((MARK + ":" + self.text()).encode("utf-8", "replace")).decode()
        return self.random.choice(["Basic " + secret, "Bearer " + MARK, "Basic " + MARK + "!!", "basic", "Basic", MARK])

    def target(self, path, operation, spots):
        parameters = operation.get("parameters", [])
        for each in parameters:
            if each["in"] == "path":
                path = path.replace("{%s}" % each["name"], self.random.choice(self.known + [MARK]))
        if "path" in spots:
            path = self.random.choice([path + "/", path.upper(), path + ";a=" + MARK, "/" + path, path + "/../" + MARK, path[:-1], path + "%2e", path + "%00",
                                       path.replace("/v1", "/v1/."), "/" + MARK, "/actuator/env", "*", path + "?" * 3, path + "\\" + MARK])
        pairs = []
        for each in parameters:
            if each["in"] == "query" and (each["required"] or self.random.random() < 0.5):
                pairs.append((each["name"], self.random.choice(self.known + [self.text()])))
        if "query" in spots:
            pairs += [(self.random.choice(["", NAME, "user_id", "a" * 300]), self.text()) for _ in range(self.random.randint(1, 4))]
        return path + ("?" + "&".join(f"{self.quoted(name)}={self.quoted(value)}" for name, value in pairs) if pairs else "")

    def quoted(self, text):
        """Escaped, as a rule."""
        if self.random.random() < 0.05:
            return "".join(c for c in text if "!" <= c <= "~")
        return "".join(c if c.isalnum() and c.isascii() or c in "-_." else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in text)

    def body(self, operation, spots):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            return None if "body" not in spots else self.random.choice(ODD_JSON[:3] + [b"null", b"{}"])
        if "json" in spots and self.random.random() < 0.5:
            return self.random.choice(ODD_JSON)
        value = self.value(content["schema"], 0)
        if "body" in spots:
            value = self.changed(value)
        data = json.dumps(value, ensure_ascii=self.random.random() < 0.5).encode("utf-8", "surrogatepass")
        if "json" in spots and data:
            at = self.random.randrange(len(data))
            change = self.random.choice(["cut", "flip", "drop", "twice"])
            data = {"cut": data[:at], "flip": data[:at] + bytes([data[at] ^ 1 << self.random.randrange(8)]) + data[at + 1:],
                    "drop": data[:at] + data[at + 1:], "twice": data[:at] + data[at:] * 2}[change]
        return data

    def resolved(self, schema):
        while isinstance(schema, dict) and "$ref" in schema:
            at = self.document
            for step in schema["$ref"][2:].split("/"):
                at = at[step.replace("~1", "/").replace("~0", "~")]
            schema = at
        return schema

    def value(self, schema, depth):
        schema = self.resolved(schema)
        if not isinstance(schema, dict):
            return self.text()
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        for choice in ("anyOf", "oneOf"):
            if choice in schema:
                return self.value(self.random.choice(schema[choice]), depth)
        kind = schema.get("type", "object" if "properties" in schema else "string")
        if isinstance(kind, list):
            kind = self.random.choice(kind)
        if kind == "object":
            required = schema.get("required", [])
            return {name: self.value(below, depth + 1) for name, below in schema.get("properties", {}).items()
                    if name in required or (depth < 4 and self.random.random() < 0.4)}
        if kind == "array":
            return [self.value(schema.get("items", {}), depth + 1) for _ in range(self.random.randint(schema.get("minItems", 0), 3))]
        if kind in ("integer", "number"):
            low, high = schema.get("minimum", -5), schema.get("maximum", 10 ** 6)
            return self.random.choice([low, high, self.random.randint(int(low), int(high))])
        if kind in ("boolean", "null"):
            return self.random.choice([True, False]) if kind == "boolean" else None
        return self.random.choice(self.known + [self.text(), self.text()])

    def text(self):
        return MARK + self.random.choice(ODD_TEXTS + [f"{self.random.getrandbits(64):x}"] * 20)

    def changed(self, value):
        """Wrong in one place."""
        if not isinstance(value, dict) or not value or self.random.random() < 0.1:
            return self.random.choice(ODD_VALUES + [MARK, [value], {NAME: value}])
        name = self.random.choice(list(value))
        kind = self.random.choice(["drop", "type", "text", "add", "below"])
        if kind == "drop":
            return {key: each for key, each in value.items() if key != name}
        if kind == "add":
            return {**value, NAME + str(self.random.random()): self.random.choice(ODD_VALUES)}
        replacement = self.random.choice(ODD_VALUES) if kind == "type" else self.text() if kind == "text" else self.changed(value[name])
        return {**value, name: replacement}
