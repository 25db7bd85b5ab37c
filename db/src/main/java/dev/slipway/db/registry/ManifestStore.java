package dev.slipway.db.registry;

import dev.slipway.db.Database;
import dev.slipway.db.images.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Manifests, what they refer to, and the tags that point to them.
public final class ManifestStore {
    private static final RowMapper<Manifest> ROW = (row, n) ->
            new Manifest(new Digest(row.getString("digest")), row.getString("media_type"), row.getBytes("content"));
    private static final RowMapper<Found> HEAD = (row, n) -> new Found(
            new ManifestHead(new Digest(row.getString("digest")), row.getString("media_type"), row.getLong("size")),
            row.getBoolean("stale"));

    /// Bounds the memory that a list of referrers takes.
    public static final long REFERRERS_BYTES = 4 * 1024 * 1024;

    /// The tags of versions of an app's image, which stay as the build made them: rows of `i`.
    private static final String OF_VERSIONS =
            "FROM images i JOIN apps a ON a.id = i.app_id WHERE a.name = :repository AND a.deleted_at IS NULL AND 'v' || i.version";

    private final Database database;

    public ManifestStore(Database database) {
        this.database = database;
    }

    public Optional<Manifest> find(RepositoryName repository, Reference reference) {
        return select("m.digest, m.media_type, m.content", repository, reference, ROW);
    }

    /// Renews its lease as [BlobStore#find] does: who hears that it is there doesn't push it again.
    public Optional<ManifestHead> head(RepositoryName repository, Reference reference) {
        Optional<Found> found = look(repository, reference);
        if (found.filter(Found::stale).isEmpty()) {
            return found.map(Found::head);
        }
        database.jdbc()
                .sql(
                        "UPDATE registry_manifests SET touched_at = now() WHERE repository = :repository AND digest = :digest")
                .param("repository", repository.value())
                .param("digest", found.get().head().digest().value())
                .update();
        // garbage collection may have been faster
        return look(repository, reference).map(Found::head);
    }

    private Optional<Found> look(RepositoryName repository, Reference reference) {
        return select(
                "m.digest, m.media_type, octet_length(m.content) AS size, m.touched_at < now() - interval '10 minutes' AS stale",
                repository,
                reference,
                HEAD);
    }

    private record Found(ManifestHead head, boolean stale) {}

    private <T> Optional<T> select(String columns, RepositoryName repository, Reference reference, RowMapper<T> row) {
        String from = switch (reference) {
            case Reference.ByDigest byDigest ->
                " FROM registry_manifests m WHERE m.repository = :repository AND m.digest = :reference";
            case Reference.Tag tag ->
                " FROM registry_tags t JOIN registry_manifests m ON m.repository = t.repository AND m.digest = t.digest"
                        + " WHERE t.repository = :repository AND t.tag = :reference";
        };
        return database.jdbc()
                .sql("SELECT " + columns + from)
                .param("repository", repository.value())
                .param("reference", reference.toString())
                .query(row)
                .optional();
    }

    /// Stores manifest, references and tags in one transaction, or nothing when something it refers to isn't
    /// there. What it refers to can't be removed meanwhile. Idempotent.
    public Stored put(NewManifest manifest) {
        return database.inTransaction(() -> {
            List<Descriptor> missing = new ArrayList<>();
            Map<String, Long> blobs = locked(manifest.repository(), manifest.blobs(), """
                    SELECT r.digest, b.size FROM registry_repository_blobs r JOIN registry_blobs b ON b.digest = r.digest
                    WHERE r.repository = :repository AND r.digest = ANY (:digests) AND NOT b.damaged FOR KEY SHARE OF r""");
            Map<String, Long> manifests = locked(manifest.repository(), manifest.manifests(), """
                    SELECT digest, octet_length(content) AS size FROM registry_manifests
                    WHERE repository = :repository AND digest = ANY (:digests) FOR KEY SHARE""");
            Stored.WrongSize wrong = firstWrong(manifest.blobs(), blobs, missing);
            Stored.WrongSize wrongChild = firstWrong(manifest.manifests(), manifests, missing);
            if (!missing.isEmpty()) {
                return new Stored.Missing(missing);
            }
            if (wrong != null || wrongChild != null) {
                return wrong != null ? wrong : wrongChild;
            }
            Optional<Reference.Tag> fixed = tagOfVersion(manifest);
            if (fixed.isPresent()) {
                return new Stored.TagOfVersion(fixed.get());
            }
            insert(manifest);
            return new Stored.Whole();
        });
    }

