package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program of this machine, taken along with the libraries that it needs.
final class HostProgram {
    private static final List<Path> BINARIES = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));

    private HostProgram() {}

    /// Copies it to `/usr/bin` under `root`, and its libraries to where it looks for them.
    static void copy(String name, Path root) {
        Path program = BINARIES.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the bench's apps need " + name));
        place(program, root.resolve("usr/bin").resolve(name));
        for (String word : Run.output(root, "ldd", program.toString()).split("\\s+")) {
            if (word.startsWith("/")) { // "libc.so.6 => /lib/…/libc.so.6 (0x…)", or the loader's path alone
                place(Path.of(word), root.resolve(word.substring(1)));
            }
        }
    }

    private static void place(Path file, Path copy) {
        try {
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy); // of what a link leads to; its permissions come along
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
