package dev.slipway.platform.registry;

import dev.slipway.db.apps.AppName;
import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.ContentStore;
import dev.slipway.db.registry.Descriptor;
import dev.slipway.db.registry.Manifest;
import dev.slipway.db.registry.ManifestStore;
import dev.slipway.db.registry.Reference;
import dev.slipway.db.registry.RepositoryName;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks into images of apps: whether they can be pulled whole, and what they consist of.
public final class ImageContents {
    private final ContentStore contents;
    private final ManifestStore manifests;
    private final BlobFiles files;

    ImageContents(ContentStore contents, ManifestStore manifests, BlobFiles files) {
        this.contents = contents;
        this.manifests = manifests;
        this.files = files;
    }

    /// What keeps images from being pulled whole, as the end of a sentence; those that are whole aren't in the answer.
    /// One statement, and a look at each blob's file.
    public Map<Digest, String> problems(AppName app, Collection<Digest> images) {
        Map<Digest, String> problems = new HashMap<>();
        Map<Digest, Optional<String>> looked = new HashMap<>();
        for (ContentStore.Part part : contents.parts(new RepositoryName(app.value()), images)) {
            boolean root = part.root().equals(part.digest());
            if (root && !part.manifest()) {
                problems.put(part.root(), "its image isn't in the registry any more");
            } else if (!part.manifest()) {
                looked.computeIfAbsent(part.digest(), digest -> Optional.ofNullable(problem(part)))
                        .ifPresent(problem -> problems.putIfAbsent(part.root(), problem));
            }
        }
        return problems;
    }

    private @Nullable String problem(ContentStore.Part part) {
        String what = "a part of its image (" + part.digest().abbreviated() + ") is ";
        Long size = part.size();
        if (size == null) {
            return what + "missing in the registry";
        }
        return size(part.digest()) == size ? null : what + "damaged or missing on the registry's disk";
    }

    /// -1 when there is no such file.
    private long size(Digest digest) {
        try {
            return files.size(digest);
        } catch (IOException unreadable) {
            return -1;
        }
    }

    /// The layers of an image from the base up, compressed as they are stored; empty when that can't be told (the
    /// manifest is gone, or it is an index of images for several platforms).
    public List<Descriptor> layers(AppName app, Digest image) {
        Optional<Manifest> manifest = manifests.find(new RepositoryName(app.value()), new Reference.ByDigest(image));
        if (manifest.isEmpty()) {
            return List.of();
        }
        List<Descriptor> blobs = ManifestDocument.parse(
                        manifest.get().content(), manifest.get().mediaType())
                .blobs();
        return blobs.isEmpty() ? List.of() : blobs.subList(1, blobs.size()); // the first is the config
    }
}