    private Map<String, Long> locked(RepositoryName repository, List<Descriptor> descriptors, String sql) {
        Map<String, Long> sizes = new HashMap<>();
        if (!descriptors.isEmpty()) {
            database.jdbc()
                    .sql(sql)
                    .param("repository", repository.value())
                    .param(
                            "digests",
                            descriptors.stream()
                                    .map(d -> d.digest().value())
                                    .distinct()
                                    .toArray(String[]::new))
                    .query(row -> {
                        sizes.put(row.getString("digest"), row.getLong("size"));
                    });
        }
        return sizes;
    }

    private Optional<Reference.Tag> tagOfVersion(NewManifest manifest) {
        String[] tags = manifest.tags().stream().map(Reference.Tag::value).toArray(String[]::new);
        return tags.length == 0
                ? Optional.empty()
                : database.jdbc()
                        .sql("SELECT 'v' || i.version " + OF_VERSIONS
                                + " = ANY (:tags) AND i.digest <> :digest LIMIT 1")
                        .param("repository", manifest.repository().value())
                        .param("tags", tags)
                        .param("digest", manifest.digest().value())
                        .query(String.class)
                        .optional()
                        .map(Reference.Tag::new);
    }

    private static Stored.@Nullable WrongSize firstWrong(
            List<Descriptor> descriptors, Map<String, Long> sizes, Collection<Descriptor> missing) {
        Stored.WrongSize wrong = null;
        for (Descriptor descriptor : descriptors) {
            Long actual = sizes.get(descriptor.digest().value());
            if (actual == null) {
                missing.add(descriptor);
            } else if (actual != descriptor.size() && wrong == null) {
                wrong = new Stored.WrongSize(descriptor, actual);
            }
        }
        return wrong;
    }

