package dev.slipway.runtime.handover;

import dev.slipway.db.testing.FreePort;
import dev.slipway.runtime.RuntimeTier;
import dev.slipway.runtime.testing.TestPlatform;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One run of the runtime tier after another, each a process of its own; who starts them holds the door open, as
/// the launcher's supervisor does.
final class Runs implements AutoCloseable {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String DOOR = "20";

    private final int ownPort = FreePort.take();
    private final Process holder;
    private final BufferedReader said;
    private final List<ProcessHandle> started = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    Runs(TestPlatform platform) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(JAVA, "-cp", System.getProperty("java.class.path"), "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(OpenDoor.class.getName(), DOOR, "127.0.0.1", Integer.toString(platform.port)));
        // a line starts a run, which reads nothing
        command.addAll(List.of("/bin/bash", "-c", "while read -r _; do \"$@\" </dev/null >&2 & echo $!; done", "runs"));
        command.addAll(List.of(JAVA, "-XX:+UseSerialGC", "-Xmx96m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RuntimeTier.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "SLIPWAY_HOME", platform.home.toString(),
                        "SLIPWAY_DB_URL", platform.databaseSettings.url(),
                        "SLIPWAY_DB_USER", platform.databaseSettings.user(),
                        "SLIPWAY_DB_PASSWORD", platform.databaseSettings.password(),
                        "SLIPWAY_INSTALLATION", platform.installation,
                        "SLIPWAY_HTTP_BIND", "127.0.0.1",
                        "SLIPWAY_HTTP_PORT", Integer.toString(platform.port),
                        "SLIPWAY_PLATFORM_PORT", Integer.toString(FreePort.take()),
                        "SLIPWAY_RUNTIME_PORT", Integer.toString(ownPort),
                        "SLIPWAY_DOOR", DOOR));
        // what a release leaves behind here is only what still has visitors
        builder.environment().put("SLIPWAY_STANDBY_MINUTES", "0");
        holder = builder.start();
        said = holder.inputReader();
    }

    /// Another run; it takes over from the one before if that lives.
    ProcessHandle start() throws IOException {
        holder.outputWriter().write("start\n");
        holder.outputWriter().flush();
        ProcessHandle run = ProcessHandle.of(Long.parseLong(String.valueOf(said.readLine())))
                .orElseThrow();
        started.add(run);
        return run;
    }

    /// Whether this run reconciles and knows all it needs to.
    boolean reconciles(ProcessHandle run) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ownPort + "/health"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .equals("ready " + run.pid() + "\n");
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        started.forEach(ProcessHandle::destroyForcibly);
        holder.destroyForcibly();
    }
}
