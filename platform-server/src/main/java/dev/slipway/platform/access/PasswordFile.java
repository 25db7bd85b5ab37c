package dev.slipway.platform.access;

import dev.slipway.platform.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/// `SLIPWAY_HOME/admin-password` (mode 0600): the generated password until the administrator chooses another.
@Component
class PasswordFile {
    /// Without the ones that are easily taken for each other (0 O, 1 l I).
    static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    static final int LENGTH = 24;

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    PasswordFile(Home home) {
        this.file = home.directory().resolve("admin-password");
    }

    Path path() {
        return file;
    }

    /// The password in the file, or a new one that is safely there before this returns. Two programs that come
    /// at once get the same.
    String readOrCreate() {
        try {
            if (!Files.exists(file)) {
                create(random());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read or make " + file, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + file, e);
        }
    }

    private void create(String password) throws IOException {
        Files.createDirectories(file.getParent());
        // a name nobody else has, and readable by its owner only
        Path draft = Files.createTempFile(file.getParent(), "admin-password.", ".new", OWNER_ONLY);
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((password + "\n").getBytes(StandardCharsets.US_ASCII)));
            out.force(true);
        }
        try {
            Files.createLink(file, draft);
            syncDirectory();
        } catch (FileAlreadyExistsException someoneWasFirst) {
            // theirs is as good as ours
        } finally {
            Files.delete(draft);
        }
    }

    private void syncDirectory() throws IOException {
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static String random() {
        StringBuilder password = new StringBuilder();
        new SecureRandom().ints(LENGTH, 0, ALPHABET.length()).forEach(i -> password.append(ALPHABET.charAt(i)));
        return password.toString();
    }
}
