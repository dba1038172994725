#!/usr/bin/env python3
"""A plain HTTP service that knows nothing of any registry: usage: greeter.py PORT"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port = int(sys.argv[1])


class Greeter(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"hello from the greeter on port {port}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        """Says nothing: the health checks would fill the terminal."""


ThreadingHTTPServer(("127.0.0.1", port), Greeter).serve_forever()
