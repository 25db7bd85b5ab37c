package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.Descriptor;
import dev.slipway.db.registry.Manifest;
import dev.slipway.db.registry.ManifestHead;
import dev.slipway.db.registry.ManifestStore;
import dev.slipway.db.registry.NewManifest;
import dev.slipway.db.registry.Reference;
import dev.slipway.db.registry.Removal;
import dev.slipway.db.registry.Stored;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Manifests: `/v2/<name>/manifests/<tag or digest>` (distribution spec, "Pulling manifests", "Pushing
/// Manifests", "Deleting Manifests").
final class ManifestHandler {
    /// What the spec asks registries to accept at least.
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int MOST_TAGS = 100;

    private final ManifestStore manifests;
    private final Repositories repositories;
    private final int keep;

    /// @param keep of how many releases and images of an app the manifests can't be deleted
    ManifestHandler(ManifestStore manifests, Repositories repositories, int keep) {
        this.manifests = manifests;
        this.repositories = repositories;
        this.keep = keep;
    }

    void head(Route.Manifest route, HttpServletRequest request, HttpServletResponse response) {
        ManifestHead head =
                manifests.head(route.repository(), route.reference()).orElseThrow(() -> unknown(route));
        describe(route.reference(), head.digest(), head.mediaType(), response);
        if (!EntityTag.isKnownToClient(head.digest(), request, response)) {
            response.setContentLengthLong(head.size());
        }
    }

    void get(Route.Manifest route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Manifest manifest =
                manifests.find(route.repository(), route.reference()).orElseThrow(() -> unknown(route));
        describe(route.reference(), manifest.digest(), manifest.mediaType(), response);
        if (!EntityTag.isKnownToClient(manifest.digest(), request, response)) {
            response.setContentLength(manifest.content().length);
            response.getOutputStream().write(manifest.content());
        }
    }

    private static void describe(Reference reference, Digest digest, String mediaType, HttpServletResponse response) {
        response.setHeader("Content-Type", mediaType);
        response.setHeader("Docker-Content-Digest", digest.value());
        response.setHeader("ETag", EntityTag.of(digest));
        response.setHeader(
                "Cache-Control",
                switch (reference) {
                    case Reference.ByDigest immutable -> "max-age=31536000, immutable";
                    case Reference.Tag movable -> "no-cache";
                });
    }

    void put(Route.Manifest route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        repositories.require(route.repository());
        byte[] content = body(request);
        ManifestDocument document = ManifestDocument.parse(content, request.getContentType());
        Digest digest = digest(route.reference(), content);
        List<Reference.Tag> tags = tags(route.reference(), Query.parse(request.getQueryString()));
        NewManifest manifest = new NewManifest(
                route.repository(),
                digest,
                document.mediaType(),
                content,
                document.blobs(),
                document.manifests(),
                document.subject(),
                document.artifactType(),
                tags);
        switch (manifests.put(manifest)) {
            case Stored.Whole whole -> created(manifest, response);
            case Stored.Missing missing ->
                throw new RegistryException(
                        ErrorCode.MANIFEST_BLOB_UNKNOWN,
                        "\"" + route.repository() + "\" lacks "
                                + missing.descriptors().stream()
                                        .limit(5)
                                        .map(d -> d.digest().value())
                                        .collect(Collectors.joining(", "))
                                + (missing.descriptors().size() > 5 ? " and more" : "")
                                + ", to which the manifest refers. Push that first.");
            case Stored.WrongSize(Descriptor descriptor, long actual) ->
                throw new RegistryException(
                        ErrorCode.MANIFEST_INVALID,
                        "The manifest can't be stored: it says that " + descriptor.digest() + " has "
                                + descriptor.size() + " bytes, but it has " + actual + ".");
            case Stored.TagOfVersion(Reference.Tag tag) ->
                throw new RegistryException(
                        ErrorCode.DENIED,
                        "The tag " + tag + " stays with the version of the app's image that it was made for."
                                + " Push under another tag, one that doesn't look like v1.");
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] content = request.getContentLengthLong() > LARGEST
                ? new byte[0]
                : request.getInputStream().readNBytes(LARGEST + 1);
        if (request.getContentLengthLong() > LARGEST || content.length > LARGEST) {
            throw new RegistryException(
                    ErrorCode.SIZE_INVALID, 413, "A manifest may have at most " + LARGEST + " bytes.", Map.of());
        }
        return content;
    }

    private static Digest digest(Reference reference, byte[] content) {
        String algorithm = switch (reference) {
            case Reference.ByDigest byDigest -> byDigest.digest().algorithm();
            case Reference.Tag tag -> "sha256";
        };
        Digest digest = new Digest(algorithm + ":"
                + HexFormat.of()
                        .formatHex(RunningDigest.messageDigest(algorithm).digest(content)));
        if (reference instanceof Reference.ByDigest expected
                && !expected.digest().equals(digest)) {
            throw new RegistryException(
                    ErrorCode.DIGEST_INVALID, "The manifest hashes to " + digest + ", not to " + expected + ".");
        }
        return digest;
    }

    /// `?tag=` beside a digest names further tags (distribution spec, "Pushing Manifests").
    private static List<Reference.Tag> tags(Reference reference, Query query) {
        List<Reference.Tag> tags = new ArrayList<>();
        query.all("tag").stream().limit(MOST_TAGS + 1).map(Route::tag).forEach(tags::add);
        if (tags.size() > MOST_TAGS) {
            throw new RegistryException(
                    ErrorCode.UNSUPPORTED, 414, "At most " + MOST_TAGS + " tags fit into one request.", Map.of());
        }
        if (reference instanceof Reference.Tag tag) {
            tags.clear();
            tags.add(tag);
        }
        return tags;
    }

    private static void created(NewManifest manifest, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setContentLength(0);
        response.setHeader("Location", "/v2/" + manifest.repository() + "/manifests/" + manifest.digest());
        response.setHeader("Docker-Content-Digest", manifest.digest().value());
        if (manifest.subject() != null) {
            response.setHeader("OCI-Subject", manifest.subject().value());
        }
        manifest.tags().forEach(tag -> response.addHeader("OCI-Tag", tag.value()));
    }

    void delete(Route.Manifest route, HttpServletResponse response) {
        Removal removal = switch (route.reference()) {
            case Reference.ByDigest byDigest -> manifests.remove(route.repository(), byDigest.digest(), keep);
            case Reference.Tag tag -> manifests.removeTag(route.repository(), tag);
        };
        switch (removal) {
            case REMOVED -> response.setStatus(HttpServletResponse.SC_ACCEPTED);
            case UNKNOWN -> throw unknown(route);
            case IN_USE ->
                throw new RegistryException(
                        ErrorCode.DENIED,
                        HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                        switch (route.reference()) {
                            case Reference.ByDigest byDigest ->
                                "It stays: an index refers to it, or it is kept so that the app can be rolled back to it"
                                        + " (what is live, and the last " + keep + " releases and images).";
                            case Reference.Tag tag ->
                                "The tag stays with the version of the app's image that it was made for.";
                        },
                        Map.of("Allow", "GET, HEAD, PUT"));
        }
    }

    private static RegistryException unknown(Route.Manifest route) {
        return new RegistryException(
                ErrorCode.MANIFEST_UNKNOWN,
                "\"" + route.repository() + "\" has no manifest " + route.reference() + ".");
    }
}
