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
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Commands in running containers, by Docker's exec API.
final class DockerExec {
    private final DockerApi api;
    /// By container: the command that took too long and couldn't be killed.
    private final Map<String, String> stuck = new ConcurrentHashMap<>();

    DockerExec(DockerApi api) {
        this.api = api;
    }

    /// Attached, because the end of its output is the only event that tells its end. While one that took too long
    /// still runs, the container gets no other: they would pile up.
    CommandEnd run(String containerId, List<String> command, Duration limit) {
        return DockerApi.call("run a command in a container", () -> {
            if (isStuck(containerId)) {
                return new CommandEnd.TimedOut();
            }
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
                kill(containerId, id);
                stuck.put(containerId, id);
                return new CommandEnd.TimedOut();
            }
            JsonNode ended = api.send(Request.get("/exec/" + id + "/json"));
            return new CommandEnd.Exited(ended.path("ExitCode").asInt(-1), output.toString());
        });
    }

    private boolean isStuck(String containerId) throws IOException {
        String id = stuck.get(containerId);
        if (id == null) {
            return false;
        }
        boolean runs = api.sendUnless(Request.get("/exec/" + id + "/json"), Refusal.NOT_FOUND)
                .filter(exec -> exec.path("Running").asBoolean(false))
                .isPresent();
        if (!runs) {
            stuck.remove(containerId);
        }
        return runs;
    }

    /// The container is gone.
    void forget(String containerId) {
        stuck.remove(containerId);
    }

    /// The API has no request for it, so the kernel is asked, if the process is one of this machine and ours to end.
    private void kill(String containerId, String id) throws IOException {
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
