"""Stands between gateway and sandbox, and asks the sandbox for a fault: POST /fault/NAME sets it for sessions.migrate, none ends it."""
import http.client
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sandbox = int(sys.argv[1])
fault = "none"


class Between(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        global fault
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/fault/"):
            fault = self.path.removeprefix("/fault/")
            self.answer(200, {}, b"")
            return
        headers = dict(self.headers)
        if fault != "none" and self.path == "/v1/sessions/migrate":
            headers["X-Sandbox-Fault"] = fault
        upstream = http.client.HTTPConnection("127.0.0.1", sandbox)
        try:
            upstream.request(self.command, self.path, body, headers)
            reply = upstream.getresponse()
            self.answer(reply.status, dict(reply.headers), reply.read())
        except (OSError, http.client.HTTPException):
            self.close_connection = True  # what the sandbox did to us is done to the gateway
        finally:
            upstream.close()

    do_POST = do_GET

    def answer(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Between)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
