package dev.slipway.platform.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The real git program in one working directory, without the settings of whoever runs the tests.
record GitClient(Path directory) {

    record Result(int exit, String output) {}

    static GitClient init(Path directory) {
        GitClient git = new GitClient(directory);
        git.succeed("init", "-q", "-b", "main");
        return git;
    }

    String commit(String file, String content) {
        try {
            Files.writeString(directory.resolve(file), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        succeed("add", "-A");
        succeed("commit", "-q", "-m", "Change " + file);
        return succeed("rev-parse", "HEAD").strip();
    }

    /// A tree like `tree` but with an entry renamed to what git itself would refuse.
    String evilTree(String tree, String name, String evilName) {
        try {
            Process read = start("cat-file", "tree", tree);
            String raw = new String(read.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
            Process write = start("hash-object", "-t", "tree", "-w", "--stdin", "--literally");
            write.getOutputStream()
                    .write(raw.replace(" " + name + "\0", " " + evilName + "\0")
                            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            write.getOutputStream().close();
            return new String(write.getInputStream().readAllBytes()).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String succeed(String... arguments) {
        Result result = run(arguments);
        if (result.exit() != 0) {
            throw new AssertionError(String.join(" ", arguments) + ": exit " + result.exit() + "\n" + result.output());
        }
        return result.output();
    }

    Result run(String... arguments) {
        try {
            Process process = start(arguments);
            String output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("git hangs");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Output and errors come in one stream.
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "HOME",
                        directory.toString(),
                        "GIT_CONFIG_NOSYSTEM",
                        "1",
                        "GIT_TERMINAL_PROMPT",
                        "0",
                        "GIT_AUTHOR_NAME",
                        "Ada",
                        "GIT_AUTHOR_EMAIL",
                        "ada@example.org",
                        "GIT_COMMITTER_NAME",
                        "Ada",
                        "GIT_COMMITTER_EMAIL",
                        "ada@example.org"));
        return builder.start();
    }
}
