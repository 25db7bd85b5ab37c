package dev.slipway.db.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.testing.Given;
import dev.slipway.db.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private final Database database = Database.open(TestDatabase.fresh(), "test", 0, 2);
    private final EventLog events = new EventLog(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void onlyTheOldestOfAnAppThatHasTooManyGo() {
        App busy = Given.app(database, "busy");
        App quiet = Given.app(database, "quiet");
        events.platform(EventKind.TOKEN_CREATED, "slipway", "ada");
        events.app(quiet.id(), EventKind.APP_CHANGED, "ada", "first");
        events.app(busy.id(), EventKind.APP_CHANGED, "ada", "first");
        events.app(busy.id(), EventKind.APP_CHANGED, "ada", "second");
        more(busy, EventLog.KEPT - 1);
        assertThat(events.prune()).isEqualTo(1);
        assertThat(events.prune()).isZero();
        List<Event> left = events.ofApp(busy.id(), Long.MAX_VALUE, EventLog.KEPT + 1);
        assertThat(left).hasSize(EventLog.KEPT);
        assertThat(left.getLast().message()).isEqualTo("second");
        assertThat(events.ofApp(quiet.id(), Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM events WHERE app_id IS NULL")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    private void more(App app, int count) {
        database.jdbc()
                .sql("INSERT INTO events (app_id, kind, actor, message) SELECT :app, 'APP_CHANGED', 'ada', 'more'"
                        + " FROM generate_series(1, :count)")
                .param("app", app.id())
                .param("count", count)
                .update();
    }
}
