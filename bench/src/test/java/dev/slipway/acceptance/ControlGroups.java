package dev.slipway.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the kernel counts of a process's limits (cgroups(7), versions 1 and 2).
final class ControlGroups {
    private final List<String> groups;

    private ControlGroups(List<String> groups) {
        this.groups = groups;
    }

    static ControlGroups of(long pid) {
        try {
            return new ControlGroups(Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int processes() {
        return number(file("pids", "pids.current"), "");
    }

    /// How often another process was refused.
    int refused() {
        return number(file("pids", "pids.events"), "max ");
    }

    /// In how many periods it had used up its CPU time.
    int throttled() {
        return number(file("cpu", "cpu.stat"), "nr_throttled ");
    }

    private Path file(String controller, String name) {
        for (String line : groups) {
            String[] parts = line.split(":", 3);
            if (List.of(parts[1].split(",")).contains(controller)) {
                return Path.of("/sys/fs/cgroup", controller, parts[2], name);
            }
        }
        String unified = groups.getLast().substring("0::".length());
        return Path.of("/sys/fs/cgroup", unified, name);
    }

    private static int number(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring(name.length()).strip()))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
