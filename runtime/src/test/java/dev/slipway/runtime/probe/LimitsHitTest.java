package dev.slipway.runtime.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsHitTest {
    @TempDir
    private Path root;

    @Test
    void versionOneCountsInADirectoryOfEachController() throws IOException {
        write("memory/docker/abc/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        write("pids/docker/abc/pids.events", "max 12\n");
        assertThat(LimitsHit.read(
                        List.of("8:pids:/docker/abc", "4:memory:/docker/abc", "1:cpu,cpuacct:/x", "0::/"), root))
                .isEqualTo(new LimitsHit(3, 12));
    }

    @Test
    void versionTwoCountsInOneDirectory() throws IOException {
        String group = "system.slice/docker-abc.scope/";
        write(group + "memory.events", "low 0\nhigh 0\nmax 7\noom 2\noom_kill 1\noom_group_kill 0\n");
        write(group + "pids.events", "max 4\n");
        assertThat(LimitsHit.read(List.of("0::/" + group), root)).isEqualTo(new LimitsHit(1, 4));
    }

    @Test
    void whatCannotBeSeenIsNothing() throws IOException {
        assertThat(LimitsHit.read(List.of("4:memory:/docker/gone", "nonsense"), root))
                .isEqualTo(LimitsHit.NONE);
        assertThat(LimitsHit.of(Long.MAX_VALUE)).isEqualTo(LimitsHit.NONE);
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
