package dev.slipway.runtime.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.db.images.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tiny images for tests: an empty one with Debian's static busybox. Made by Docker once for each Dockerfile,
/// removed at the end.
public final class TestImages {
    public static final String LABEL = "dev.slipway.test";
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final Map<String, Digest> BUILT = new ConcurrentHashMap<>();
    private static final DockerClient DOCKER = connect();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> BUILT.values().forEach(TestImages::remove)));
    }

    private TestImages() {}

    public static DockerClient docker() {
        return DOCKER;
    }

    private static DockerClient connect() {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost("unix:///var/run/docker.sock")
                .build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    /// A web server that answers `/` with `answer` on `port`.
    public static Digest web(String answer, int port) {
        return image("RUN mkdir /www && echo " + answer + " > /www/index.html\nEXPOSE " + port
                + "\nCMD [\"busybox\", \"httpd\", \"-f\", \"-p\", \"" + port + "\", \"-h\", \"/www\"]\n");
    }

    /// The same, over connections that are kept alive.
    public static Digest keepAliveWeb(String answer, int port) {
        String serve = "while read -r line; do while [ ${#line} -gt 1 ]; do read -r line || exit 0; done;"
                + " printf 'HTTP/1.1 200 OK\\r\\nContent-Length: " + answer.length() + "\\r\\n\\r\\n" + answer
                + "'; done";
        return image("RUN echo \"" + serve.replace("\\", "\\\\").replace("$", "\\$") + "\" > /serve\nEXPOSE " + port
                + "\nCMD [\"busybox\", \"nc\", \"-ll\", \"-p\", \"" + port + "\", \"-e\", \"sh\", \"/serve\"]\n");
    }

    /// Runs `script` in a shell.
    public static Digest script(String script) {
        return image("CMD [\"sh\", \"-c\", \"" + script + "\"]\n");
    }

    /// An image by the Dockerfile's instructions after FROM and busybox.
    public static Digest image(String instructions) {
        return BUILT.computeIfAbsent(instructions, TestImages::build);
    }

    private static Digest build(String instructions) {
        try {
            Path context = Files.createTempDirectory("slipway-test-image");
            Files.copy(BUSYBOX, context.resolve("busybox"));
            Files.writeString(
                    context.resolve("Dockerfile"),
                    "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                            + instructions);
            String id = DOCKER.buildImageCmd(context.toFile())
                    .withNetworkMode("none")
                    .withForcerm(true)
                    .withLabels(Map.of(LABEL, "runtime"))
                    .withTags(Set.of())
                    .start()
                    .awaitImageId();
            Files.delete(context.resolve("busybox"));
            Files.delete(context.resolve("Dockerfile"));
            Files.delete(context);
            return new Digest(DOCKER.inspectImageCmd(id).exec().getId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Digest image) {
        try {
            DOCKER.removeImageCmd(image.value()).withForce(true).exec();
        } catch (com.github.dockerjava.api.exception.NotFoundException gone) {
            return;
        } catch (RuntimeException stillUsed) {
            System.err.println("image " + image + " stays: " + stillUsed.getMessage());
        }
    }
}
