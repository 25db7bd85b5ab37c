package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole platform of its own — home, ports, programs — started with `./slipway up` and spoken to as its users
/// do.
public final class TestPlatform implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final Path REPOSITORY = repository();

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final int port;
    private String token = "";

    private TestPlatform(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /// Starts a fresh platform. The whole of it is gone after [#close].
    public static TestPlatform start() {
        return start(Map.of());
    }

    /// The same with more variables in the launcher's environment.
    static TestPlatform start(Map<String, String> variables) {
        try {
            int[] ports = IntStream.generate(FreePort::take).limit(4).toArray();
            TestPlatform platform = new TestPlatform(Files.createTempDirectory("slw"), ports[0]);
            platform.environment.putAll(Map.of(
                    "SLIPWAY_HOME", platform.home.toString(),
                    "SLIPWAY_HTTP_PORT", String.valueOf(ports[0]),
                    "SLIPWAY_HTTP_BIND", "127.0.0.1",
                    "SLIPWAY_PLATFORM_PORT", String.valueOf(ports[1]),
                    "SLIPWAY_DB_PORT", String.valueOf(ports[2]),
                    "SLIPWAY_RUNTIME_PORT", String.valueOf(ports[3]),
                    "SLIPWAY_BUILD_CACHE_GB", "0", // it is the machine's
                    "SLIPWAY_ALLOW_PRIVATE_REPOSITORIES", "127.0.0.1"));
            platform.environment.putAll(variables);
            platform.slipway("up", "--no-build");
            platform.token = platform.slipway("token", "acceptance").strip();
            return platform;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return home;
    }

    public int port() {
        return port;
    }

    public String token() {
        return token;
    }

    String dashboard() {
        return "http://localhost:" + port;
    }

    String host(String app) {
        return app + ".localhost:" + port;
    }

    /// Runs `./slipway` with these arguments; fails the test when it fails. Returns its standard output.
    String slipway(String... arguments) {
        Command.Result result = trySlipway(arguments);
        assertThat(result.exit())
                .as("./slipway %s%n%s", String.join(" ", arguments), result.output())
                .isZero();
        return result.standardOutput();
    }

    /// The same, but it may fail.
    Command.Result trySlipway(String... arguments) {
        List<String> command =
                new java.util.ArrayList<>(List.of(REPOSITORY.resolve("slipway").toString()));
        command.addAll(List.of(arguments));
        return Command.run(REPOSITORY, environment, command, Duration.ofMinutes(5));
    }

    /// The pid of a program as `status --json` tells it: postgres, platform-server, runtime, w1, w2.
    long pid(String program) {
        for (JsonNode entry : JSON.readTree(slipway("status", "--json")).path("programs")) {
            if (entry.path("name").asString().equals(program)) {
                return entry.path("pid").asLong();
            }
        }
        throw new AssertionError("no program " + program);
    }

    /// kill -9.
    void kill(String program) {
        assertThat(ProcessHandle.of(pid(program)).orElseThrow().destroyForcibly())
                .isTrue();
    }

    /// Halts a program, or lets it go on.
    void signal(String signal, String program) {
        List<String> command = List.of("kill", "-" + signal, Long.toString(pid(program)));
        assertThat(Command.run(home(), Map.of(), command, Duration.ofSeconds(10))
                        .exit())
                .isZero();
    }

    /// `./slipway up` again: repairs whatever is down and returns when all is ready.
    void repair() {
        slipway("up", "--no-build");
    }

    /// The same with other settings, which stay.
    void repair(Map<String, String> settings) {
        environment.putAll(settings);
        repair();
    }

    HttpResponse<String> call(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String path) {
        HttpResponse<String> answer = call("GET", path, "");
        assertThat(answer.statusCode()).as("GET %s: %s", path, answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    JsonNode post(String path, String body) {
        HttpResponse<String> answer = call("POST", path, body);
        assertThat(answer.statusCode()).as("POST %s: %s", path, answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    void createApp(String name) {
        post("/api/v1/apps", "{\"name\": \"" + name + "\"}");
    }

    /// What a GET answers, whatever its status; of a stream, what comes in the time given.
    String glance(String path, Duration longest) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .build();
        StringBuilder answer = new StringBuilder();
        var call = http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenAccept(response -> {
                    try (InputStream body = response.body()) {
                        for (int octet = body.read(); octet >= 0; octet = body.read()) {
                            synchronized (answer) {
                                answer.append((char) octet);
                            }
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        try {
            call.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException aStream) {
            call.cancel(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("GET " + path, e);
        }
        synchronized (answer) {
            return answer.toString();
        }
    }

    /// Every row of every table, as JSON; `bytea` in hexadecimal digits.
    String databaseDump() throws SQLException, IOException {
        String url = "jdbc:postgresql://127.0.0.1:" + environment.get("SLIPWAY_DB_PORT") + "/postgres";
        String password = Files.readString(home.resolve("postgres/password")).strip();
        StringBuilder dump = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(url, "slipway", password);
                Statement tables = connection.createStatement();
                Statement rows = connection.createStatement();
                ResultSet table = tables.executeQuery(
                        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")) {
            while (table.next()) {
                String name = table.getString(1);
                try (ResultSet row = rows.executeQuery("SELECT to_jsonb(t)::text FROM " + name + " t")) {
                    while (row.next()) {
                        dump.append(name).append(' ').append(row.getString(1)).append('\n');
                    }
                }
            }
        }
        return dump.toString();
    }

    String adminPassword() {
        try {
            return Files.readString(home.resolve("admin-password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the labels of this platform's containers and images say.
    String installation() {
        try {
            return Files.readString(home.resolve("installation")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the app answers now, with its status: `200 version 1`.
    String visit(String app) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .timeout(Duration.ofSeconds(15))
                    .header("Host", host(app))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        } catch (IOException e) {
            return "no answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void awaitVisit(String app, String answer) {
        Awaitility.await("an answer of " + app)
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(visit(app)).isEqualTo(answer));
    }

    /// Waits until what the API answers at `path` fulfils the condition. Answers that fail meanwhile (a program
    /// is down) are waited out.
    JsonNode await(String what, String path, Predicate<JsonNode> condition) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> get(path), condition);
    }

    JsonNode awaitBuild(String app, int number, String state) {
        return await(
                "build " + number + " of " + app + " " + state,
                "/api/v1/apps/" + app + "/builds/" + number,
                build -> build.path("state").asString().equals(state));
    }

    JsonNode awaitRelease(String app, int number, String state) {
        return await(
                "release " + number + " of " + app + " " + state,
                "/api/v1/apps/" + app + "/releases/" + number,
                release -> release.path("state").asString().equals(state));
    }

    String gitUrl(String app) {
        return "http://ada:" + token + "@localhost:" + port + "/git/" + app + ".git";
    }

    /// Stops everything, the apps too, and deletes the home.
    @Override
    public void close() {
        trySlipway("down", "--apps");
        Scratch.delete(home);
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("slipway")) ? here : here.resolve("..").normalize();
    }
}