    private void insert(NewManifest manifest) {
        database.jdbc()
                .sql("""
                     INSERT INTO registry_manifests (repository, digest, media_type, content, subject, artifact_type)
                     VALUES (:repository, :digest, :type, :content, :subject, :artifact)
                     ON CONFLICT (repository, digest) DO UPDATE SET touched_at = now()""")
                .param("repository", manifest.repository().value())
                .param("digest", manifest.digest().value())
                .param("type", manifest.mediaType())
                .param("content", manifest.content())
                .param(
                        "subject",
                        manifest.subject() == null ? null : manifest.subject().value())
                .param("artifact", manifest.artifactType())
                .update();
        List<String> references = new ArrayList<>();
        manifest.blobs().forEach(blob -> references.add(blob.digest().value()));
        manifest.manifests().forEach(child -> references.add(child.digest().value()));
        insertAll("""
                  INSERT INTO registry_references (repository, manifest, digest) SELECT :repository, :digest, unnest(:values)
                  ON CONFLICT DO NOTHING""", manifest, references);
        insertAll(
                """
                  INSERT INTO registry_tags (repository, digest, tag) SELECT :repository, :digest, unnest(:values)
                  ON CONFLICT (repository, tag) DO UPDATE SET digest = excluded.digest, updated_at = now()""",
                manifest,
                manifest.tags().stream()
                        .map(Reference.Tag::value)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private void insertAll(String sql, NewManifest manifest, List<String> values) {
        if (!values.isEmpty()) {
            database.jdbc()
                    .sql(sql)
                    .param("repository", manifest.repository().value())
                    .param("digest", manifest.digest().value())
                    .param("values", values.toArray(String[]::new))
                    .update();
        }
    }

    /// Removes the tag, unless it names a version of the app's image.
    public Removal removeTag(RepositoryName repository, Reference.Tag tag) {
        int rows = database.jdbc()
                .sql("DELETE FROM registry_tags WHERE repository = :repository AND tag = :tag AND NOT EXISTS (SELECT "
                        + OF_VERSIONS + " = :tag)")
                .param("repository", repository.value())
                .param("tag", tag.value())
                .update();
        if (rows == 1) {
            return Removal.REMOVED;
        }
        return head(repository, tag).isPresent() ? Removal.IN_USE : Removal.UNKNOWN;
    }

    /// Removes the manifest and its tags, unless an index refers to it or it is kept: as the image of a release that is
    /// open or among the last `keep` that were live, as one of the app's last `keep` images, or for a command.
    public Removal remove(RepositoryName repository, Digest digest, int keep) {
        return database.inTransaction(() -> {
            Long app = holdApp(database, repository.value()).orElse(null);
            // As in BlobStore.remove: wait for an index that is being stored with it.
            boolean known = database.jdbc()
                    .sql(
                            "SELECT 1 FROM registry_manifests WHERE repository = :repository AND digest = :digest FOR UPDATE")
                    .param("repository", repository.value())
                    .param("digest", digest.value())
                    .query(Integer.class)
                    .optional()
                    .isPresent();
            if (!known) {
                return Removal.UNKNOWN;
            }
            int rows = database.jdbc()
                    .sql(Retention.WITH_KEPT
                            + "DELETE FROM registry_manifests m WHERE m.repository = :repository AND m.digest = :digest AND "
                            + Retention.NOT_KEPT)
                    .param("app", app)
                    .param("keep", keep)
                    .param("repository", repository.value())
                    .param("digest", digest.value())
                    .update();
            return rows == 1 ? Removal.REMOVED : Removal.IN_USE;
        });
    }

    /// Whoever makes a release of the app holds its row, so it is made before what follows in this transaction, or sees
    /// what is gone.
    ///
    /// @return the app's id; empty when no app has the repository
    static Optional<Long> holdApp(Database database, String repository) {
        return database.jdbc()
                .sql("SELECT id FROM apps WHERE name = :repository AND deleted_at IS NULL FOR NO KEY UPDATE")
                .param("repository", repository)
                .query(Long.class)
                .optional();
    }

    /// Empties a repository, so that it is no more. The next of its name begins with nothing.
    public void removeRepository(RepositoryName repository) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("DELETE FROM registry_manifests WHERE repository = :name")
                    .param("name", repository.value())
                    .update();
            database.jdbc()
                    .sql("DELETE FROM registry_repository_blobs WHERE repository = :name")
                    .param("name", repository.value())
                    .update();
        });
    }

    /// Manifests about `subject` with `digest > after`, by digest; all artifact types when `artifactType` is
    /// null. At most `limit`, and none after their sizes have reached [#REFERRERS_BYTES].
    public List<Manifest> referrers(
            RepositoryName repository, Digest subject, @Nullable String artifactType, String after, int limit) {
        return database.jdbc()
                .sql("""
                     SELECT digest, media_type, content FROM (
                       SELECT digest, media_type, content, sum(octet_length(content)) OVER (ORDER BY digest) - octet_length(content) AS before
                       FROM registry_manifests
                       WHERE repository = :repository AND subject = :subject AND digest > :after
                         AND (:type::text IS NULL OR artifact_type = :type)
                       ORDER BY digest LIMIT :limit) page
                     WHERE before < :bytes ORDER BY digest""")
                .param("bytes", REFERRERS_BYTES)
                .param("repository", repository.value())
                .param("subject", subject.value())
                .param("type", artifactType)
                .param("after", after)
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    /// Tags `> after`, in the order of their bytes.
    public List<String> tags(RepositoryName repository, String after, int limit) {
        return database.jdbc()
                .sql(
                        "SELECT tag FROM registry_tags WHERE repository = :repository AND tag > :after ORDER BY tag LIMIT :limit")
                .param("repository", repository.value())
                .param("after", after)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /// Repositories `> after` that hold a manifest, in the order of their bytes.
    public List<String> repositories(String after, int limit) {
        return database.jdbc()
                .sql(
                        "SELECT DISTINCT repository FROM registry_manifests WHERE repository > :after ORDER BY repository LIMIT :limit")
                .param("after", after)
                .param("limit", limit)
                .query(String.class)
                .list();
    }
}
