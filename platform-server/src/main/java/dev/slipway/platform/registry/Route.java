package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.Reference;
import dev.slipway.db.registry.RepositoryName;
import java.util.List;
import java.util.Map;

/// What a path under `/v2/` names (distribution spec, "Endpoints"). Made only of parts that have been
/// validated, so that a file's name built from them can't lead out of its directory.
sealed interface Route {

    record Base() implements Route {}

    record Catalog() implements Route {}

    record Tags(RepositoryName repository) implements Route {}

    record Blob(RepositoryName repository, Digest digest) implements Route {}

    record NewUpload(RepositoryName repository) implements Route {}

    record OpenUpload(RepositoryName repository, UploadId id) implements Route {}

    record Manifest(RepositoryName repository, Reference reference) implements Route {}

    record Referrers(RepositoryName repository, Digest subject) implements Route {}

    /// @param path the decoded path behind `/v2`
    /// @throws RegistryException when it names nothing
    static Route parse(String path) {
        return switch (path) {
            case "", "/" -> new Base();
            case "/_catalog" -> new Catalog();
            default -> resource(List.of(path.substring(1).split("/", -1)));
        };
    }

    /// Read from the end, for a repository's name may contain any of the words.
    private static Route resource(List<String> path) {
        int end = path.size();
        if (end < 3) {
            throw nothing();
        }
        String last = path.get(end - 1);
        String kind = path.get(end - 2);
        if (kind.equals("tags") && last.equals("list")) {
            return new Tags(repository(path.subList(0, end - 2)));
        }
        if (kind.equals("blobs") && last.equals("uploads")) {
            return new NewUpload(repository(path.subList(0, end - 2)));
        }
        if (kind.equals("uploads") && path.get(end - 3).equals("blobs")) {
            RepositoryName repository = repository(path.subList(0, end - 3));
            return last.isEmpty() ? new NewUpload(repository) : new OpenUpload(repository, uploadId(last));
        }
        return switch (kind) {
            case "blobs" -> new Blob(repository(path.subList(0, end - 2)), digest(last));
            case "manifests" -> new Manifest(repository(path.subList(0, end - 2)), reference(last));
            case "referrers" -> new Referrers(repository(path.subList(0, end - 2)), digest(last));
            default -> throw nothing();
        };
    }

    private static RegistryException nothing() {
        return new RegistryException(
                ErrorCode.UNSUPPORTED, 404, "There is nothing at this path of the registry.", Map.of());
    }

    private static RepositoryName repository(List<String> path) {
        return repository(String.join("/", path));
    }

    static RepositoryName repository(String name) {
        try {
            return new RepositoryName(name);
        } catch (IllegalArgumentException invalid) {
            throw new RegistryException(
                    ErrorCode.NAME_INVALID,
                    "A repository's name consists of lower-case letters, digits and separators (. _ - /) between them; this is "
                            + invalid.getMessage() + ".");
        }
    }

    static Digest digest(String text) {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException invalid) {
            throw new RegistryException(
                    ErrorCode.DIGEST_INVALID,
                    "Content is named by its sha256 or sha512 digest in lower-case hex; this is " + invalid.getMessage()
                            + ".");
        }
    }

    private static Reference reference(String text) {
        return text.indexOf(':') >= 0 ? new Reference.ByDigest(digest(text)) : tag(text);
    }

    static Reference.Tag tag(String text) {
        try {
            return new Reference.Tag(text);
        } catch (IllegalArgumentException invalid) {
            throw new RegistryException(
                    ErrorCode.MANIFEST_INVALID,
                    "A tag consists of at most 128 letters, digits, dots, dashes and underscores; this is "
                            + invalid.getMessage() + ".");
        }
    }

    private static UploadId uploadId(String text) {
        try {
            return new UploadId(text);
        } catch (IllegalArgumentException invalid) {
            throw new RegistryException(ErrorCode.BLOB_UPLOAD_UNKNOWN, "There is no such upload.");
        }
    }
}
