"""Requests that two parsers may read differently. Each case is a name and the bytes that a client sends on one connection. ID is
the id of the case, TARGET where it leads; a request that hides in another one has the id with -hidden."""

GOOD = '{"session_token":"ID"}'
HIDDEN = "GET /v1/users/hidden-ID HTTP/1.1\r\nHost: gateway\r\nAuthorization: Basic cDpz\r\nX-Lab-Id: ID-hidden\r\n\r\n"
TARGETS = {"contract": "/v1/sessions/authenticate", "other": "/v1/users/ID"}
WIDTH = 24  # of an id: every occurrence is as long, so that lengths can be counted before ids are known

TRANSFER_ENCODINGS = {
    "plain": "Transfer-Encoding: chunked",
    "upper case": "TRANSFER-ENCODING: CHUNKED",
    "space before the colon": "Transfer-Encoding : chunked",
    "tab before the colon": "Transfer-Encoding\t: chunked",
    "tab after the colon": "Transfer-Encoding:\tchunked",
    "no space": "Transfer-Encoding:chunked",
    "vertical tab": "Transfer-Encoding: \x0bchunked",
    "form feed behind": "Transfer-Encoding: chunked\x0c",
    "folded": "Transfer-Encoding:\r\n chunked",
    "folded with a tab": "Transfer-Encoding:\r\n\tchunked",
    "folded into another field": "X-A: b\r\n Transfer-Encoding: chunked",
    "line that begins with a space": " Transfer-Encoding: chunked",
    "behind a bare LF": "X-A: b\nTransfer-Encoding: chunked",
    "behind a bare CR": "X-A: b\rTransfer-Encoding: chunked",
    "behind CR CR LF": "X-A: b\r\r\nTransfer-Encoding: chunked",
    "NUL in the name": "Transfer-Encoding\0: chunked",
    "NUL in the value": "Transfer-Encoding: chun\0ked",
    "NUL behind the value": "Transfer-Encoding: chunked\0",
    "underscore": "Transfer_Encoding: chunked",
    "another coding": "Transfer-Encoding: xchunked",
    "identity": "Transfer-Encoding: identity",
    "gzip, chunked": "Transfer-Encoding: gzip, chunked",
    "chunked, identity": "Transfer-Encoding: chunked, identity",
    "identity, chunked": "Transfer-Encoding: identity, chunked",
    "chunked, chunked": "Transfer-Encoding: chunked, chunked",
    "empty element before": "Transfer-Encoding: ,chunked",
    "empty element behind": "Transfer-Encoding: chunked,",
    "parameter": "Transfer-Encoding: chunked;q=1",
    "quoted": 'Transfer-Encoding: "chunked"',
    "twice": "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "then identity": "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "identity first": "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
    "empty": "Transfer-Encoding:",
    "beyond ASCII": "Transfer-Encoding: chunked\xa0",
}

CONTENT_LENGTHS = {
    "plus sign": "Content-Length: +N",
    "minus sign": "Content-Length: -N",
    "list": "Content-Length: N, N",
    "list without space": "Content-Length: N,N",
    "list of two lengths": "Content-Length: N, 0",
    "twice the same": "Content-Length: N\r\nContent-Length: N",
    "none, then one": "Content-Length: 0\r\nContent-Length: N",
    "one, then none": "Content-Length: N\r\nContent-Length: 0",
    "leading zeros": "Content-Length: 000N",
    "hexadecimal": "Content-Length: 0x2c",
    "two numbers": "Content-Length: N 0",
    "semicolon": "Content-Length: N;0",
    "fraction": "Content-Length: N.0",
    "exponent": "Content-Length: Ne0",
    "underscore in the number": "Content-Length: N_0",
    "space before the colon": "Content-Length : N",
    "spaces around": "Content-Length:   N   ",
    "underscore in the name": "Content_Length: N",
    "folded": "Content-Length:\r\n N",
    "folded twice": "Content-Length: N\r\n 0",
    "NUL behind": "Content-Length: N\0",
    "vertical tab": "Content-Length: \x0bN",
    "empty": "Content-Length:",
    "beyond 32 bits": "Content-Length: 4294967296",
    "beyond 64 bits": "Content-Length: 18446744073709551616",
    "behind a bare LF": "X-A: b\nContent-Length: N",
    "behind a bare CR": "X-A: b\rContent-Length: N",
    "none": "X-A: b",
    "none at all": "Content-Length: 0",
}

