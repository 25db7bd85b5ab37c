package dev.slipway.worker.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the commands of a build may use, each step by itself.
///
/// @param memoryBytes a step that wants more is killed
/// @param cpus how many at once
/// @param processes how many at once, threads counted
public record StepLimits(long memoryBytes, double cpus, int processes) {
    private static final int PROCESSES = 8_192;
    private static final double CPU_SHARE = 0.9;
    private static final int CPU_PERIOD_MICROS = 100_000;
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /// `SLIPWAY_BUILD_MEMORY_MB`, by default three quarters of the machine's memory, and `SLIPWAY_BUILD_CPUS`, by
    /// default nine tenths of its CPUs: what runs beside a build goes on.
    ///
    /// @throws IllegalStateException when one isn't a number
    public static StepLimits from(Map<String, String> environment) {
        String megabytes = number(environment, "SLIPWAY_BUILD_MEMORY_MB", "[1-9]\\d{1,6}");
        String cpus = number(environment, "SLIPWAY_BUILD_CPUS", "\\d{1,3}(\\.\\d{1,2})?");
        return new StepLimits(
                megabytes.isEmpty() ? machineMemory() / 4 * 3 : Long.parseLong(megabytes) << 20,
                cpus.isEmpty() ? Runtime.getRuntime().availableProcessors() * CPU_SHARE : Double.parseDouble(cpus),
                PROCESSES);
    }

    private static String number(Map<String, String> environment, String name, String form) {
        String value = environment.getOrDefault(name, "").strip();
        if (!value.isEmpty() && (!value.matches(form) || Double.parseDouble(value) == 0)) {
            throw new IllegalStateException(name + " isn't a number that can be used: " + value);
        }
        return value;
    }

    private static long machineMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("/proc/meminfo can't be read", e);
        }
    }

    /// A control file of the kernel and what to write to it.
    record Setting(Path file, String value) {}

    /// The control files of a process' groups: cgroups(7), version 1 and 2.
    ///
    /// @param membership `/proc/<pid>/cgroup`
    List<Setting> settings(String membership) {
        List<Setting> settings = new ArrayList<>();
        for (String line : membership.split("\n")) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && fields[2].startsWith("/") && !fields[2].contains("..")) {
                for (String controller : fields[1].split(",")) {
                    settings.addAll(settings(controller, fields[2].substring(1)));
                }
            }
        }
        return settings;
    }

    private List<Setting> settings(String controller, String group) {
        String quota = String.valueOf(Math.round(cpus * CPU_PERIOD_MICROS));
        Path directory = CGROUPS.resolve(controller).resolve(group);
        return switch (controller) {
            case "" ->
                List.of(
                        new Setting(directory.resolve("memory.max"), String.valueOf(memoryBytes)),
                        new Setting(directory.resolve("cpu.max"), quota + " " + CPU_PERIOD_MICROS),
                        new Setting(directory.resolve("pids.max"), String.valueOf(processes)));
            case "memory" ->
                List.of(new Setting(directory.resolve("memory.limit_in_bytes"), String.valueOf(memoryBytes)));
            case "cpu" -> List.of(new Setting(directory.resolve("cpu.cfs_quota_us"), quota));
            case "pids" -> List.of(new Setting(directory.resolve("pids.max"), String.valueOf(processes)));
            default -> List.of();
        };
    }
}
