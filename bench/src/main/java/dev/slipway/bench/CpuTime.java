package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// What processes have used of the processor: user and system time, with their children's (proc_pid_stat(5)).
final class CpuTime {
    /// USER_HZ, which is 100 on every Linux that Java runs on.
    private static final long TICKS_PER_SECOND = 100;
    /// Fields after the command's name, from 0: utime, stime, cutime, cstime.
    private static final int FIRST = 11;

    private static final int LAST = 14;

    private CpuTime() {}

    /// Of a process and those that it started and still run.
    static Duration of(ProcessHandle process) {
        long ticks = Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(CpuTime::ticks)
                .sum();
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    private static long ticks(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long sum = 0;
            for (int i = FIRST; i <= LAST; i++) {
                sum += Long.parseLong(fields[i]);
            }
            return sum;
        } catch (IOException itEnded) {
            return 0;
        }
    }
}
