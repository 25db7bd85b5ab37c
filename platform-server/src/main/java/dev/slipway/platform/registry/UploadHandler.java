package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.BlobStore;
import dev.slipway.db.registry.Descriptor;
import dev.slipway.db.registry.RepositoryName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pushing blobs: `/v2/<name>/blobs/uploads/` (distribution spec, "Pushing blobs"). The order of steps leaves
/// no bad state wherever it is cut off: bytes into `uploads/`, synced, digest verified, moved into `blobs/`,
/// directory synced, row committed, and only then 201.
final class UploadHandler {
    private final Uploads uploads;
    private final BlobStore blobs;
    private final BlobFiles files;
    private final Repositories repositories;
    private final DiskSpace space;

    UploadHandler(Uploads uploads, BlobStore blobs, BlobFiles files, Repositories repositories) {
        this.uploads = uploads;
        this.blobs = blobs;
        this.files = files;
        this.repositories = repositories;
        this.space = uploads.space();
    }

    /// POST: mounts another repository's blob, takes a whole blob (`?digest=`), or begins an upload.
    void post(RepositoryName repository, HttpServletRequest request, HttpServletResponse response) throws IOException {
        repositories.require(repository);
        Query query = Query.parse(request.getQueryString());
        Optional<Digest> mount = query.get("mount").map(Route::digest);
        if (mount.isPresent() && mount(repository, query.get("from"), mount.get())) {
            created(repository, mount.get(), response);
            return;
        }
        space.require(0);
        Optional<Digest> whole = query.get("digest").map(Route::digest);
        if (whole.isPresent() && request.getContentLengthLong() != 0) {
            postWhole(repository, whole.get(), request);
            created(repository, whole.get(), response);
            return;
        }
        UploadId id = UploadId.random();
        begin(repository, id, algorithm(query)).close();
        accepted(repository, id, 0, response);
    }

    /// A mount that can't be done is no error: the client is asked for the bytes instead.
    private boolean mount(RepositoryName repository, Optional<String> from, Digest digest) {
        if (from.isEmpty()) {
            return blobs.find(repository, digest)
                    .filter(held -> !held.damaged())
                    .isPresent();
        }
        RepositoryName source;
        try {
            source = new RepositoryName(from.get());
        } catch (IllegalArgumentException noSuchRepository) {
            return false;
        }
        return blobs.mount(source, repository, digest);
    }

    private void postWhole(RepositoryName repository, Digest digest, HttpServletRequest request) throws IOException {
        try (Upload upload = begin(repository, UploadId.random(), digest.algorithm())) {
            try {
                upload.append(request.getInputStream(), request.getContentLengthLong());
                publish(repository, digest, upload);
            } catch (RegistryException nobodyWillContinueIt) {
                upload.delete();
                throw nobodyWillContinueIt;
            }
        }
    }

    private Upload begin(RepositoryName repository, UploadId id, String algorithm) {
        try {
            return uploads.begin(repository, id, algorithm);
        } catch (IOException disk) {
            throw space.explain(disk);
        }
    }

    private static String algorithm(Query query) {
        String algorithm = query.get("digest-algorithm").orElse("sha256");
        if (!algorithm.equals("sha256") && !algorithm.equals("sha512")) {
            throw new RegistryException(
                    ErrorCode.DIGEST_INVALID, "The registry knows the digest algorithms sha256 and sha512.");
        }
        return algorithm;
    }

    /// GET: how far the upload is.
    void get(Route.OpenUpload route, HttpServletResponse response) throws IOException {
        long size = uploads.size(route.repository(), route.id());
        progress(route.repository(), route.id(), size, response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /// PATCH: the next chunk, or the whole blob as a stream.
    void patch(Route.OpenUpload route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (Upload upload = uploads.open(route.repository(), route.id())) {
            append(route, upload, request);
            accepted(route.repository(), route.id(), upload.size(), response);
        }
    }

    /// PUT: the last chunk, if any; then the blob is checked and becomes visible.
    void put(Route.OpenUpload route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Digest digest = Query.parse(request.getQueryString())
                .get("digest")
                .map(Route::digest)
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.DIGEST_INVALID, "An upload ends with PUT …?digest=<digest of the whole blob>."));
        try (Upload upload = uploads.open(route.repository(), route.id())) {
            if (request.getContentLengthLong() != 0) {
                append(route, upload, request);
            }
            publish(route.repository(), digest, upload);
        }
        created(route.repository(), digest, response);
    }

    void delete(Route.OpenUpload route, HttpServletResponse response) throws IOException {
        try (Upload upload = uploads.open(route.repository(), route.id())) {
            upload.delete();
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static void append(Route.OpenUpload route, Upload upload, HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        @Nullable String header = request.getHeader("Content-Range");
        if (header != null) {
            ByteRange chunk = ByteRange.chunk(header);
            if (chunk.start() != upload.size()) {
                throw new RegistryException(
                        ErrorCode.BLOB_UPLOAD_INVALID,
                        416,
                        "The next chunk must begin at byte " + upload.size() + ", not at " + chunk.start() + ".",
                        Map.of("Location", location(route.repository(), route.id()), "Range", range(upload.size())));
            }
            if (length >= 0 && length != chunk.length()) {
                throw new RegistryException(
                        ErrorCode.SIZE_INVALID,
                        "Content-Range announces " + chunk.length() + " bytes, Content-Length " + length + ".");
            }
        }
        upload.append(request.getInputStream(), length);
    }

    private void publish(RepositoryName repository, Digest digest, Upload upload) throws IOException {
        blobs.add(repository, new Descriptor(digest, upload.publish(digest, files)));
        // Garbage collection forgets a blob before it throws its file away, and looks once more for a row afterwards.
        // So either it sees this row, or the file is in the trash by now.
        if (!files.restore(digest)) {
            throw new IOException("the file of blob " + digest + " vanished while it was pushed");
        }
    }

    private static void accepted(RepositoryName repository, UploadId id, long size, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setContentLength(0);
        progress(repository, id, size, response);
    }

    private static void progress(RepositoryName repository, UploadId id, long size, HttpServletResponse response) {
        response.setHeader("Location", location(repository, id));
        response.setHeader("Docker-Upload-UUID", id.value());
        response.setHeader("Range", range(size));
    }

    private static void created(RepositoryName repository, Digest digest, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setContentLength(0);
        response.setHeader("Location", "/v2/" + repository + "/blobs/" + digest);
        response.setHeader("Docker-Content-Digest", digest.value());
    }

    /// Relative, so it is right behind any proxy.
    private static String location(RepositoryName repository, UploadId id) {
        return "/v2/" + repository + "/blobs/uploads/" + id;
    }

    /// Both ends inclusive. There is no way to write an empty range; `0-0` is what clients expect then.
    private static String range(long size) {
        return "0-" + Math.max(0, size - 1);
    }
}
