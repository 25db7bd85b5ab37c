package dev.slipway.runtime.handover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The right to reconcile: of one installation at most one process has it. A lock on a file, so it ends with its
/// holder, however that ends; the file names the holder.
final class Ownership {
    private final FileChannel file;
    private @Nullable FileLock lock;

    private Ownership(FileChannel file) {
        this.file = file;
    }

    /// @param directory is made if it isn't there
    static Ownership in(Path directory) {
        try {
            Files.createDirectories(directory);
            return new Ownership(FileChannel.open(
                    directory.resolve("runtime.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new IllegalStateException("can't open the lock in " + directory + ": " + e.getMessage(), e);
        }
    }

    /// False when somebody else has it.
    synchronized boolean tryTake() {
        try {
            lock = file.tryLock();
            return taken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until nobody else has it.
    synchronized void take() {
        try {
            lock = file.lock();
            taken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean taken() throws IOException {
        if (lock == null) {
            return false;
        }
        file.truncate(0);
        file.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        return true;
    }

    /// Who has it, as far as the file tells.
    Optional<ProcessHandle> holder() {
        try {
            ByteBuffer content = ByteBuffer.allocate(20);
            file.read(content, 0);
            String pid = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
            return pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void release() {
        try {
            if (lock != null) {
                lock.release();
                lock = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
