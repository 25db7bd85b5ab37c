package dev.slipway.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A program started as the leader of a session and process group of its own, so that it and all it starts can
/// be stopped together.
///
/// `setsid` (util-linux, busybox) becomes the program without a fork, because it isn't a group's leader when we
/// start it; so the process' id is also its group's.
public final class ChildProcess {
    /// How long a group has to end by itself after SIGTERM.
    public static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration REMINDER = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
    private static final String SETSID = "/usr/bin/setsid";

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /// Starts a program with exactly this environment; its standard error goes where its standard output goes.
    public static ChildProcess start(List<String> arguments, Map<String, String> environment, Path directory)
            throws IOException {
        List<String> command = new ArrayList<>(arguments.size() + 1);
        command.add(SETSID);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start());
    }

    public long pid() {
        return process.pid();
    }

    /// Its standard input.
    public OutputStream input() {
        return process.getOutputStream();
    }

    /// Its standard output and error.
    public InputStream output() {
        return process.getInputStream();
    }

    /// Waits for its end and returns its exit status (128 + n after signal n).
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /// Ends the whole group: SIGTERM, and SIGKILL for what is left after [#GRACE]. Returns at once; callable
    /// more than once.
    public void stop() {
        if (process.isAlive()) {
            Signals.toGroup(pid(), Signals.TERM);
            Thread.ofVirtual().name("stop-" + pid()).start(this::insist);
        }
    }

    /// The docker CLI now and then waits for an engine that is slow to cancel; the third signal makes it end.
    private void insist() {
        try {
            for (Duration waited = REMINDER; waited.compareTo(GRACE) <= 0; waited = waited.plus(REMINDER)) {
                if (process.waitFor(REMINDER.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                Signals.toGroup(pid(), Signals.TERM);
            }
            log.warn("process group {} ignored SIGTERM; killing it", pid());
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Kills the whole group at once.
    public void kill() {
        if (process.isAlive()) {
            Signals.toGroup(pid(), Signals.KILL);
        }
    }
}
