"""Requests of HTTP/2 that would be others, or more than one, if they were written as HTTP/1.1 without a second look."""
from collections import namedtuple
from frames import DATA, END_HEADERS, END_STREAM, HEADERS, block, frame

CONTRACTED = "/v1/sessions/authenticate"
BODY = b'{"session_token":"0123456789"}'
SECRET = "Basic cHJvamVjdC10ZXN0LTExMTExMTExLTExMTEtNDExMS04MTExLTExMTExMTExMTExMTpzZWNyZXQ="
HIDDEN = "GET /v1/users/hidden HTTP/1.1\r\nHost: g\r\n\r\n"
ODD = {"CR LF": "\r\n", "LF": "\n", "CR": "\r", "NUL": "\0", "VT": "\x0b", "FF": "\x0c", "space": " ", "tab": "\t", "DEL": "\x7f",
       "NEL": "\x85", "no-break space": "\xa0", "high octet": "\xff", "field": "\r\nx-injected: 1",
       "coding": "\r\ntransfer-encoding: chunked", "request": "\r\n\r\n" + HIDDEN, "request behind LF": "\n\n" + HIDDEN, "colon": ":",
       "parenthesis": "(", "quote": "\"", "escaped CR LF": "%0d%0a", "fragment": "#x"}
CODINGS = ["chunked", "identity", "Chunked", "chunked, identity", "gzip", "", " chunked", "chunked\0"]
LENGTHS = ["0", "1", "29", "31", "1000", "-1", "+30", "30,30", "30 ", "030", "0x1e", "", "30\r\n", "99999999999999999999",
           "18446744073709551646", "4294967326"]
FIELDS = ["connection", "keep-alive", "proxy-connection", "upgrade", "http2-settings", "te", "expect", "host", "trailer", "forwarded",
          ":protocol", ":status", "content-length", "", " ", ":path", ":method", ":scheme", ":authority"]
VALUES = ["close", "x-lab-id", "h2c", "gateway", "other", "100-continue", "trailers", "trailers, chunked", "websocket"]
TRAILERS = ["x-sum", "content-length", "transfer-encoding", ":path", "host", "authorization", "X-Up", "x-lab-id", "a\r\nb", "te"]
METHODS = ["CONNECT", "TRACE", "PRI", "OPTIONS", "GET", "HEAD", "get", "PUT", "X", "", "POST HTTP/1.1\r\nx: y", "M-SEARCH"]
PATHS = [CONTRACTED, "*", "gateway:443", "", "http://gateway/v1/users/abc", "//v1/users/abc",
         "/v1/users/abc HTTP/1.1\r\nx: y"]
# Fields of a caller's that end at the gateway (docs/life-of-a-call.md, step 7); of a call that a contract knows also those of its body.
ENDS = {"connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
        "upgrade", "content-length", "host", "expect", "accept-encoding", "cookie", "forwarded", "http2-settings", "x-request-id"}
OF_BODY = {"content-type", "content-encoding"}
HAS_BODY = {"POST", "PUT", "PATCH"}


class Sent(namedtuple("Sent", "fields body frames")):
    """A request, and the frames that it is sent in."""

    def then(self, frames):
        return self._replace(frames=self.frames + frames)

    def line(self):
        return f"{self._said(':method')} {self._said(':path')} HTTP/1.1".encode("latin-1")

    def arriving(self, host):
        """The fields that it has at the provider, but for its id."""
        contracted = self._said(":path").partition("?")[0] == CONTRACTED
        ends = ENDS | OF_BODY if contracted else ENDS
        fields = [each for each in self.fields if each[0][:1] != ":" and each[0].replace("_", "-") not in ends]
        fields += [("host", host), ("accept-encoding", "identity")]
        if contracted:
            fields.append(("content-type", "application/json"))
        if self.body or self._said(":method") in HAS_BODY:
            fields.append(("content-length", str(len(self.body))))
        return sorted((name.encode("latin-1"), value.encode("latin-1")) for name, value in fields)

    def _said(self, name):
        return dict(self.fields).get(name, "")


def head(case, more=(), first=(), method="POST", path=CONTRACTED, scheme="https", authority="gateway", media="application/json"):
    return [*first, (":method", method), (":scheme", scheme), (":authority", authority), (":path", path), ("authorization", SECRET),
            ("content-type", media), ("x-lab-id", case), *more]


