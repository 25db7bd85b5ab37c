package dev.slipway.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Docker Engine pushes to the registry and pulls from it.
class DockerPushTest {
    @TempDir
    static Path home;

    private static RegistryServer server;
    private static Docker docker;

    @BeforeAll
    static void start() {
        server = RegistryServer.start(home);
        server.app("shop");
        server.app("blog");
        docker = new Docker();
    }

    @AfterAll
    static void stop() throws Exception {
        docker.close();
        server.close();
    }

    @Test
    void anImageIsPushedPulledAndRunAndItsLayersAreReused(@TempDir Path context) throws Exception {
        byte[] payload = new byte[3_000_000];
        new Random().nextBytes(payload);
        String shop = name("shop:v1");
        String blog = name("blog:v1");
        docker.build(context, payload, shop, blog);
        String digest = digestOf(docker.require("push", shop));
        assertThat(docker.require("push", shop))
                .contains("Layer already exists")
                .doesNotContain("Pushed");
        assertThat(docker.require("push", blog)).contains("Mounted from shop").doesNotContain("Pushed");
        String id = docker.require("image", "inspect", "-f", "{{.Id}}", shop).strip();

        docker.forget(shop, blog);
        docker.require("pull", shop);
        assertThat(docker.require("image", "inspect", "-f", "{{.Id}}", shop).strip())
                .isEqualTo(id);
        assertThat(docker.require("run", "--rm", shop))
                .contains(Client.sha256(payload).substring("sha256:".length()));

        docker.forget(shop);
        docker.require("pull", name("shop@" + digest));
        assertThat(docker.require("image", "inspect", "-f", "{{.Id}}", name("shop@" + digest))
                        .strip())
                .isEqualTo(id);
    }

    @Test
    void aPushToNoAppFailsAtOnceWithWhatToDo(@TempDir Path context) throws Exception {
        docker.build(context, new byte[] {1}, name("stranger:v1"));
        Docker.Outcome push = docker.run("push", name("stranger:v1"));
        assertThat(push.exit()).isNotZero();
        assertThat(push.output()).contains("There is no app \"stranger\"", "Create the app first");
    }

    private static String digestOf(String output) {
        return output.lines()
                .filter(line -> line.contains("digest: "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*digest: (\\S+) .*", "$1");
    }

    private static String name(String image) {
        return "127.0.0.1:" + server.port() + "/" + image;
    }
}
