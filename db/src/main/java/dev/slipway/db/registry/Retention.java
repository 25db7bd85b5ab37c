package dev.slipway.db.registry;

/// Which manifests nobody can delete, as conditions of SQL on `registry_manifests m`.
final class Retention {
    /// No index refers to it, and it is no image to which an app may be rolled back: not that of an open release or of
    /// one of the last `:keep` that were live, and not one of the app's last `:keep` images. Hold the app's row, so
    /// that no release is made meanwhile.
    static final String NOT_KEPT = """
            NOT EXISTS (SELECT FROM registry_references r WHERE r.repository = m.repository AND r.digest = m.digest)
            AND NOT EXISTS (SELECT FROM images i JOIN apps a ON a.id = i.app_id
                            WHERE a.name = m.repository AND a.deleted_at IS NULL AND i.digest = m.digest
                            AND (i.version > a.last_image - :keep
                                 OR EXISTS (SELECT FROM releases r WHERE r.image_id = i.id
                                            AND r.state IN ('PENDING', 'STARTING', 'LIVE'))
                                 OR i.id IN (SELECT image_id FROM releases WHERE app_id = a.id AND live_at IS NOT NULL
                                             ORDER BY number DESC LIMIT :keep)))""";

    /// Not kept, and no tag is on it but those that builds gave it, what it is about (its subject) isn't there, and
    /// nobody has pushed it or asked for it in the last `:grace` seconds.
    static final String GARBAGE = NOT_KEPT + """
             AND m.touched_at < now() - make_interval(secs => :grace)
            AND NOT EXISTS (SELECT FROM registry_manifests s WHERE s.repository = m.repository AND s.digest = m.subject)
            AND NOT EXISTS (SELECT FROM registry_tags t WHERE t.repository = m.repository AND t.digest = m.digest
                            AND NOT EXISTS (SELECT FROM images i JOIN apps a ON a.id = i.app_id
                                            WHERE a.name = t.repository AND a.deleted_at IS NULL
                                            AND i.digest = t.digest AND 'v' || i.version = t.tag))""";

    private Retention() {}
}
