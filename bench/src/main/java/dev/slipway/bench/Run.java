package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs programs by argument lists.
final class Run {
    private Run() {}

    /// Returns the standard output; fails with all of the output when the program does.
    static String output(Path directory, Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.PIPE);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            StringBuilder errors = new StringBuilder();
            Thread reader = Thread.startVirtualThread(() -> errors.append(read(process.getErrorStream())));
            String output = read(process.getInputStream());
            reader.join();
            return finished(process, List.of(command), output, errors.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static String output(Path directory, String... command) {
        return output(directory, Map.of(), command);
    }

    /// Like `first | second` in a shell; returns what the second says.
    static String pipe(ProcessBuilder first, ProcessBuilder second) {
        try {
            List<Process> processes = ProcessBuilder.startPipeline(List.of(first, second));
            Process last = processes.getLast();
            String output = read(last.getInputStream());
            finished(processes.getFirst(), first.command(), "", "");
            return finished(last, second.command(), output, read(last.getErrorStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the bench was interrupted", e);
    }

    private static String finished(Process process, List<String> command, String output, String errors)
            throws InterruptedException {
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + exit + ":\n" + output + errors);
        }
        return output;
    }

    private static String read(java.io.InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
