package dev.slipway.db.testing;

import dev.slipway.db.Database;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.Migrations;
import dev.slipway.db.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/// A real PostgreSQL for tests: one server for each test JVM, a database of its own for each caller, migrated.
public final class TestDatabase {
    private static TestDatabase server;

    private final int port;
    private final String password;

    private TestDatabase(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /// Settings of a fresh, migrated database.
    public static DatabaseSettings fresh() {
        DatabaseSettings settings = empty();
        try (Database database = Database.open(settings, "migrations", 0, 2)) {
            Migrations.migrate(database);
        }
        return settings;
    }

    /// Settings of a fresh database without tables.
    public static DatabaseSettings empty() {
        TestDatabase running = running();
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = DriverManager.getConnection(
                        EmbeddedPostgres.url(running.port), EmbeddedPostgres.USER, running.password);
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:" + running.port + "/" + name, EmbeddedPostgres.USER, running.password);
    }

    private static synchronized TestDatabase running() {
        if (server == null) {
            try {
                server = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return server;
    }

    private static TestDatabase start() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("slipway-test-db");
        EmbeddedPostgres postgres = new EmbeddedPostgres(home);
        postgres.prepare();
        int port = FreePort.take();
        List<String> command = new ArrayList<>(postgres.command());
        // Without fsync a killed process still loses nothing, only a power cut would: dozens of databases are
        // made and synced much faster.
        command.addAll(List.of("-p", String.valueOf(port), "-c", "fsync=off"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, home)));
        TestDatabase started = new TestDatabase(port, postgres.password());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(started::answers);
        return started;
    }

    private boolean answers() {
        try {
            DriverManager.getConnection(EmbeddedPostgres.url(port), EmbeddedPostgres.USER, password)
                    .close();
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static void stop(Process process, Path home) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor();
            try (var files = Files.walk(home)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (InterruptedException | IOException e) {
            process.destroyForcibly();
        }
    }
}