def sent(fields, *bodies, trailers=None):
    """A request on the first stream."""
    out = frame(HEADERS, END_HEADERS | (0 if bodies else END_STREAM), 1, block(fields))
    for index, body in enumerate(bodies):
        last = trailers is None and index == len(bodies) - 1
        out += frame(DATA, END_STREAM if last else 0, 1, body)
    out += frame(HEADERS, END_HEADERS | END_STREAM, 1, block(trailers)) if trailers is not None else b""
    return Sent(fields, b"".join(bodies), out)


def good(case, stream):
    return frame(HEADERS, END_HEADERS, stream, block(head(case))) + frame(DATA, END_STREAM, stream, BODY)


def cases():
    """Group, name, case and request of each."""
    for number, (group, name, make) in enumerate(_all()):
        case = f"case-{number:04d}"
        yield group, name, case, make(case)


def _all():
    for name, odd in ODD.items():
        for place in ("front", "middle", "end"):
            yield from _spelled(f"{name} at the {place}", lambda text, o=odd, p=place: _at(text, o, p))
    for coding in CODINGS:
        for field in ("transfer-encoding", "Transfer-Encoding", "transfer_encoding"):
            yield "codings", f"{field} {coding!r}", lambda case, f=field, c=coding: sent(head(case, [(f, c)]), BODY)
    for size in LENGTHS:
        said = [("content-length", size)]
        yield "lengths", f"{size!r}", lambda case, s=said: sent(head(case, s), BODY)
        yield "lengths", f"{size!r} and a true one", lambda case, s=said: sent(head(case, s + [("content-length", "30")]), BODY)
        yield "lengths", f"{size!r}, other call", lambda case, s=said: sent(head(case, s, path="/v1/users/abc"), BODY)
        yield "lengths", f"{size!r} without a body", lambda case, s=said: sent(head(case, s))
        yield "lengths", f"{size!r} with trailers", lambda case, s=said: sent(head(case, s), BODY, trailers=[("x-sum", "1")])
    for field in FIELDS:
        for value in VALUES:
            yield "fields", f"{field}: {value}", lambda case, f=(field, value): sent(head(case, [f]), BODY)
            yield "fields", f"{field}: {value} first", lambda case, f=(field, value): sent(head(case, first=[f]), BODY)
    for left in (":method", ":scheme", ":authority", ":path"):
        yield "fields", f"no {left}", lambda case, n=left: sent([each for each in head(case) if each[0] != n], BODY)
        yield "fields", f"{left} last", lambda case, n=left: sent(sorted(head(case), key=lambda each: each[0] == n), BODY)
    for field in TRAILERS:
        yield "trailers", field, lambda case, f=field: sent(head(case), BODY, trailers=[(f, "1")])
    yield "frames", "DATA behind the end", lambda case: sent(head(case), BODY).then(frame(DATA, END_STREAM, 1, HIDDEN.encode()))
    yield "frames", "a head behind the end", lambda case: sent(head(case), BODY).then(sent(head(case)).frames)
    for method in METHODS:
        for path in PATHS:
            yield "request line", f"{method!r} {path!r}", lambda case, m=method, p=path: sent(head(case, method=m, path=p), BODY)


def _at(text, odd, place):
    return {"front": odd + text, "middle": text[:2] + odd + text[2:], "end": text + odd}[place]


def _spelled(name, spell):
    for what in ("method", "scheme", "authority", "path", "media"):
        text = {"method": "POST", "scheme": "https", "authority": "gateway", "path": "/v1/sessions/authenticate",
                "media": "application/json"}[what]
        yield "spellings", f"{what}, {name}", lambda case, w=what, t=text: sent(head(case, **{w: spell(t)}), BODY)
    yield "spellings", f"other path, {name}", lambda case: sent(head(case, path=spell("/v1/users/abc")), BODY)
    yield "spellings", f"query, {name}", lambda case: sent(head(case, path="/v1/users/abc?q=" + spell("abc")), BODY)
    yield "spellings", f"value, {name}", lambda case: sent(head(case, [("x-a", spell("abcd"))]), BODY)
    yield "spellings", f"name, {name}", lambda case: sent(head(case, [(spell("x-abcd"), "v")]), BODY)
    yield "spellings", f"cookie, {name}", lambda case: sent(head(case, [("cookie", spell("a=b")), ("cookie", "c=d")]), BODY)
