package dev.slipway.worker.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers in a file (`run/<worker>.build`) which process group a worker's build runs in, so that whoever
/// starts next can end the build of a worker that was killed. A process is known by its id and its start time;
/// its command line must name the run directory, too.
public final class LeftOver {
    private static final Logger log = LoggerFactory.getLogger(LeftOver.class);
    private static final String SUFFIX = ".build";

    private final Path file;

    public LeftOver(Path runDirectory, String workerId) {
        this.file = runDirectory.resolve(workerId + SUFFIX);
    }

    /// Remembers a running group and the worker that answers for it (this process).
    public void remember(long group) throws IOException {
        long self = ProcessHandle.current().pid();
        OptionalLong started = startTime(group);
        if (started.isPresent()) {
            Files.writeString(
                    file,
                    group + " " + started.getAsLong() + " " + self + " "
                            + startTime(self).orElse(0) + "\n");
        }
    }

    public void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    /// Ends the builds of all workers of this run directory that are no more. Returns how many.
    public static int endAll(Path runDirectory) throws IOException {
        int ended = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(runDirectory, "*" + SUFFIX)) {
            for (Path file : files) {
                ended += end(file, runDirectory) ? 1 : 0;
            }
        }
        return ended;
    }

    private static boolean end(Path file, Path runDirectory) throws IOException {
        Optional<long[]> numbers = read(file);
        if (numbers.isPresent() && isAlive(numbers.get()[2], numbers.get()[3])) {
            return false;
        }
        Files.deleteIfExists(file);
        if (numbers.isEmpty()
                || !isAlive(numbers.get()[0], numbers.get()[1])
                || !commandLine(numbers.get()[0]).contains(runDirectory.toString())) {
            return false;
        }
        log.info("ending the build that a killed worker left running in process group {}", numbers.get()[0]);
        return Signals.toGroup(numbers.get()[0], Signals.KILL);
    }

    private static Optional<long[]> read(Path file) throws IOException {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return words.length == 4
                    ? Optional.of(new long[] {
                        Long.parseLong(words[0]),
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3])
                    })
                    : Optional.empty();
        } catch (NumberFormatException | NoSuchFileException halfWrittenOrGone) {
            return Optional.empty();
        }
    }

    private static boolean isAlive(long pid, long startTime) {
        OptionalLong present = startTime(pid);
        return present.isPresent() && present.getAsLong() == startTime;
    }

    /// In clock ticks since the machine's start (proc(5), field 22 of `stat`): with the id it names one process
    /// for good.
    private static OptionalLong startTime(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return OptionalLong.of(
                    Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]));
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
