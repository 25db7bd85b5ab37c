package dev.slipway.runtime.handover;

import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.db.door.DoorStore;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.testing.Load;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The door stays open, whatever becomes of the runtime tier.
@Timeout(180)
class HandoverTest {
    private static final ProcessSpec PATIENT = new ProcessSpec(null, null, 64, 500, 64, 20, 60);

    private TestPlatform platform;
    private Runs runs;
    private ProcessHandle run;
    private App app;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        platform.kill();
        runs = new Runs(platform);
        run = runs.start();
        app = platform.app("shop", PATIENT);
        await().until(() -> runs.reconciles(run));
    }

    @AfterEach
    void stop() {
        runs.close();
        platform.closeKilled();
    }

    @Test
    void plannedRestartsUnderLoadFailNoRequest() throws Exception {
        platform.awaitState(platform.release(app, TestImages.keepAliveWeb("one", 8000), 8000), ReleaseState.LIVE);
        Load load = new Load("shop.localhost", platform.port, 8, true);
        try (load) {
            for (int i = 0; i < 5; i++) {
                int before = load.requests();
                ProcessHandle next = runs.start();
                await().until(() -> runs.reconciles(next));
                await().until(() -> !run.isAlive());
                await().until(() -> load.requests() > before + 100);
                run = next;
            }
        }
        assertThat(load.failures()).isEmpty();
        assertThat(platform.containersOf(app)).hasSize(1);
        System.out.println(load.requests() + " requests, none failed");
    }

    @Test
    void aRequestInFlightIsAnsweredThoughItsInstanceIsReplacedTwoRunsLater() throws Exception {
        platform.awaitState(platform.release(app, waiting(), 8000), ReleaseState.LIVE);
        writeDownRequests();
        String instance = "http://" + platform.servingInstanceOf(app).address() + ":8000/cgi-bin/go";
        try (Socket visitor = new Socket("127.0.0.1", platform.port)) {
            visitor.getOutputStream()
                    .write("GET /cgi-bin/wait HTTP/1.0\r\nHost: shop.localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(visitor.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.lines().filter("begun"::equals).findFirst()).isPresent();
            for (int i = 0; i < 2; i++) {
                ProcessHandle next = runs.start();
                await().until(() -> runs.reconciles(next));
            }
            platform.awaitState(platform.release(app, TestImages.web("new", 8000), 8000), ReleaseState.LIVE);
            assertThat(platform.get("shop", "/").body()).isEqualTo("new\n");
            assertThat(platform.containersOf(app))
                    .as("the old one has a visitor of the first run")
                    .hasSize(2);
            URI.create(instance).toURL().openStream().close();
            assertThat(answer.readLine()).isEqualTo("end");
            await().until(() -> platform.containersOf(app).size() == 1);
            await().until(() -> !run.isAlive());
            // by the third run, which heard it from the second
            await().until(() -> requestsWritten().contains("GET shop.localhost/cgi-bin/wait 200"));
        }
    }

    private void writeDownRequests() {
        new DoorStore(platform.database)
                .save(
                        app.id(),
                        new DoorSettings(
                                DoorSettings.Maintenance.OFF, List.of(), new DoorSettings.Limits(null, null), true),
                        "somebody");
        await().until(() -> {
            platform.get("shop", "/");
            return requestsWritten().contains("GET shop.localhost");
        });
    }

    private String requestsWritten() throws IOException {
        try (Stream<Path> files = Files.walk(platform.home.resolve("runtime/access/" + app.id()))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return all.toString();
        } catch (NoSuchFileException noneYet) {
            return "";
        }
    }

    /// Its answer begins at once and ends when somebody asks it to go on.
    private static dev.slipway.db.images.Digest waiting() {
        return TestImages.image("RUN mkdir -p /www/cgi-bin && cd /www/cgi-bin"
                + " && printf '#!/bin/sh\\necho; echo begun; while [ ! -e /go ]; do sleep 0.1; done; echo end' > wait"
                + " && printf '#!/bin/sh\\n: > /go; echo; echo ok' > go && chmod +x wait go\n"
                + "CMD [\"busybox\", \"httpd\", \"-f\", \"-p\", \"8000\", \"-h\", \"/www\"]\n");
    }

    @Test
    void afterAKillConnectionsWaitForTheNextRun() throws Exception {
        platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        run.destroyForcibly();
        run.onExit().get();
        try (Socket visitor = new Socket("127.0.0.1", platform.port)) {
            visitor.getOutputStream()
                    .write("GET / HTTP/1.0\r\nHost: shop.localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            runs.start();
            assertThat(new String(visitor.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.0 200 ")
                    .endsWith("one\n");
        }
    }

    @Test
    void aRunThatHangsIsKilledByTheNext() throws Exception {
        new ProcessBuilder("kill", "-STOP", Long.toString(run.pid())).start().waitFor();
        ProcessHandle next = runs.start();
        await().until(() -> runs.reconciles(next));
        assertThat(run.isAlive()).isFalse();
    }
}
