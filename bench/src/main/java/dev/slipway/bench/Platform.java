package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The platform as its users meet it: the launcher, the API, the front door.
final class Platform {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path launcher;
    private final String domain;
    private final String token;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Platform(Map<String, String> environment) {
        this.launcher = Path.of(need(environment, "SLIPWAY_LAUNCHER"));
        this.token = need(environment, "SLIPWAY_BENCH_TOKEN");
        this.port = Integer.parseInt(need(environment, "SLIPWAY_HTTP_PORT"));
        this.domain = environment.getOrDefault("SLIPWAY_DOMAIN", "localhost");
    }

    /// A variable that `./slipway bench` sets.
    static String need(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " isn't set: start the bench with ./slipway bench NAME");
        }
        return value;
    }

    int port() {
        return port;
    }

    Visitor visitor(String app) {
        return new Visitor("127.0.0.1", port, host(app));
    }

    String gitUrl(String app) {
        return "http://localhost:" + port + "/git/" + app + ".git";
    }

    /// The token, in a file only we can read, as git's credential store wants it.
    Path credentials(Path scratch) {
        try {
            Path file = Files.createFile(
                    scratch.resolve("credentials"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, "http://bench:" + token + "@localhost:" + port + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void createApp(String name) {
        call("POST", "/api/v1/apps", "{\"name\":\"" + name + "\"}");
    }

    void listApps() {
        call("GET", "/api/v1/apps", "");
    }

    void deleteApp(String name) {
        call("DELETE", "/api/v1/apps/" + name, "");
    }

    /// Returns the number of the release that it makes.
    int rollBack(String app, int release) {
        return JSON.readTree(call("POST", "/api/v1/apps/" + app + "/releases/" + release + "/rollback", ""))
                .path("number")
                .asInt();
    }

    /// Sets a variable of the app's; where it runs, that makes a release.
    void set(String app, String variable, String value) {
        call("PATCH", "/api/v1/apps/" + app + "/config", "{\"" + variable + "\":\"" + value + "\"}");
    }

    /// Waits until the newest release is live; returns its number.
    int awaitLive(String app) {
        return awaitQuiet(app).path("lastRelease").path("number").asInt();
    }

    /// The ids of the app's instances that have a container, whatever they do.
    Set<String> instances(String app) {
        Set<String> running = new TreeSet<>();
        for (JsonNode instance : JSON.readTree(call("GET", "/api/v1/apps/" + app + "/instances", ""))
                .path("items")) {
            if (!List.of("STOPPED", "FAILED").contains(instance.path("state").asString(""))) {
                running.add(instance.path("id").asString());
            }
        }
        return running;
    }

    String host(String app) {
        return app + "." + domain + ":" + port;
    }

    /// Waits until nothing of the app is on its way any more.
    JsonNode awaitQuiet(String app) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            JsonNode view = JSON.readTree(call("GET", "/api/v1/apps/" + app, ""));
            boolean built = List.of("", "SUCCEEDED")
                    .contains(view.path("lastBuild").path("state").asString(""));
            boolean live = List.of("", "LIVE")
                    .contains(view.path("lastRelease").path("state").asString(""));
            if (built && live) {
                return view;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(app + " doesn't come to rest: " + view);
            }
            rest(Duration.ofMillis(50));
        }
    }

    void up() {
        Run.output(HERE, launcher.toString(), "up", "--no-build", "--no-install");
    }

    /// Returns when the program's next run is ready.
    void restart(String program) {
        Run.output(HERE, launcher.toString(), "restart", program);
    }

    void down() {
        Run.output(HERE, launcher.toString(), "down");
    }

    /// The programs' process ids.
    List<Long> pids() {
        return pidsBut();
    }

    /// Those of the programs that aren't named.
    List<Long> pidsBut(String... names) {
        List<Long> pids = new ArrayList<>();
        for (JsonNode program : programs()) {
            if (!List.of(names).contains(program.path("name").asString())) {
                pids.add(program.path("pid").asLong());
            }
        }
        return pids;
    }

    long pid(String name) {
        for (JsonNode program : programs()) {
            if (program.path("name").asString().equals(name)) {
                return program.path("pid").asLong();
            }
        }
        throw new IllegalStateException("there is no program " + name);
    }

    private JsonNode programs() {
        return JSON.readTree(Run.output(HERE, launcher.toString(), "status", "--json"))
                .path("programs");
    }

    static void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw Run.interrupted(e);
        }
    }

    private String call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = send(request);
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + " was answered with " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw Run.interrupted(e);
        }
    }

    /// Connections that a kill of the front door has cut are opened again for what may be asked twice.
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        for (int left = request.method().equals("GET") ? 5 : 0; true; left--) {
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
                rest(Duration.ofMillis(100));
            }
        }
    }
}
