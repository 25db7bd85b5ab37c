package dev.slipway.runtime.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/// Copies a container's output, both streams in the order in which Docker recorded them.
final class DockerLogs extends ResultCallback.Adapter<Frame> {
    private static final int TIMEOUT_SECONDS = 60;

    private final OutputStream out;

    private DockerLogs(OutputStream out) {
        this.out = out;
    }

    static void copy(DockerClient docker, String containerId, int lines, OutputStream out) throws IOException {
        try (DockerLogs copy = new DockerLogs(out)) {
            DockerCall.call("read a container's output", () -> {
                docker.logContainerCmd(containerId)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTail(lines)
                        .exec(copy);
                try {
                    return copy.awaitCompletion(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                } catch (NotFoundException removed) {
                    return true;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void onNext(Frame frame) {
        try {
            out.write(frame.getPayload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
