package dev.slipway.db.registry;

import dev.slipway.db.Database;
import dev.slipway.db.images.Digest;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Takes out of the tables what nothing in the registry needs any more. Each call is a few short transactions; pushes
/// and pulls go on meanwhile, and what somebody else holds is left to the next call.
///
/// Whatever was pushed, mounted or answered to HEAD in the last `grace` stays: its client may be about to push a
/// manifest that needs it.
public final class GarbageStore {
    private static final int BATCH = 500;
    private static final int MANIFESTS = 100;

    private final Database database;

    public GarbageStore(Database database) {
        this.database = database;
    }

    /// Those that hold a manifest.
    public List<String> repositories() {
        return database.jdbc()
                .sql("SELECT DISTINCT repository FROM registry_manifests ORDER BY repository")
                .query(String.class)
                .list();
    }

    /// Removes manifests that aren't kept ([ManifestStore#remove]), that no client has tagged, and that are about
    /// nothing that is there. Says how many.
    public int removeManifests(String repository, int keep, Duration grace) {
        int all = 0;
        int removed;
        do { // what an index referred to goes after it
            removed = database.inTransaction(() -> removeSome(repository, keep, grace));
            all += removed;
        } while (removed > 0);
        return all;
    }

    private int removeSome(String repository, int keep, Duration grace) {
        Long app = ManifestStore.holdApp(database, repository).orElse(null);
        String[] digests = database.jdbc()
                .sql(Retention.WITH_KEPT
                        + "SELECT m.digest FROM registry_manifests m WHERE m.repository = :repository AND "
                        + Retention.GARBAGE + " ORDER BY m.digest LIMIT " + MANIFESTS + " FOR UPDATE OF m SKIP LOCKED")
                .param("repository", repository)
                .param("app", app)
                .param("keep", keep)
                .param("grace", grace.toSeconds())
                .query(String.class)
                .list()
                .toArray(String[]::new);
        if (digests.length == 0) {
            return 0;
        }
        // asked again: an index or a tag that was being stored with it is seen now
        return database.jdbc()
                .sql(Retention.WITH_KEPT
                        + "DELETE FROM registry_manifests m WHERE m.repository = :repository AND m.digest = ANY (:digests) AND "
                        + Retention.GARBAGE)
                .param("repository", repository)
                .param("digests", digests)
                .param("app", app)
                .param("keep", keep)
                .param("grace", grace.toSeconds())
                .update();
    }

    /// Takes blobs out of repositories in which no manifest refers to them. Says how many.
    public int removeFromRepositories(Duration grace) {
        int all = 0;
        int removed;
        do {
            removed = database.inTransaction(() -> {
                List<Held> held = database.jdbc()
                        .sql("SELECT r.repository, r.digest " + UNREFERENCED + " ORDER BY r.digest, r.repository LIMIT "
                                + BATCH + " FOR UPDATE OF b, r SKIP LOCKED")
                        .param("grace", grace.toSeconds())
                        .query(Held.class)
                        .list();
                if (held.isEmpty()) {
                    return 0;
                }
                // asked again: a manifest that was being stored with it is seen now
                return database.jdbc()
                        .sql("DELETE FROM registry_repository_blobs d USING (SELECT r.repository, r.digest "
                                + UNREFERENCED
                                + " AND (r.repository, r.digest) IN (SELECT * FROM unnest(:repositories, :digests))) g"
                                + " WHERE d.repository = g.repository AND d.digest = g.digest")
                        .param(
                                "repositories",
                                held.stream().map(Held::repository).toArray(String[]::new))
                        .param("digests", held.stream().map(Held::digest).toArray(String[]::new))
                        .param("grace", grace.toSeconds())
                        .update();
            });
            all += removed;
        } while (removed > 0);
        return all;
    }

    private record Held(String repository, String digest) {}

    private static final String UNREFERENCED = """
            FROM registry_repository_blobs r JOIN registry_blobs b ON b.digest = r.digest
            WHERE b.touched_at < now() - make_interval(secs => :grace)
            AND NOT EXISTS (SELECT FROM registry_references f WHERE f.repository = r.repository AND f.digest = r.digest)""";

    /// Forgets blobs that no repository holds: some hundreds, the longest untouched first. The caller has their files
    /// then, and asks [#known] once more before it does away with them.
    public List<Descriptor> removeBlobs(Duration grace) {
        return database.jdbc()
                .sql("""
                     DELETE FROM registry_blobs b WHERE b.digest IN (
                       SELECT c.digest FROM registry_blobs c WHERE c.touched_at < now() - make_interval(secs => :grace)
                       AND NOT EXISTS (SELECT FROM registry_repository_blobs r WHERE r.digest = c.digest)
                       ORDER BY c.touched_at LIMIT :batch FOR UPDATE SKIP LOCKED)
                     AND b.touched_at < now() - make_interval(secs => :grace)
                     RETURNING b.digest, b.size""")
                .param("grace", grace.toSeconds())
                .param("batch", BATCH)
                .query((row, n) -> new Descriptor(new Digest(row.getString("digest")), row.getLong("size")))
                .list();
    }

    /// Those of these blobs that have a row.
    public Set<Digest> known(Collection<Digest> digests) {
        return digests.isEmpty()
                ? Set.of()
                : new HashSet<>(database.jdbc()
                        .sql("SELECT digest FROM registry_blobs WHERE digest = ANY (:digests)")
                        .param("digests", digests.stream().map(Digest::value).toArray(String[]::new))
                        .query((row, n) -> new Digest(row.getString("digest")))
                        .list());
    }
}
