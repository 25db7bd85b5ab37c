package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.BlobStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Blobs: HEAD, GET and DELETE `/v2/<name>/blobs/<digest>` (distribution spec, "Pulling blobs", "Deleting
/// Blobs").
final class BlobHandler {
    private static final String IMMUTABLE = "max-age=31536000, immutable";
    /// Below it a copy is cheaper than handing the socket to the connector's poller.
    private static final long SENDFILE_FROM = 48 * 1024;

    private final BlobStore blobs;
    private final BlobFiles files;

    BlobHandler(BlobStore blobs, BlobFiles files) {
        this.blobs = blobs;
        this.files = files;
    }

    /// One query; the disk isn't touched. A damaged blob isn't there, so that the client sends it again.
    void head(Route.Blob blob, HttpServletRequest request, HttpServletResponse response) {
        BlobStore.Held held = held(blob);
        if (held.damaged()) {
            throw unknown(blob);
        }
        describe(blob.digest(), response);
        if (!EntityTag.isKnownToClient(blob.digest(), request, response)) {
            response.setContentLengthLong(held.size());
        }
    }

    void get(Route.Blob blob, HttpServletRequest request, HttpServletResponse response) throws IOException {
        long size = held(blob).size();
        Path file = files.path(blob.digest());
        requireWhole(blob.digest(), size);
        ByteRange range = range(blob.digest(), request, size).orElse(null);
        describe(blob.digest(), response);
        if (EntityTag.isKnownToClient(blob.digest(), request, response)) {
            return;
        }
        if (range != null) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.start() + "-" + (range.end() - 1) + "/" + size);
        }
        send(file, range == null ? new ByteRange(0, size) : range, request, response);
    }

    void delete(Route.Blob blob, HttpServletResponse response) {
        switch (blobs.remove(blob.repository(), blob.digest())) {
            case REMOVED -> response.setStatus(HttpServletResponse.SC_ACCEPTED);
            case UNKNOWN -> throw unknown(blob);
            case IN_USE ->
                throw new RegistryException(
                        ErrorCode.DENIED,
                        HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                        "A manifest in \"" + blob.repository()
                                + "\" refers to this blob, so it stays. Delete the manifest first.",
                        Map.of("Allow", "GET, HEAD"));
        }
    }

    private BlobStore.Held held(Route.Blob blob) {
        return blobs.find(blob.repository(), blob.digest()).orElseThrow(() -> unknown(blob));
    }

    private static RegistryException unknown(Route.Blob blob) {
        return new RegistryException(
                ErrorCode.BLOB_UNKNOWN, "\"" + blob.repository() + "\" has no blob " + blob.digest() + ".");
    }

    /// Says so rather than send a broken body, should someone have changed the files behind our back.
    private void requireWhole(Digest digest, long size) throws IOException {
        long actual = files.size(digest);
        if (actual != size) {
            blobs.damaged(digest);
            throw new RegistryException(
                    ErrorCode.UNKNOWN,
                    "The file of blob " + digest + (actual < 0 ? " is missing from" : " is damaged on")
                            + " the registry's disk. Push the image again to mend it.");
        }
    }

    private static void describe(Digest digest, HttpServletResponse response) {
        response.setContentType("application/octet-stream");
        response.setHeader("Docker-Content-Digest", digest.value());
        response.setHeader("ETag", EntityTag.of(digest));
        response.setHeader("Cache-Control", IMMUTABLE);
        response.setHeader("Accept-Ranges", "bytes");
    }

    private static Optional<ByteRange> range(Digest digest, HttpServletRequest request, long size) {
        @Nullable String range = request.getHeader("Range");
        @Nullable String condition = request.getHeader("If-Range");
        boolean applies = range != null && (condition == null || condition.equals(EntityTag.of(digest)));
        return applies ? ByteRange.requested(range, size) : Optional.empty();
    }

    private static void send(Path file, ByteRange range, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentLengthLong(range.length());
        if (range.length() >= SENDFILE_FROM
                && Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))) {
            request.setAttribute("org.apache.tomcat.sendfile.filename", file.toString());
            request.setAttribute("org.apache.tomcat.sendfile.start", range.start());
            request.setAttribute("org.apache.tomcat.sendfile.end", range.end());
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                WritableByteChannel out = Channels.newChannel(response.getOutputStream())) {
            for (long position = range.start(); position < range.end(); ) {
                position += channel.transferTo(position, range.end() - position, out);
            }
        }
    }
}