CHUNKS = {
    "one": "{size}\r\n{body}\r\n0\r\n\r\n",
    "upper and lower case": "00{size}\r\n{body}\r\n00\r\n\r\n",
    "extension": "{size};a=b\r\n{body}\r\n0;c\r\n\r\n",
    "quoted extension": '{size};a="b;\\"c"\r\n{body}\r\n0\r\n\r\n',
    "line end in a quoted extension": '{size};a="\r\n0\r\n\r\n{hidden}',
    "LF in an extension": "{size};a\n\r\n{body}\r\n0\r\n\r\n{hidden}",
    "LF ends an extension": "{size};a\n{body}\r\n0\r\n\r\n{hidden}",
    "CR in an extension": "{size};a\rb\r\n{body}\r\n0\r\n\r\n{hidden}",
    "NUL in an extension": "{size};a\0\r\n{body}\r\n0\r\n\r\n{hidden}",
    "extension of the last": "{size}\r\n{body}\r\n0;\nxx\r\n\r\n{hidden}",
    "space before the size": " {size}\r\n{body}\r\n0\r\n\r\n",
    "space behind the size": "{size} \r\n{body}\r\n0\r\n\r\n",
    "tab behind the size": "{size}\t\r\n{body}\r\n0\r\n\r\n",
    "0x": "0x{size}\r\n{body}\r\n0\r\n\r\n",
    "plus sign": "+{size}\r\n{body}\r\n0\r\n\r\n",
    "minus sign": "-{size}\r\n{body}\r\n0\r\n\r\n",
    "underscore": "0_{size}\r\n{body}\r\n0\r\n\r\n",
    "no digit": "\r\n{body}\r\n0\r\n\r\n",
    "no hexadecimal digit": "{size}.0\r\n{body}\r\n0\r\n\r\n",
    "beyond 32 bits": "1000000{size}\r\n{body}\r\n0\r\n\r\n",
    "beyond 64 bits": "100000000000000{size}\r\n{body}\r\n0\r\n\r\n",
    "minus one": "FFFFFFFFFFFFFFFF\r\n{body}\r\n0\r\n\r\n",
    "many zeros": "0" * 40 + "{size}\r\n{body}\r\n0\r\n\r\n",
    "LF behind the size": "{size}\n{body}\r\n0\r\n\r\n{hidden}",
    "CR behind the size": "{size}\r{body}\r\n0\r\n\r\n{hidden}",
    "CR CR LF": "{size}\r\r\n{body}\r\n0\r\n\r\n{hidden}",
    "LF behind the data": "{size}\r\n{body}\n0\r\n\r\n{hidden}",
    "nothing behind the data": "{size}\r\n{body}0\r\n\r\n{hidden}",
    "two bytes behind the data": "{size}\r\n{body}xx0\r\n\r\n{hidden}",
    "LF everywhere": "{size}\n{body}\n0\n\n{hidden}",
    "LF at the end": "{size}\r\n{body}\r\n0\r\n\n{hidden}",
    "no empty line": "{size}\r\n{body}\r\n0\r\n{hidden}",
    "length in a trailer": "{size}\r\n{body}\r\n0\r\nContent-Length: 9\r\n\r\n",
    "coding in a trailer": "{size}\r\n{body}\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n{hidden}",
    "host in a trailer": "{size}\r\n{body}\r\n0\r\nHost: other\r\n\r\n",
    "folded trailer": "{size}\r\n{body}\r\n0\r\nX-A: b\r\n c: d\r\n\r\n{hidden}",
    "trailer behind a bare LF": "{size}\r\n{body}\r\n0\r\nX-A: b\n\r\n\r\n{hidden}",
    "a request for a trailer": "{size}\r\n{body}\r\n0\r\nGET /v1/users/hidden-ID HTTP/1.1\r\nX-Lab-Id: ID-hidden\r\n\r\n",
    "large trailer": "{size}\r\n{body}\r\n0\r\nX-A: " + "b" * 20000 + "\r\n\r\n",
    "cut off": "{size}\r\n{body}",
}

