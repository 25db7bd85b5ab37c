package dev.slipway.runtime.engine;

import static dev.slipway.runtime.engine.DockerApi.call;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A terminal by Docker's attach (ContainerAttach in its documentation): with a terminal both directions are bytes
/// without frames.
final class DockerTerminal implements Terminal {
    private static final Logger log = LoggerFactory.getLogger(DockerTerminal.class);

    private final DockerApi api;
    private final String containerId;
    private final DockerApi.Exchange attached;

    private DockerTerminal(DockerApi api, String containerId, DockerApi.Exchange attached) {
        this.api = api;
        this.containerId = containerId;
        this.attached = attached;
    }

    /// What makes a container one with a terminal. Its command is run as it is, whatever the image's entry point, and
    /// Docker writes none of its output to a file.
    @SuppressWarnings("unchecked")
    static Map<String, ?> container(Map<String, ?> usual) {
        Map<String, Object> container = new HashMap<>(usual);
        Map<String, Object> host = new HashMap<>((Map<String, Object>) container.get("HostConfig"));
        host.put("LogConfig", Map.of("Type", "none"));
        container.put("HostConfig", host);
        container.put("Entrypoint", container.getOrDefault("Cmd", List.of("sh")));
        container.put("Cmd", List.of());
        container.put("Tty", true);
        container.put("OpenStdin", true);
        container.put("StdinOnce", true);
        container.put("AttachStdin", true);
        container.put("AttachStdout", true);
        container.put("AttachStderr", true);
        return container;
    }

    /// Attaches before the start, so that nothing is lost.
    static DockerTerminal start(DockerApi api, String containerId, Size size) {
        String query = Request.query(Map.of("stream", true, "stdin", true, "stdout", true, "stderr", true));
        DockerApi.Exchange attached = call(
                "attach to a container",
                () -> api.stream(Request.post("/containers/" + containerId + "/attach" + query)));
        DockerTerminal terminal = new DockerTerminal(api, containerId, attached);
        try {
            attached.connection().forgetDeadline();
            call("start a container", () -> api.send(Request.post("/containers/" + containerId + "/start")));
            terminal.resize(size);
            return terminal;
        } catch (RuntimeException e) {
            terminal.close();
            throw e;
        }
    }

    @Override
    public String containerId() {
        return containerId;
    }

    @Override
    public InputStream output() {
        return attached.body();
    }

    @Override
    public void type(byte[] keys) throws IOException {
        attached.connection().send(keys);
    }

    /// One that has just ended has no size.
    @Override
    public void resize(Size size) {
        String query = Request.query(Map.of("w", size.columns(), "h", size.rows()));
        Request request = Request.post("/containers/" + containerId + "/resize" + query);
        try {
            call("resize a terminal", () -> api.send(request));
        } catch (EngineException.Refused ended) {
            log.debug("a terminal isn't resized", ended);
        }
    }

    @Override
    public void close() {
        attached.close();
    }
}
