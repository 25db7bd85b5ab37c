package dev.slipway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.Bell.Ring;
import dev.slipway.db.Bell.Topic;
import dev.slipway.db.testing.TestDatabase;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BellTest {
    private static final String WHO = "SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()";

    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private DatabaseSettings settings;
    private Database database;

    @BeforeEach
    void open() {
        settings = TestDatabase.fresh();
        database = Database.open(settings, "bell-test", 0, 2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatAListenerAsksGoesOverTheBellsOwnConnectionTransactionsToo() {
        try (Bell bell = new Bell(settings, database, "bell-test")) {
            bell.onRing(ring -> {
                heard.add(who());
                heard.add(database.inTransaction(this::who));
                heard.add(who());
            });
            bell.start();
            await().until(() -> heard.size() >= 3);
        }
        assertThat(heard).isEqualTo(Collections.nCopies(3, "slipway-bell-test-bell"));
        assertThat(who()).isEqualTo("slipway-bell-test");
    }

    @Test
    void aListenersFailedTransactionLeavesTheConnectionUsable() {
        try (Bell bell = new Bell(settings, database, "bell-test")) {
            bell.onRing(ring -> {
                heard.add(ring);
                database.inTransaction(() ->
                        database.jdbc().sql("SELECT 1 / 0").query(Integer.class).single());
            });
            bell.onRing(ring -> heard.add(who()));
            bell.start();
            await().until(() -> heard.size() >= 2);
            Bell.ring(database, Topic.BUILD, 7);
            await().until(() -> heard.size() >= 4);
        }
        assertThat(heard)
                .containsExactly(
                        Ring.ANY, "slipway-bell-test-bell", new Ring(Topic.BUILD, 7, true), "slipway-bell-test-bell");
    }

    @Test
    void everythingIsLookedAtOnceAPeriodThoughItRingsAllTheTime() {
        try (Bell bell = new Bell(settings, database, "bell-test", Duration.ofMillis(200))) {
            bell.onRing(heard::add);
            bell.onRing(ring -> Bell.ring(database, Topic.LOG, heard.size()));
            bell.start();
            await().until(() -> Collections.frequency(heard, Ring.ANY) >= 3);
        }
        assertThat(heard.size()).isGreaterThan(Collections.frequency(heard, Ring.ANY));
    }

    @Test
    void aNotificationThatSaysNothingToUsMeansLookAtEverything() {
        try (Bell bell = new Bell(settings, database, "bell-test")) {
            bell.onRing(heard::add);
            bell.start();
            await().until(() -> heard.size() == 1);
            for (String payload : List.of("x", "NEW_TOPIC:1", "BUILD:x", ":", "")) {
                database.jdbc()
                        .sql("SELECT pg_notify('slipway', :payload)")
                        .param("payload", payload)
                        .query((row, n) -> 0)
                        .single();
            }
            Bell.ring(database, Topic.BUILD, 7);
            await().until(() -> heard.contains(new Ring(Topic.BUILD, 7, true)));
        }
        assertThat(heard).hasSize(7).startsWith(Ring.ANY, Ring.ANY, Ring.ANY, Ring.ANY, Ring.ANY, Ring.ANY);
    }

    @Test
    void aRingSaysWhetherItComesFromTheProgramThatHearsIt() {
        try (Bell bell = new Bell(settings, database, "bell-test");
                Database another = Database.open(settings, "another", 0, 1)) {
            bell.onRing(heard::add);
            bell.start();
            await().until(() -> heard.size() == 1);
            Bell.ring(database, Topic.RELEASE, 1);
            Bell.ring(another, Topic.RELEASE, 2);
            await().until(() -> heard.size() == 3);
        }
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        Ring.ANY, new Ring(Topic.RELEASE, 1, true), new Ring(Topic.RELEASE, 2, false));
    }

    private String who() {
        return database.jdbc().sql(WHO).query(String.class).single();
    }
}
