"""Frames of HTTP/2 over TLS, right or wrong, and what comes back."""
import socket, ssl, struct
from hpack import Decoder

DATA, HEADERS, RST_STREAM, SETTINGS, GOAWAY = 0, 1, 3, 4, 7
END_STREAM, END_HEADERS = 1, 4


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def length(count):
    if count < 127:
        return bytes([count])
    out, rest = [127], count - 127
    while rest >= 128:
        out.append(rest % 128 | 128)
        rest //= 128
    return bytes(out + [rest])


def block(fields):
    """Names and values as literals that nothing keeps."""
    out = b""
    for each in fields:
        name, value = (part.encode("latin-1") for part in each)
        out += b"\0" + length(len(name)) + name + length(len(value)) + value
    return out


class Caller:
    """A connection whose preface was sent."""

    def __init__(self, port):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_alpn_protocols(["h2"])
        self.socket = context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname="localhost")
        if self.socket.selected_alpn_protocol() != "h2":
            raise SystemExit("the gateway does not speak HTTP/2")
        self.socket.settimeout(20)
        self.ahead, self.decoder = b"", Decoder()
        self.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0))

    def send(self, frames):
        try:
            self.socket.sendall(frames)
        except OSError:
            pass

    def _next(self):
        while len(self.ahead) < 9 or len(self.ahead) < 9 + int.from_bytes(self.ahead[:3], "big"):
            more = self.socket.recv(65536)
            if not more:
                raise ConnectionError("the end")
            self.ahead += more
        size, kind, flags = int.from_bytes(self.ahead[:3], "big"), self.ahead[3], self.ahead[4]
        stream, payload = int.from_bytes(self.ahead[5:9], "big"), self.ahead[9:9 + size]
        self.ahead = self.ahead[9 + size:]
        return kind, flags, stream, self.decoder.decode(payload, raw=True) if kind == HEADERS else payload

    def answer(self, wanted):
        """Status, fields, body and end ("", "reset N", "closed", "late") of the answer on a stream."""
        status, fields, body = "", {}, b""
        while True:
            try:
                kind, flags, stream, payload = self._next()
            except TimeoutError:
                return status, fields, body, "late"
            except OSError:
                return status, fields, body, "closed"
            if stream != wanted:
                continue
            if kind == RST_STREAM:
                return status, fields, body, f"reset {int.from_bytes(payload, 'big')}"
            if kind == HEADERS:
                fields.update(payload)
                status = fields.get(b":status", b"").decode()
            if kind == DATA:
                body += payload
            if kind in (HEADERS, DATA) and flags & END_STREAM:
                return status, fields, body, ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
