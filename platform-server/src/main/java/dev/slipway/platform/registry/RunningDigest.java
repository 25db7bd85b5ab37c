package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The digest of a file that grows, made while it is written. When it has missed bytes (after a restart, or
/// because another algorithm is asked for in the end), it reads them from the file once.
final class RunningDigest {
    private static final int BUFFER = 128 * 1024;

    private String algorithm;
    private MessageDigest digest;
    private long hashed;

    /// @param algorithm `sha256` or `sha512`
    RunningDigest(String algorithm) {
        this.algorithm = algorithm;
        this.digest = messageDigest(algorithm);
    }

    static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(
                    switch (algorithm) {
                        case "sha256" -> "SHA-256";
                        case "sha512" -> "SHA-512";
                        default -> throw new IllegalArgumentException("no digest algorithm of ours: " + algorithm);
                    });
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /// The bytes just written to the end of the file.
    void update(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
        hashed += length;
    }

    /// Reads what it has missed of the file's `size` bytes.
    void catchUp(FileChannel file, long size) throws IOException {
        if (hashed > size) {
            restart(algorithm);
        }
        ByteBuffer buffer = hashed == size ? ByteBuffer.allocate(0) : ByteBuffer.allocate(BUFFER);
        while (hashed < size) {
            int read = file.read(buffer.clear(), hashed);
            if (read < 0) {
                throw new IOException("the upload's file got shorter while it was read");
            }
            update(buffer.array(), read);
        }
    }

    /// The digest of the file's `size` bytes. Ends this running digest's use.
    Digest finish(String wanted, FileChannel file, long size) throws IOException {
        if (!wanted.equals(algorithm)) {
            restart(wanted);
        }
        catchUp(file, size);
        return new Digest(algorithm + ":" + HexFormat.of().formatHex(digest.digest()));
    }

    private void restart(String wanted) {
        algorithm = wanted;
        digest = messageDigest(wanted);
        hashed = 0;
    }
}
