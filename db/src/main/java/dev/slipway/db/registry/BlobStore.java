package dev.slipway.db.registry;

import dev.slipway.db.Database;
import dev.slipway.db.images.Digest;
import java.util.Optional;

/// Which repository holds which blob. A row exists only for a file that is whole, verified and synced to disk.
public final class BlobStore {
    private final Database database;

    public BlobStore(Database database) {
        this.database = database;
    }

    /// A blob that a repository holds. `size` in bytes; `damaged`: its file was found missing or cut short.
    public record Held(long size, boolean damaged) {}

    /// The blob if the repository holds it. Its lease is renewed, for the client now relies on the blob being
    /// there: one read when that was done in the last ten minutes.
    public Optional<Held> find(RepositoryName repository, Digest digest) {
        Optional<Found> found = look(repository, digest);
        if (found.filter(Found::stale).isEmpty()) {
            return found.map(Found::blob);
        }
        database.jdbc()
                .sql("UPDATE registry_blobs SET touched_at = now() WHERE digest = :digest")
                .param("digest", digest.value())
                .update();
        // garbage collection may have been faster
        return look(repository, digest).map(Found::blob);
    }

    private Optional<Found> look(RepositoryName repository, Digest digest) {
        return database.jdbc()
                .sql("""
                     SELECT b.size, b.damaged, b.touched_at < now() - interval '10 minutes' AS stale
                     FROM registry_repository_blobs r JOIN registry_blobs b ON b.digest = r.digest
                     WHERE r.repository = :repository AND r.digest = :digest""")
                .param("repository", repository.value())
                .param("digest", digest.value())
                .query((row, n) ->
                        new Found(new Held(row.getLong("size"), row.getBoolean("damaged")), row.getBoolean("stale")))
                .optional();
    }

    private record Found(Held blob, boolean stale) {}

    /// Notes that the blob's file isn't what it should be. It isn't offered any more until it is pushed again.
    public void damaged(Digest digest) {
        database.jdbc()
                .sql("UPDATE registry_blobs SET damaged = true WHERE digest = :digest")
                .param("digest", digest.value())
                .update();
    }

    /// Makes the blob visible in the repository. Its file must be in place. Idempotent.
    public void add(RepositoryName repository, Descriptor blob) {
        database.jdbc()
                .sql("""
                     WITH blob AS (
                       INSERT INTO registry_blobs (digest, size) VALUES (:digest, :size)
                       ON CONFLICT (digest) DO UPDATE SET touched_at = now(), damaged = false RETURNING digest)
                     INSERT INTO registry_repository_blobs (repository, digest) SELECT :repository, digest FROM blob ON CONFLICT DO NOTHING""")
                .param("repository", repository.value())
                .param("digest", blob.digest().value())
                .param("size", blob.size())
                .update();
    }

    /// Makes `from`'s blob visible in `into` too. False when `from` doesn't hold it whole. Idempotent.
    public boolean mount(RepositoryName from, RepositoryName into, Digest digest) {
        return database.jdbc()
                        .sql("""
                     WITH source AS (
                       UPDATE registry_blobs b SET touched_at = now() FROM registry_repository_blobs r
                       WHERE r.repository = :from AND r.digest = :digest AND b.digest = r.digest AND NOT b.damaged
                       RETURNING b.digest),
                     mounted AS (
                       INSERT INTO registry_repository_blobs (repository, digest) SELECT :into, digest FROM source ON CONFLICT DO NOTHING)
                     SELECT count(*) FROM source""")
                        .param("from", from.value())
                        .param("into", into.value())
                        .param("digest", digest.value())
                        .query(Long.class)
                        .single()
                == 1;
    }

    /// Takes the blob out of the repository unless a manifest there refers to it.
    public Removal remove(RepositoryName repository, Digest digest) {
        return database.inTransaction(() -> {
            // The lock waits for a manifest that is being stored with this blob, so that the next statement
            // sees its reference.
            boolean known = database.jdbc()
                    .sql(
                            "SELECT 1 FROM registry_repository_blobs WHERE repository = :repository AND digest = :digest FOR UPDATE")
                    .param("repository", repository.value())
                    .param("digest", digest.value())
                    .query(Integer.class)
                    .optional()
                    .isPresent();
            if (!known) {
                return Removal.UNKNOWN;
            }
            int rows = database.jdbc()
                    .sql("""
                         DELETE FROM registry_repository_blobs b WHERE repository = :repository AND digest = :digest
                         AND NOT EXISTS (SELECT FROM registry_references r WHERE r.repository = b.repository AND r.digest = b.digest)""")
                    .param("repository", repository.value())
                    .param("digest", digest.value())
                    .update();
            return rows == 1 ? Removal.REMOVED : Removal.IN_USE;
        });
    }
}
