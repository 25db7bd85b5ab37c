package dev.slipway.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.testing.Given;
import dev.slipway.db.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/// Migrations that change what is in the tables.
class MigrationsTest {
    private final Database database = Database.open(TestDatabase.fresh(), "test", 0, 4);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasLeftOfDeletedAppsInTheQueueEnds() {
        AppStore apps = new AppStore(database);
        BuildStore builds = new BuildStore(database);
        App deleted = app("deleted");
        Build running = enqueue(deleted, "1");
        BuildQueue.Claim claim = new BuildQueue(database).claim("a").orElseThrow();
        Build queued = enqueue(deleted, "2");
        Build other = enqueue(app("shop"), "3");
        apps.delete(deleted.id());

        run("V19__builds_of_deleted_apps.sql");

        assertThat(builds.find(queued.id()).orElseThrow().state()).isEqualTo(BuildState.CANCELLED);
        assertThat(builds.open()).extracting(Build::id).containsExactly(running.id(), other.id());
        assertThat(new BuildQueue(database).heartbeat(claim)).isEqualTo(new BuildQueue.Pulse.Cancel("slipway"));
    }

    /// Once more, so that the stores find the tables as they know them.
    private void run(String migration) {
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/" + migration))
                .execute(database.dataSource());
    }

    private App app(String name) {
        return Given.app(database, name);
    }

    private Build enqueue(App app, String digit) {
        return new BuildStore(database).enqueue(Given.push(app, digit));
    }
}
