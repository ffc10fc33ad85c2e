"""What was sent on a connection, read as strictly as RFC 9112 allows; the provider of the laboratory, and a tap in front of it."""
import re, socket, threading
from collections import namedtuple

Request = namedtuple("Request", "line fields body")
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
CASE = re.compile(rb"(case|good)-\d{4}x*")


class Ambiguous(Exception):
    """Bytes that another reader may take for something else."""


class Reader:
    """Reads requests of one connection as its bytes come."""

    def __init__(self):
        self.ahead = b""

    def feed(self, data):
        self.ahead += data
        requests = []
        while (found := self._request()) is not None:
            requests.append(found)
        return requests

    def _request(self):
        text, separator, rest = self.ahead.partition(b"\r\n\r\n")
        if not separator:
            return None
        line, *fields = text.split(b"\r\n")
        if re.search(rb"[\r\n\0]", line + b"".join(fields)) or len(line.split(b" ")) != 3:
            raise Ambiguous(line[:80])
        named = [self._field(each) for each in fields]
        body = self._body(named, rest)
        if body is None:
            return None
        content, self.ahead = body
        return Request(line, named, content)

    @staticmethod
    def _field(text):
        name, colon, value = text.partition(b":")
        if not colon or not TOKEN.fullmatch(name):
            raise Ambiguous(text[:80])
        return name.lower(), value.strip(b" \t")

    def _body(self, fields, rest):
        lengths = [value for name, value in fields if name == b"content-length"]
        codings = [value for name, value in fields if name == b"transfer-encoding"]
        if codings:
            if lengths or [each.lower() for each in codings] != [b"chunked"]:
                raise Ambiguous(b"coding and length")
            return self._chunked(rest)
        if not lengths:
            return b"", rest
        if len(lengths) > 1 or not re.fullmatch(rb"\d{1,18}", lengths[0]):
            raise Ambiguous(b"length " + lengths[0][:40])
        size = int(lengths[0])
        return (rest[:size], rest[size:]) if len(rest) >= size else None

    @staticmethod
    def _chunked(rest):
        body = b""
        while True:
            size, separator, after = rest.partition(b"\r\n")
            if not separator:
                return None
            if not re.fullmatch(rb"[0-9A-Fa-f]{1,16}(;[^\r\n\0]*)?", size):
                raise Ambiguous(b"chunk " + size[:40])
            count = int(size.split(b";")[0], 16)
            if count == 0:
                break
            if len(after) < count + 2:
                return None
            if after[count:count + 2] != b"\r\n":
                raise Ambiguous(b"end of a chunk")
            body, rest = body + after[:count], after[count + 2:]
        while True:
            trailer, separator, after = after.partition(b"\r\n")
            if not separator:
                return None
            if not trailer:
                return body, after
            Reader._field(trailer)


class Log:
    """What came to a place: the requests by the case that they name, and what could not be read in one way only."""

    def __init__(self):
        self.lock = threading.Lock()
        self.clear()

    def clear(self):
        with self.lock:
            self.requests, self.ambiguous = {}, []

    def add(self, request):
        named = CASE.search(request.line + b" " + dict(request.fields).get(b"x-lab-id", b"") + request.body)
        with self.lock:
            self.requests.setdefault(named.group().decode() if named else "", []).append(request)

    def of(self, case):
        with self.lock:
            return list(self.requests.get(case, []))


class Server:
    """A thread for each connection."""

    def __init__(self):
        self.log = Log()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection):
        with connection:
            try:
                self.converse(connection)
            except Ambiguous as seen:
                self.log.ambiguous.append(seen.args[0])
            except OSError:
                pass


class Provider(Server):
    """Answers each request with an error of its own, which passes untouched, under the id that the request has."""

    def converse(self, connection):
        reader = Reader()
        while data := connection.recv(65536):
            for request in reader.feed(data):
                self.log.add(request)
                connection.sendall(self.answer(request))

    @staticmethod
    def answer(request):
        case = dict(request.fields).get(b"x-lab-id", b"none").decode("latin-1")
        body = ('{"status_code":404,"request_id":"lab-%s","error_type":"session_not_found","error_message":"none",'
                '"error_url":"https://example.com"}' % re.sub(r"[^a-z0-9-]", "?", case)).encode()
        head = b"HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        return head + (b"" if request.line.startswith(b"HEAD ") else body)


class Tap(Server):
    """Passes on what the gateway sends, to whatever stands behind it at the time, and reads along."""

    def __init__(self, towards):
        self.towards = towards
        super().__init__()

    def converse(self, connection):
        reader = Reader()
        with socket.create_connection(("127.0.0.1", self.towards)) as behind:
            threading.Thread(target=self._back, args=[behind, connection], daemon=True).start()
            while data := connection.recv(65536):
                behind.sendall(data)
                for request in reader.feed(data):
                    self.log.add(request)
            behind.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def _back(behind, connection):
        try:
            while data := behind.recv(65536):
                connection.sendall(data)
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Careless(Server):
    """A proxy that knows no chunks and skips lines that are no request line: in the place of the gateway it must be found out."""

    def __init__(self, towards):
        self.towards = towards
        super().__init__()

    def converse(self, connection):
        ahead = b""
        while data := connection.recv(65536):
            ahead += data
            while found := re.search(rb"([A-Z]+ /[^ \r\n]* HTTP/1\.1\r\n.*?\r\n)\r\n", ahead, re.DOTALL):
                length = re.search(rb"\ncontent-length: *(\d+)", found.group(1), re.IGNORECASE)
                end = found.end() + (int(length.group(1)) if length else 0)
                if len(ahead) < end:
                    break
                head = re.sub(rb"(?i)transfer-encoding:[^\r\n]*\r\n", b"", found.group(1))
                connection.sendall(self._passed(head + b"\r\n" + ahead[found.end():end]))
                ahead = ahead[end:]
                if b"\nconnection: close" in head.lower():
                    return

    def _passed(self, request):
        with socket.create_connection(("127.0.0.1", self.towards)) as behind:
            behind.sendall(request)
            return behind.recv(65536)
