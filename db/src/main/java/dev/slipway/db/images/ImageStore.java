package dev.slipway.db.images;

import dev.slipway.db.Database;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.RowMapper;

/// Image versions, which are never changed. They are made with their build's success
/// ([dev.slipway.db.builds.BuildQueue#finish]).
public final class ImageStore {
    private static final RowMapper<ImageVersion> ROW = (row, n) -> new ImageVersion(
            row.getLong("id"),
            row.getLong("app_id"),
            row.getInt("version"),
            row.getLong("build_id"),
            new Digest(row.getString("digest")),
            new Digest(row.getString("image_id")),
            row.getLong("size_bytes"),
            row.getObject("exposed_port", Integer.class),
            row.getTimestamp("created_at").toInstant());

    private final Database database;

    public ImageStore(Database database) {
        this.database = database;
    }

    public Optional<ImageVersion> find(long id) {
        return database.jdbc()
                .sql("SELECT * FROM images WHERE id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    public List<ImageVersion> find(Collection<Long> ids) {
        return database.jdbc()
                .sql("SELECT * FROM images WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .query(ROW)
                .list();
    }

    public Optional<ImageVersion> find(long appId, int version) {
        return database.jdbc()
                .sql("SELECT * FROM images WHERE app_id = :app AND version = :version")
                .param("app", appId)
                .param("version", version)
                .query(ROW)
                .optional();
    }

    /// The newest image of each of these apps, where it was never released.
    public List<ImageVersion> held(Collection<Long> appIds) {
        return database.jdbc()
                .sql("SELECT i.* FROM unnest(:apps) a(id) CROSS JOIN LATERAL"
                        + " (SELECT * FROM images WHERE app_id = a.id ORDER BY version DESC LIMIT 1) i"
                        + " WHERE NOT EXISTS (SELECT FROM releases r WHERE r.app_id = a.id AND r.image_id = i.id)")
                .param("apps", appIds.toArray(Long[]::new))
                .query(ROW)
                .list();
    }

    /// The numbers of the builds whose images are live or on their way to it.
    public Set<Integer> buildsInUse(long appId) {
        return database.jdbc()
                .sql("SELECT DISTINCT b.number FROM releases r JOIN images i ON i.id = r.image_id"
                        + " JOIN builds b ON b.id = i.build_id"
                        + " WHERE r.app_id = :app AND r.state IN ('PENDING', 'STARTING', 'LIVE')")
                .param("app", appId)
                .query(Integer.class)
                .set();
    }

    public Optional<ImageVersion> ofBuild(long buildId) {
        return database.jdbc()
                .sql("SELECT * FROM images WHERE build_id = :id")
                .param("id", buildId)
                .query(ROW)
                .optional();
    }

    /// An app's images with `version < before`, newest first.
    public List<ImageVersion> ofApp(long appId, int before, int limit) {
        return database.jdbc()
                .sql(
                        "SELECT * FROM images WHERE app_id = :app AND version < :before ORDER BY version DESC LIMIT :limit")
                .param("app", appId)
                .param("before", before)
                .param("limit", limit)
                .query(ROW)
                .list();
    }
}
