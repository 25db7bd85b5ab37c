package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Resident memory of processes and all their descendants, in bytes. RSS counts a shared page in each process,
/// PSS only once in all.
record Memory(long rss, long pss) {
    private static final int KILO = 1024;

    static Memory of(List<Long> pids) {
        List<ProcessHandle> processes = pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .toList();
        long rss = 0;
        long pss = 0;
        for (ProcessHandle process : processes) {
            rss += kilobytes(process.pid(), "Rss:");
            pss += kilobytes(process.pid(), "Pss:");
        }
        return new Memory(rss * KILO, pss * KILO);
    }

    private static long kilobytes(long pid, String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException itEnded) {
            return 0;
        }
    }
}
