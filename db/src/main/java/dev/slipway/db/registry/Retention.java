package dev.slipway.db.registry;

/// Which manifests stay, as parts of SQL statements on `registry_manifests m` with the parameters `:app` (the id of
/// the app that has the repository, null when none has), `:keep` and `:grace` (seconds).
///
/// Hold the app's row, so that no release is made meanwhile.
final class Retention {
    /// Begins a statement: the digests of the images to which the app may be rolled back, or that are to run. They
    /// are those of open releases and of the last `:keep` that were live, the app's last `:keep` images, and what
    /// commands wait for.
    static final String WITH_KEPT = """
            WITH kept AS MATERIALIZED (
              SELECT i.digest FROM images i JOIN apps a ON a.id = i.app_id
              WHERE a.id = :app::bigint AND i.version > a.last_image - :keep
              UNION
              SELECT i.digest FROM releases r JOIN images i ON i.id = r.image_id
              WHERE r.app_id = :app::bigint AND r.state IN ('PENDING', 'STARTING', 'LIVE')
              UNION
              SELECT i.digest FROM images i WHERE i.id IN (
                SELECT image_id FROM releases WHERE app_id = :app::bigint AND live_at IS NOT NULL ORDER BY number DESC LIMIT :keep)
              UNION
              SELECT i.digest FROM runs u JOIN releases r ON r.id = u.release_id JOIN images i ON i.id = r.image_id
              WHERE u.app_id = :app::bigint AND u.state IN ('QUEUED', 'RUNNING'))
            """;

    /// No index refers to it, and it isn't kept.
    static final String NOT_KEPT = """
            NOT EXISTS (SELECT FROM registry_references r WHERE r.repository = m.repository AND r.digest = m.digest)
            AND NOT EXISTS (SELECT FROM kept k WHERE k.digest = m.digest)""";

    /// Not kept, and no tag is on it but those that builds gave it (`b7` when they push, `v5` when they succeed), what
    /// it is about (its subject) isn't there, and nobody has pushed it or asked for it lately.
    static final String GARBAGE = NOT_KEPT + """
             AND m.touched_at < now() - make_interval(secs => :grace)
            AND NOT EXISTS (SELECT FROM registry_manifests s WHERE s.repository = m.repository AND s.digest = m.subject)
            AND (:app::bigint IS NULL OR NOT EXISTS (
              SELECT FROM registry_tags t WHERE t.repository = m.repository AND t.digest = m.digest
              AND NOT EXISTS (SELECT FROM images i WHERE i.app_id = :app::bigint AND i.digest = t.digest AND 'v' || i.version = t.tag)
              AND NOT EXISTS (SELECT FROM builds b WHERE b.app_id = :app::bigint AND 'b' || b.number = t.tag
                              AND b.state NOT IN ('QUEUED', 'RUNNING'))))""";

    private Retention() {}
}
