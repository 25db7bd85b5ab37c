package dev.slipway.runtime.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A command in a running container, by Docker's exec API.
final class DockerExec {
    private DockerExec() {}

    /// Attached, because the end of its output is the only event that tells its end.
    static CommandEnd run(DockerApi api, String containerId, List<String> command, Duration limit) {
        return DockerApi.call("run a command in a container", () -> {
            Request create = Request.post("/containers/" + containerId + "/exec")
                    .with(Map.of("Cmd", command, "AttachStdout", true, "AttachStderr", true));
            String id = DockerAnswer.id(api.send(create));
            Tail output = new Tail();
            Request start = Request.post("/exec/" + id + "/start")
                    .with(Map.of("Detach", false, "Tty", false))
                    .within(limit);
            try (DockerApi.Exchange exchange = api.stream(start)) {
                DockerLogs.copy(exchange.body(), output);
            } catch (SocketTimeoutException e) {
                kill(api, containerId, id);
                return new CommandEnd.TimedOut();
            }
            JsonNode ended = api.send(Request.get("/exec/" + id + "/json"));
            return new CommandEnd.Exited(ended.path("ExitCode").asInt(-1), output.toString());
        });
    }

    /// The API has no request for it, so the kernel is asked, if the process is one of this machine.
    private static void kill(DockerApi api, String containerId, String id) throws IOException {
        JsonNode running = api.send(Request.get("/exec/" + id + "/json"));
        long pid = running.path("Pid").asLong(0);
        Path groups = Path.of("/proc", Long.toString(pid), "cgroup");
        if (running.path("Running").asBoolean(false)
                && pid > 0
                && Files.exists(groups)
                && Files.readString(groups).contains(containerId)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /// Keeps the end of what is written to it.
    private static final class Tail extends OutputStream {
        private static final int MOST = 2048;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] more, int offset, int length) {
            if (bytes.size() + length > 2 * MOST) {
                byte[] all = bytes.toByteArray();
                int kept = Math.min(all.length, MOST);
                bytes.reset();
                bytes.write(all, all.length - kept, kept);
            }
            int kept = Math.min(length, MOST);
            bytes.write(more, offset + length - kept, kept);
        }

        @Override
        public String toString() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
