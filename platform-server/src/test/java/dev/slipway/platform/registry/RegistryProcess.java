package dev.slipway.platform.registry;

import dev.slipway.db.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// The registry in a process of its own, so that it can be killed.
final class RegistryProcess implements AutoCloseable {
    private static final String READY = "registry listens on ";

    private final Process process;
    private final int port;

    private RegistryProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// The process's main: home, JDBC URL, user; the password comes on standard input. It ends with its parent.
    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        DatabaseSettings database = new DatabaseSettings(arguments[1], arguments[2], String.valueOf(input.readLine()));
        RegistryServer server = RegistryServer.start(Path.of(arguments[0]), database, Map.of());
        System.out.println(READY + server.port());
        input.readLine();
        Runtime.getRuntime().halt(0);
    }

    static RegistryProcess start(Path home, DatabaseSettings database) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryProcess.class.getName(),
                        home.toString(),
                        database.url(),
                        database.user())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().write((database.password() + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return new RegistryProcess(process, Integer.parseInt(line.substring(READY.length())));
            }
        }
        throw new IllegalStateException("the registry's process ended before it listened");
    }

    int port() {
        return port;
    }

    /// As `kill -9`.
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