LINES = {
    "two spaces": "POST  TARGET HTTP/1.1",
    "tab": "POST\tTARGET\tHTTP/1.1",
    "space behind": "POST TARGET HTTP/1.1 ",
    "space in the target": "POST TARGET x HTTP/1.1",
    "no version": "POST TARGET",
    "lower case": "post TARGET http/1.1",
    "version 1.0": "POST TARGET HTTP/1.0",
    "version 1.2": "POST TARGET HTTP/1.2",
    "version 1.10": "POST TARGET HTTP/1.10",
    "version 01.1": "POST TARGET HTTP/01.1",
    "version 2.0": "POST TARGET HTTP/2.0",
    "version 0.9": "POST TARGET HTTP/0.9",
    "empty line before": "\r\nPOST TARGET HTTP/1.1",
    "LF before": "\nPOST TARGET HTTP/1.1",
    "CR before": "\rPOST TARGET HTTP/1.1",
    "space before": " POST TARGET HTTP/1.1",
    "absolute form": "POST http://gatewayTARGET HTTP/1.1",
    "absolute form of another host": "POST http://otherTARGET HTTP/1.1",
    "absolute form with user": "POST http://a@gatewayTARGET HTTP/1.1",
    "another scheme": "POST ftp://gatewayTARGET HTTP/1.1",
    "asterisk": "OPTIONS * HTTP/1.1",
    "CONNECT": "CONNECT gateway:443 HTTP/1.1",
    "TRACE": "TRACE TARGET HTTP/1.1",
    "fragment": "POST TARGET#a HTTP/1.1",
    "NUL": "POST TARGET\0 HTTP/1.1",
    "line end in the target": "POST TARGET\rX HTTP/1.1",
    "LF in the target": "POST TARGET\nX: HTTP/1.1",
    "beyond ASCII": "POST TARGET\xff HTTP/1.1",
    "preface of HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n",
}

FIELDS = {
    "folded": "X-A: b\r\n c",
    "folded with an empty line": "X-A: b\r\n \r\n",
    "space in the name": "X A: b",
    "empty name": ": b",
    "no colon": "X-A",
    "NUL in the value": "X-A: b\0c",
    "CR in the value": "X-A: b\rc",
    "CR at the end": "X-A: b\r",
    "bare LF": "X-A: b\nX-B: c",
    "empty line of a bare LF": "X-A: b\n",
    "delete character": "X-A: b\x7f",
    "beyond ASCII in the name": "X-\xe9: b",
    "second host": "Host: other",
    "host with a space": "Host : other",
    "underscores": "X_A: b\r\nX-Lab_Id: other",
    "length is of this connection": "Connection: Content-Length",
    "coding is of this connection": "Connection: close, Transfer-Encoding",
    "keep-alive and close": "Connection: keep-alive\r\nConnection: close",
    "proxy connection": "Proxy-Connection: close",
    "announced trailers": "Trailer: Content-Length\r\nTE: trailers",
    "websocket": "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "h2c": "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
    "expectation": "Expect: 100-continue",
    "another expectation": "Expect: 200-ok",
    "expectation twice": "Expect: 100-continue\r\nExpect: x",
    "another method": "X-HTTP-Method-Override: GET",
    "another target": "X-Original-URL: /v1/users/hidden-ID",
    "large": "X-A: " + "b" * 9000,
    "many": "\r\n".join(f"X-{i}: b" for i in range(110)),
}


def head(line, *fields):
    rest = "\r\n".join(["Host: gateway", "X-Lab-Id: ID", "Authorization: Basic cDpz", "Content-Type: application/json", *fields])
    return line + "\r\n" + rest + "\r\n\r\n"


def chunked(text):
    return "%x\r\n%s\r\n" % (counted(text), text)


def counted(text):
    return len(text.replace("ID", "i" * WIDTH))


def length(text):
    return "Content-Length: %d" % counted(text)


