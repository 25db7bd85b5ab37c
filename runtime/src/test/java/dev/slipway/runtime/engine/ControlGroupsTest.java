package dev.slipway.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupsTest {
    @TempDir
    private Path root;

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    @Test
    void versionOneIsRead() throws IOException {
        write("cpuacct/docker/abc/cpuacct.usage", "123456789\n");
        write("memory/docker/abc/memory.usage_in_bytes", "5000000\n");
        write("memory/docker/abc/memory.limit_in_bytes", "67108864\n");
        write("memory/docker/abc/memory.stat", "cache 7\ninactive_file 1\ntotal_inactive_file 1000000\n");
        // the first of the two is the group's own, without its children
        assertThat(new ControlGroups(root).of("abc")).contains(new Usage(123_456_789, 4_999_999, 67_108_864));
    }

    @Test
    void versionTwoIsReadAsSystemdNamesIt() throws IOException {
        String group = "system.slice/docker-abc.scope/";
        write(group + "cpu.stat", "usage_usec 2000\nuser_usec 1500\n");
        write(group + "memory.current", "4096000\n");
        write(group + "memory.max", "max\n");
        write(group + "memory.stat", "anon 1\ninactive_file 96000\n");
        assertThat(new ControlGroups(root).of("abc")).contains(new Usage(2_000_000, 4_000_000, 0));
    }

    @Test
    void whatIsntThereOrHalfGoneIsEmpty() throws IOException {
        assertThat(new ControlGroups(root).of("abc")).isEmpty();
        write("memory/docker/abc/memory.usage_in_bytes", "5000000\n");
        assertThat(new ControlGroups(root).of("abc")).isEmpty();
    }
}
