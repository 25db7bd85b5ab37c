package dev.slipway.db.registry;

import dev.slipway.db.images.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A manifest to be stored as it came.
///
/// @param blobs config and layers, which the repository must hold; without those that needn't be in a registry
/// @param manifests an index's children, which the repository must hold
/// @param subject what it is about (a signature, an SBOM …); needn't exist
/// @param tags which then point to it
public record NewManifest(
        RepositoryName repository,
        Digest digest,
        String mediaType,
        byte[] content,
        List<Descriptor> blobs,
        List<Descriptor> manifests,
        @Nullable Digest subject,
        @Nullable String artifactType,
        List<Reference.Tag> tags) {

    public NewManifest {
        blobs = List.copyOf(blobs);
        manifests = List.copyOf(manifests);
        tags = List.copyOf(tags);
    }
}
