package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The middle app's base image: Debian, as it is in the engine already or made by debootstrap.
final class BaseImage {
    private static final String MADE = "slipway-bench/debian:bookworm";
    private static final List<String> IMAGES = List.of(MADE, "debian:bookworm-slim", "debian:bookworm", "debian:12");

    private BaseImage() {}

    static String ensure(Engine engine, Path scratch) {
        Optional<String> present = IMAGES.stream().filter(engine::hasImage).findFirst();
        if (present.isPresent()) {
            return present.get();
        }
        if (!Files.isExecutable(Path.of("/usr/sbin/debootstrap"))) {
            throw new IllegalStateException("the middle app needs an image of " + IMAGES
                    + ", or debootstrap, which makes one: apt-get install debootstrap");
        }
        Path root = scratch.resolve("debian");
        System.out.println("Making a base image with debootstrap (once) …");
        Run.output(scratch, "debootstrap", "--variant=minbase", "bookworm", root.toString());
        deleteDownloads(root.resolve("var/cache/apt/archives"));
        engine.importImage(root, MADE);
        return MADE;
    }

    private static void deleteDownloads(Path archives) {
        try (var files = Files.newDirectoryStream(archives, "*.deb")) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
