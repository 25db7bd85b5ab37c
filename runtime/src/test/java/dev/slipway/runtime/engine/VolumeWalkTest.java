package dev.slipway.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeWalkTest {
    private static void write(Path file, int bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }

    @Test
    void filesAreAddedUpOnceAndLinksArentFollowed(@TempDir Path volume, @TempDir Path elsewhere) throws IOException {
        write(volume.resolve("a"), 100);
        write(volume.resolve("deep/er/b"), 20);
        write(elsewhere.resolve("huge"), 5000);
        Files.createLink(volume.resolve("again"), volume.resolve("a"));
        Files.createSymbolicLink(volume.resolve("link"), elsewhere.resolve("huge"));
        Files.createSymbolicLink(volume.resolve("links"), elsewhere);
        assertThat(VolumeWalk.of(volume)).contains(new VolumeUsage(120, true));
    }

    @Test
    void whatIsTooMuchIsSaidToBeMore(@TempDir Path volume) throws IOException {
        for (int i = 0; i < 10; i++) {
            write(volume.resolve("file" + i), 1);
        }
        assertThat(VolumeWalk.of(volume, 5).orElseThrow().whole()).isFalse();
        assertThat(VolumeWalk.of(volume, 100)).contains(new VolumeUsage(10, true));
    }

    @Test
    void whatIsTooDeepIsSaidToBeMore(@TempDir Path volume) throws IOException {
        write(volume.resolve("d/".repeat(120) + "file"), 1);
        write(volume.resolve("file"), 2);
        assertThat(VolumeWalk.of(volume)).contains(new VolumeUsage(2, false));
    }

    @Test
    void aDirectoryThatIsntHereHasNoSize(@TempDir Path volume) {
        assertThat(VolumeWalk.of(volume.resolve("missing"))).isEmpty();
    }
}
