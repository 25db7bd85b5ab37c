package dev.slipway.db.registry;

import dev.slipway.db.Database;
import dev.slipway.db.images.Digest;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What images consist of, and whether it is all there.
public final class ContentStore {
    private final Database database;

    public ContentStore(Database database) {
        this.database = database;
    }

    /// Something that the image `root` needs: itself, an index's child, a config or a layer.
    ///
    /// @param manifest whether the repository has a manifest of this digest
    /// @param size of the blob of this digest, in bytes; null when the repository holds none
    public record Part(
            Digest root,
            Digest digest,
            boolean manifest,
            @Nullable Long size) {}

    /// Everything that these images of a repository refer to, whether it is there or not; one statement.
    public List<Part> parts(RepositoryName repository, Collection<Digest> roots) {
        return database.jdbc()
                .sql("""
                     WITH RECURSIVE parts (root, digest) AS (
                       SELECT d COLLATE "C", d COLLATE "C" FROM unnest(:roots::text[]) d
                       UNION
                       SELECT p.root, r.digest FROM parts p JOIN registry_references r ON r.repository = :repository AND r.manifest = p.digest)
                     SELECT p.root, p.digest, m.digest IS NOT NULL AS manifest, b.size
                     FROM parts p
                     LEFT JOIN registry_manifests m ON m.repository = :repository AND m.digest = p.digest
                     LEFT JOIN registry_repository_blobs h ON h.repository = :repository AND h.digest = p.digest
                     LEFT JOIN registry_blobs b ON b.digest = h.digest
                     ORDER BY p.root, p.digest""")
                .param("repository", repository.value())
                .param("roots", roots.stream().map(Digest::value).distinct().toArray(String[]::new))
                .query((row, n) -> new Part(
                        new Digest(row.getString("root")),
                        new Digest(row.getString("digest")),
                        row.getBoolean("manifest"),
                        row.getObject("size", Long.class)))
                .list();
    }
}
