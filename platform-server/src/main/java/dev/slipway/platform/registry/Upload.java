package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// An unfinished upload in the hands of its one writer. Close it to let the next one in.
final class Upload implements AutoCloseable {
    private static final int BUFFER = 128 * 1024;
    private static final long CHECK_ROOM_EVERY = 8 * 1024 * 1024;

    private final Uploads uploads;
    private final Path file;
    private final FileChannel channel;
    private final Uploads.Progress progress;
    private long size;

    Upload(Uploads uploads, Path file, FileChannel channel, Uploads.Progress progress) throws IOException {
        this.uploads = uploads;
        this.file = file;
        this.channel = channel;
        this.progress = progress;
        this.size = channel.size();
    }

    /// Bytes so far, which is the offset of the next chunk.
    long size() {
        return size;
    }

    /// Writes and hashes a request's body. When the client goes away, what came before stays; when the disk is
    /// full or broken, or the blob too large, the upload is deleted.
    ///
    /// @param announced the body's length, or less than 0
    void append(InputStream body, long announced) throws IOException {
        try {
            requireRoom(Math.max(0, announced));
            progress.digest().catchUp(channel, size);
            copy(body, new byte[announced < 0 ? BUFFER : (int) Math.clamp(announced, 1, BUFFER)]);
        } catch (IOException disk) {
            delete();
            throw uploads.space().explain(disk);
        } catch (RegistryException refused) {
            if (refused.status() == DiskSpace.CONTENT_TOO_LARGE) {
                delete();
            }
            throw refused;
        }
    }

    private void requireRoom(long more) {
        if (size + more > uploads.largestBlob()) {
            String sentence = "A blob may have at most " + uploads.largestBlob() + " bytes. Nothing was stored.";
            throw new RegistryException(ErrorCode.SIZE_INVALID, DiskSpace.CONTENT_TOO_LARGE, sentence, Map.of());
        }
        uploads.space().require(more);
    }

    private void copy(InputStream body, byte[] buffer) throws IOException {
        long checked = size;
        for (int length = read(body, buffer); length >= 0; length = read(body, buffer)) {
            if (size + length - checked > CHECK_ROOM_EVERY || size + length > uploads.largestBlob()) {
                requireRoom(length);
                checked = size;
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
            while (bytes.hasRemaining()) {
                size += channel.write(bytes, size);
            }
            progress.digest().update(buffer, length);
        }
    }

    private int read(InputStream body, byte[] buffer) throws IOException {
        try {
            return body.read(buffer);
        } catch (IOException clientIsGone) {
            String sentence = "The connection broke after " + size
                    + " bytes. Ask for the offset with GET, then go on from there.";
            throw new RegistryException(ErrorCode.BLOB_UPLOAD_INVALID, sentence);
        }
    }

    /// Makes the file a blob if it hashes to `expected`; otherwise it is deleted.
    ///
    /// @return the blob's size
    long publish(Digest expected, BlobFiles blobs) throws IOException {
        try {
            Digest actual = progress.digest().finish(expected.algorithm(), channel, size);
            if (!actual.equals(expected)) {
                delete();
                throw new RegistryException(
                        ErrorCode.DIGEST_INVALID,
                        "The " + size + " bytes that came hash to " + actual + ", not to " + expected
                                + ". They were thrown away; push the blob again.");
            }
            channel.force(false);
            blobs.publish(file, expected);
            uploads.forget(file);
            return size;
        } catch (IOException disk) {
            delete();
            throw uploads.space().explain(disk);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
        uploads.forget(file);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            progress.writer().release();
        }
    }
}
