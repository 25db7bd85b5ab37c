package dev.slipway.runtime.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads containers' usage from the kernel's control groups (both versions, both of Docker's drivers), where
/// Docker is on this machine: some 0.1 ms a container, and nothing for the engine to do.
final class ControlGroups {
    private static final Pattern CPU_V2 = Pattern.compile("(?m)^usage_usec (\\d+)$");
    private static final long LARGEST_LIMIT = 1L << 50;
    /// The largest, `memory.stat`, has 2 KB at most.
    private static final int LARGEST_FILE = 4 << 10;
    private static final Pattern INACTIVE = Pattern.compile("(?m)^(?:total_)?inactive_file (\\d+)$");

    private final Path root;

    /// @param root `/sys/fs/cgroup`
    ControlGroups(Path root) {
        this.root = root;
    }

    /// Empty when the container has no group here, or it can't be read.
    Optional<Usage> of(String containerId) {
        for (String group : List.of("docker/" + containerId, "system.slice/docker-" + containerId + ".scope")) {
            Optional<Usage> usage = read(group);
            if (usage.isPresent()) {
                return usage;
            }
        }
        return Optional.empty();
    }

    private Optional<Usage> read(String group) {
        Path unified = root.resolve(group);
        Path memory = root.resolve("memory").resolve(group);
        try {
            if (Files.isDirectory(memory)) {
                return Optional.of(new Usage(
                        number(root.resolve("cpuacct").resolve(group).resolve("cpuacct.usage")),
                        number(memory.resolve("memory.usage_in_bytes")) - find(memory.resolve("memory.stat"), INACTIVE),
                        limit(memory.resolve("memory.limit_in_bytes"))));
            }
            if (Files.isReadable(unified.resolve("memory.current"))) {
                return Optional.of(new Usage(
                        find(unified.resolve("cpu.stat"), CPU_V2) * 1_000,
                        number(unified.resolve("memory.current")) - find(unified.resolve("memory.stat"), INACTIVE),
                        limit(unified.resolve("memory.max"))));
            }
        } catch (IOException | NumberFormatException ended) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(text(file).strip());
    }

    /// Version 1 says a huge number when there is none, version 2 "max".
    private static long limit(Path file) throws IOException {
        String text = text(file).strip();
        long bytes = text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text);
        return bytes > LARGEST_LIMIT ? 0 : bytes;
    }

    private static long find(Path file, Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(text(file));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /// These files say that they have 0 bytes, for which the library's ways take a large buffer each.
    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST_FILE), StandardCharsets.US_ASCII);
        }
    }
}
