package dev.slipway.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.worker.process.StepLimits.Setting;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepLimitsTest {
    private static final StepLimits LIMITS = new StepLimits(64 << 20, 1.5, 100);

    @Test
    void eachControllerOfVersion1HasItsFile() {
        assertThat(LIMITS.settings("""
                8:pids:/docker/buildkit/x
                5:cpuset:/docker/buildkit/x
                4:memory:/docker/buildkit/x
                3:cpu,cpuacct:/docker/buildkit/x
                1:name=systemd:/docker/buildkit/x
                """))
                .containsExactly(
                        setting("pids/docker/buildkit/x/pids.max", "100"),
                        setting("memory/docker/buildkit/x/memory.limit_in_bytes", "67108864"),
                        setting("cpu/docker/buildkit/x/cpu.cfs_quota_us", "150000"));
    }

    @Test
    void version2HasOneDirectory() {
        assertThat(LIMITS.settings("0::/system.slice/docker/buildkit/x\n"))
                .containsExactly(
                        setting("system.slice/docker/buildkit/x/memory.max", "67108864"),
                        setting("system.slice/docker/buildkit/x/cpu.max", "150000 100000"),
                        setting("system.slice/docker/buildkit/x/pids.max", "100"));
    }

    @Test
    void stepsAreKnownByTheirGroupWithBothDriversOfTheEngine() {
        assertThat(StepLimiter.isStep("4:memory:/docker/buildkit/x\n")).isTrue();
        assertThat(StepLimiter.isStep("0::/system.slice:docker:x\n")).isTrue();
        assertThat(StepLimiter.isStep("0::/docker/x\n")).isFalse();
        assertThat(LIMITS.settings("0::/system.slice:docker:x\n"))
                .contains(setting("system.slice:docker:x/memory.max", "67108864"));
    }

    @Test
    void whatIsOutsideOfTheTreeOrUnreadableIsLeftAlone() {
        assertThat(LIMITS.settings("4:memory:/../x\nnonsense\n0::/a/../../b\n")).isEmpty();
    }

    @Test
    void withoutSettingsMostOfTheMachineMayBeUsed() {
        StepLimits limits = StepLimits.from(Map.of());
        assertThat(limits.memoryBytes()).isPositive();
        assertThat(limits.cpus()).isBetween(0.1, (double) Runtime.getRuntime().availableProcessors());
        assertThat(StepLimits.from(Map.of("SLIPWAY_BUILD_MEMORY_MB", "512", "SLIPWAY_BUILD_CPUS", "0.5")))
                .isEqualTo(new StepLimits(512 << 20, 0.5, limits.processes()));
    }

    private static Setting setting(String file, String value) {
        return new Setting(Path.of("/sys/fs/cgroup").resolve(file), value);
    }
}
