package dev.slipway.db.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data",
                "/var/lib/postgresql/data",
                "/srv/app-1.2/up_loads",
                "/etc/shop",
                "/home/a@b",
                "/devices"
            })
    void aDirectoryOfTheApp(String path) {
        assertThat(new MountPath(path).value()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "data", "/data/", "//data", "/a//b", "/a/./b", "/a/..", "/..", "/a b", "/a:b", "/a,ro",
                "/a\\b", "/é", "/a\n", "/$HOME", "/*"
            })
    void notAPathInItsOnlySpelling(String path) {
        assertThatThrownBy(() -> new MountPath(path)).hasMessageContaining("can't be where a volume is mounted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc",
                "/proc/self/fd",
                "/sys/fs/cgroup",
                "/dev/shm",
                "/etc",
                "/etc/resolv.conf",
                "/bin",
                "/usr/lib",
                "/run"
            })
    void whatBelongsToTheSystem(String path) {
        assertThatThrownBy(() -> new MountPath(path)).hasMessageContaining("belongs to the system");
    }

    @Test
    void aPathThatIsTooLong() {
        assertThatThrownBy(() -> new MountPath("/" + "a".repeat(200))).hasMessageContaining("up to 200 characters");
    }

    @Test
    void oneWritesAndAnyNumberRead() {
        MountPath path = new MountPath("/data");
        assertThat(new Mounting(path, "web", List.of("b", "a", "b")).words())
                .isEqualTo("/data, written by web, read by a, b");
        assertThat(new Mounting(path, null, List.of("web")).types()).containsExactly("web");
        assertThatThrownBy(() -> new Mounting(path, null, List.of())).hasMessageContaining("needs a process type");
        assertThatThrownBy(() -> new Mounting(path, "web", List.of("web"))).hasMessageContaining("name it once");
    }
}