def texts():
    """Group, name and text of each case, before ids and targets are known."""
    post = "POST TARGET HTTP/1.1"
    for name, field in TRANSFER_ENCODINGS.items():
        group = "Transfer-Encoding"
        yield group, name + ", alone", head(post, field) + chunked(GOOD) + "0\r\n\r\n" + HIDDEN
        ends = chunked(GOOD) + "0\r\n\r\n" + HIDDEN
        yield group, name + ", behind a length of all", head(post, length(ends), field) + ends
        yield group, name + ", before a length of all", head(post, field, length(ends)) + ends
        hides = chunked(HIDDEN) + "0\r\n\r\n"
        short = "Content-Length: %d" % len("%x\r\n" % counted(HIDDEN))
        yield group, name + ", behind a length of little", head(post, short, field) + hides
        yield group, name + ", before a length of little", head(post, field, short) + hides
        yield group, name + ", HTTP/1.0", head("POST TARGET HTTP/1.0", field, length(ends), "Connection: keep-alive") + ends
    for name, field in CONTENT_LENGTHS.items():
        field = field.replace("N", str(counted(GOOD)))
        yield "Content-Length", name, head(post, field) + GOOD + HIDDEN
        yield "Content-Length", name + ", HTTP/1.0", head("POST TARGET HTTP/1.0", field, "Connection: keep-alive") + GOOD + HIDDEN
    for name, chunks in CHUNKS.items():
        sized = chunks.format(size="%x" % counted(GOOD), body=GOOD, hidden=HIDDEN)
        yield "chunks", name, head(post, "Transfer-Encoding: chunked") + sized
        yield "chunks", name + ", a request behind", head(post, "Transfer-Encoding: chunked") + sized + HIDDEN
    for name, line in LINES.items():
        yield "request line", name, head(line, length(GOOD)) + GOOD
        yield "request line", name + ", a request behind", head(line, length(GOOD)) + GOOD + HIDDEN
    for name, field in FIELDS.items():
        yield "fields", name, head(post, length(GOOD), field) + GOOD + HIDDEN
        yield "fields", name + ", GET", head("GET TARGET HTTP/1.1", field) + HIDDEN
    for method in ("GET", "HEAD", "DELETE", "OPTIONS", "PROPFIND"):
        line = method + " TARGET HTTP/1.1"
        yield "bodies", method + " with a request for a body", head(line, length(HIDDEN)) + HIDDEN
        yield "bodies", method + " with a request for chunks", head(line, "Transfer-Encoding: chunked") + chunked(HIDDEN) + "0\r\n\r\n"
        yield "bodies", method + " with a body and a request behind", head(line, length(GOOD)) + GOOD + HIDDEN
    yield "bodies", "POST with a request for a body", head(post, length(HIDDEN)) + HIDDEN
    yield "bodies", "POST cut off", head(post, "Content-Length: 500") + HIDDEN
    yield "bodies", "HTTP/1.0 without length", head("POST TARGET HTTP/1.0") + GOOD + HIDDEN
    yield "bodies", "HTTP/1.0 kept open", head("POST TARGET HTTP/1.0", length(GOOD), "Connection: keep-alive") + GOOD + HIDDEN
    yield "bodies", "HTTP/1.0, version 1.1 behind", head("GET TARGET HTTP/1.0") + HIDDEN
    for count in (2, 5):
        yield "pipelining", f"{count} good ones", (head(post, length(GOOD)) + GOOD) * count + HIDDEN
    yield "pipelining", "empty lines between", head(post, length(GOOD)) + GOOD + "\r\n\r\n" + HIDDEN
    yield "pipelining", "LFs between", head(post, length(GOOD)) + GOOD + "\n\n" + HIDDEN
    yield "pipelining", "bytes between", head(post, length(GOOD)) + GOOD + "x" + HIDDEN
    yield "pipelining", "a malformed one between", head(post, length(GOOD)) + GOOD + head("POST  TARGET") + HIDDEN
    yield "pipelining", "all lines end with LF", (head(post, length(GOOD)) + GOOD + HIDDEN).replace("\r\n", "\n")
    yield "pipelining", "all lines end with CR", (head(post, length(GOOD)) + GOOD + HIDDEN).replace("\r\n", "\r")


def cases():
    """Group, name, id and bytes of each case."""
    number = 0
    for where, target in TARGETS.items():
        for group, name, text in texts():
            number += 1
            case = f"case-{number:04d}".ljust(WIDTH, "x")
            yield group, f"{name} ({where})", case, text.replace("TARGET", target).replace("ID", case).encode("latin-1")


def good(case):
    """A call on a connection of its own that two parsers read alike."""
    return (head("POST /v1/users/ID HTTP/1.1", length(GOOD), "Connection: close") + GOOD).replace("ID", case).encode("latin-1")
