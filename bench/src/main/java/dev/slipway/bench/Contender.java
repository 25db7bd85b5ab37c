package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A router under comparison: its program, started with a hundred routes that all lead to the same upstream.
///
/// @param host of the first route; the others count on
record Contender(String name, int port, List<String> command, Map<String, String> environment) {
    static final int ROUTES = 100;
    private static final String DOMAIN = "bench.test";

    static String host(int route) {
        return "app-" + route + "." + DOMAIN;
    }

    /// Ours as `./slipway up` starts it, alone: with the routes it remembers, without database and engine.
    static Contender slipway(Path scratch, int upstream, Map<String, String> environment) {
        int port = FreePort.take();
        Path home = scratch.resolve("slipway");
        StringBuilder routes = new StringBuilder("{\"routes\":[");
        for (int route = 0; route < ROUTES; route++) {
            routes.append(route == 0 ? "" : ",")
                    .append("{\"app\":\"app-")
                    .append(route)
                    .append("\",\"status\":\"LIVE\",\"instances\":[{\"id\":\"app-")
                    .append(route)
                    .append("-1-x\",\"address\":\"127.0.0.1\",\"port\":")
                    .append(upstream)
                    .append("}]}");
        }
        write(home.resolve("runtime/routes.json"), routes.append("]}").toString());
        // without it, it isn't known whom the apps let in
        write(
                home.resolve("runtime/domains.json"),
                "{\"domains\":[],\"certificates\":[],\"challenges\":{},\"doors\":[]}");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Platform.need(environment, "SLIPWAY_BENCH_RUNTIME"),
                "dev.slipway.runtime.RuntimeTier"));
        return new Contender(
                "slipway",
                port,
                command,
                Map.of(
                        "SLIPWAY_HOME",
                        home.toString(),
                        "SLIPWAY_INSTALLATION",
                        "bench",
                        "SLIPWAY_DOMAIN",
                        DOMAIN,
                        "SLIPWAY_HTTP_BIND",
                        "127.0.0.1",
                        "SLIPWAY_HTTP_PORT",
                        Integer.toString(port),
                        "SLIPWAY_HTTPS_PORT",
                        "0",
                        "SLIPWAY_RUNTIME_PORT",
                        Integer.toString(FreePort.take()),
                        "SLIPWAY_PLATFORM_PORT",
                        Integer.toString(FreePort.take()),
                        "SLIPWAY_DB_URL",
                        "jdbc:postgresql://127.0.0.1:9/none",
                        "DOCKER_HOST",
                        "unix://" + scratch.resolve("no-engine.sock")));
    }

    /// @param upstream its address and port
    static Contender nginx(Path scratch, String upstream, Map<String, String> environment) {
        int port = FreePort.take();
        Path directory = scratch.resolve("nginx");
        StringBuilder servers = new StringBuilder();
        for (int route = 0; route < ROUTES; route++) {
            servers.append(
                    "server { listen 127.0.0.1:%d; server_name %s; location / { proxy_pass http://upstream; } }\n"
                            .formatted(port, host(route)));
        }
        write(directory.resolve("nginx.conf"), """
                daemon off; worker_processes %d; pid %s/pid; error_log %s/errors crit;
                events { worker_connections 2048; }
                http {
                  access_log off; client_body_temp_path %s; proxy_temp_path %s; fastcgi_temp_path %s; uwsgi_temp_path %s; scgi_temp_path %s;
                  server_names_hash_max_size 1024; keepalive_requests 1000000;
                  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
                  proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
                  proxy_set_header Host $host;
                  proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Host $http_host;
                  proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Port $server_port;
                  upstream upstream { server %s; keepalive 64; keepalive_requests 1000000; }
                  %s
                }
                """.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        directory,
                        directory,
                        directory,
                        directory,
                        directory,
                        directory,
                        directory,
                        upstream,
                        servers));
        return new Contender(
                "nginx",
                port,
                List.of(
                        Platform.need(environment, "SLIPWAY_BENCH_NGINX"),
                        "-e",
                        directory + "/errors",
                        "-p",
                        directory.toString(),
                        "-c",
                        directory + "/nginx.conf"),
                Map.of());
    }

    static Contender caddy(Path scratch, int upstream, String program) {
        int port = FreePort.take();
        Path directory = scratch.resolve("caddy");
        StringBuilder config = new StringBuilder("{\n  admin off\n  auto_https off\n}\n");
        for (int route = 0; route < ROUTES; route++) {
            config.append("http://%s:%d {\n  bind 127.0.0.1\n  reverse_proxy 127.0.0.1:%d\n}\n"
                    .formatted(host(route), port, upstream));
        }
        write(directory.resolve("Caddyfile"), config.toString());
        return new Contender(
                "caddy",
                port,
                List.of(program, "run", "--adapter", "caddyfile", "--config", directory + "/Caddyfile"),
                Map.of("XDG_DATA_HOME", directory.toString(), "XDG_CONFIG_HOME", directory.toString()));
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
