package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a manifest's JSON says (image spec, manifest.md and image-index.md; Docker's schema 2 has the same
/// shape).
///
/// @param blobs config and layers that must be in the repository
/// @param manifests an index's children
/// @param artifactType as the referrers API shows it: the manifest's own, else its config's media type
record ManifestDocument(
        String mediaType,
        List<Descriptor> blobs,
        List<Descriptor> manifests,
        @Nullable Digest subject,
        @Nullable String artifactType,
        Map<String, String> annotations) {
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final Set<String> IMAGES = Set.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");
    private static final Set<String> INDEXES =
            Set.of(OCI_INDEX, "application/vnd.docker.distribution.manifest.list.v2+json");
    /// Two readers must not be able to see two meanings in one document, hence no duplicate keys.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// @param contentType the request's header, or null
    /// @throws RegistryException MANIFEST_INVALID with the reason
    static ManifestDocument parse(byte[] content, @Nullable String contentType) {
        JsonNode json;
        try {
            json = JSON.readTree(content);
        } catch (JacksonException malformed) {
            throw invalid("it isn't well-formed JSON: " + malformed.getOriginalMessage());
        }
        if (!json.isObject() || json.path("schemaVersion").asInt(0) != 2) {
            throw invalid("it must be a JSON object with schemaVersion 2");
        }
        String mediaType = mediaType(json, contentType);
        if (json.has("layers") && json.has("manifests")) {
            throw invalid("it has both layers and manifests, so it is neither an image nor an index");
        }
        return IMAGES.contains(mediaType) ? image(json, mediaType) : index(json, mediaType);
    }

    private static String mediaType(JsonNode json, @Nullable String contentType) {
        String inside = json.path("mediaType").asString("");
        String outside =
                contentType == null ? "" : contentType.replaceFirst(";.*", "").strip();
        if (!inside.isEmpty() && !outside.isEmpty() && !inside.equals(outside)) {
            throw invalid("its mediaType is " + abbreviated(inside) + " but it was sent as " + abbreviated(outside));
        }
        String mediaType = inside.isEmpty() ? outside : inside;
        if (!IMAGES.contains(mediaType) && !INDEXES.contains(mediaType)) {
            throw invalid("the registry knows OCI and Docker (schema 2) manifests and indexes, not \""
                    + abbreviated(mediaType) + "\"");
        }
        return mediaType;
    }

    private static ManifestDocument image(JsonNode json, String mediaType) {
        JsonNode config = json.path("config");
        if (!config.isObject()) {
            throw invalid("an image manifest needs a config");
        }
        List<Descriptor> blobs = new ArrayList<>();
        blobs.add(descriptor(config, "config"));
        for (JsonNode layer : array(json, "layers")) {
            Descriptor descriptor = descriptor(layer, "layers");
            if (!isForeign(layer.path("mediaType").asString(""))) {
                blobs.add(descriptor);
            }
        }
        String own = json.path("artifactType").asString("");
        String artifactType = own.isEmpty() ? config.path("mediaType").asString("") : own;
        return new ManifestDocument(
                mediaType,
                blobs,
                List.of(),
                subject(json),
                artifactType.isEmpty() ? null : artifactType,
                annotations(json));
    }

    private static ManifestDocument index(JsonNode json, String mediaType) {
        List<Descriptor> manifests = new ArrayList<>();
        for (JsonNode manifest : array(json, "manifests")) {
            manifests.add(descriptor(manifest, "manifests"));
        }
        String artifactType = json.path("artifactType").asString("");
        return new ManifestDocument(
                mediaType,
                List.of(),
                manifests,
                subject(json),
                artifactType.isEmpty() ? null : artifactType,
                annotations(json));
    }

    /// Layers that may not be redistributed stay where their URLs point.
    private static boolean isForeign(String mediaType) {
        return mediaType.startsWith("application/vnd.oci.image.layer.nondistributable.")
                || mediaType.equals("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    }

    private static JsonNode array(JsonNode json, String field) {
        JsonNode array = json.path(field);
        if (!array.isArray() && !array.isMissingNode()) {
            throw invalid("\"" + field + "\" must be a list");
        }
        return array;
    }

    private static Descriptor descriptor(JsonNode json, String field) {
        if (!json.path("size").isIntegralNumber()
                || !json.path("size").canConvertToLong()
                || json.path("size").asLong() < 0) {
            throw invalid("a descriptor in \"" + field + "\" has no size");
        }
        return new Descriptor(digest(json, field), json.path("size").asLong());
    }

    private static Digest digest(JsonNode json, String field) {
        try {
            return new Digest(json.path("digest").asString(""));
        } catch (IllegalArgumentException e) {
            throw invalid("a descriptor in \"" + field + "\" names its content by " + e.getMessage());
        }
    }

    private static @Nullable Digest subject(JsonNode json) {
        return json.path("subject").isObject() ? digest(json.path("subject"), "subject") : null;
    }

    private static Map<String, String> annotations(JsonNode json) {
        Map<String, String> annotations = new LinkedHashMap<>();
        json.path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asString("")));
        return annotations;
    }

    private static String abbreviated(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private static RegistryException invalid(String reason) {
        return new RegistryException(ErrorCode.MANIFEST_INVALID, "The manifest can't be stored: " + reason + ".");
    }
}
