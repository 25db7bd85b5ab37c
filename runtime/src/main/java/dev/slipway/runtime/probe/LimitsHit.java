package dev.slipway.runtime.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How often a container met its limits so far, as its control groups count it (version 1 and 2 of cgroups(7)). They
/// are gone with the container, so this is looked at while it runs.
///
/// @param memory processes that the kernel killed for want of memory
/// @param processes processes and threads that weren't allowed to be
public record LimitsHit(int memory, int processes) {
    public static final LimitsHit NONE = new LimitsHit(0, 0);
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /// [#NONE] when the process is gone, isn't on this machine or its groups can't be seen.
    public static LimitsHit of(long pid) {
        try {
            return read(Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup")), ROOT);
        } catch (IOException gone) {
            return NONE;
        }
    }

    /// @param groups the lines of a process's `cgroup`: `4:memory:/docker/…`, or `0::/…` for version 2
    static LimitsHit read(List<String> groups, Path root) throws IOException {
        Map<String, Path> directories = new HashMap<>();
        for (String line : groups) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3) {
                for (String controller : parts[1].split(",")) {
                    directories.put(controller, Path.of(root.toString(), controller, parts[2]));
                }
            }
        }
        Path unified = directories.getOrDefault("", root);
        Path memory = directories.get("memory");
        return new LimitsHit(
                count(
                        memory == null ? unified.resolve("memory.events") : memory.resolve("memory.oom_control"),
                        "oom_kill "),
                count(directories.getOrDefault("pids", unified).resolve("pids.events"), "max "));
    }

    private static int count(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .mapToInt(line -> Integer.parseInt(line.substring(name.length()).strip()))
                .sum();
    }

    public boolean any() {
        return memory > 0 || processes > 0;
    }
}
