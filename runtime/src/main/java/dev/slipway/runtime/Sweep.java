package dev.slipway.runtime;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Sees to it that nothing is kept of deleted apps: when an app changed, and every hour anyway.
final class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final Duration PERIOD = Duration.ofHours(1);

    private final AppStore apps;
    private final List<Consumer<Set<Long>>> keepers;
    private long sweptAt = System.nanoTime() - PERIOD.toNanos();

    /// @param keepers are told whose things they keep
    Sweep(Database database, List<Consumer<Set<Long>>> keepers) {
        this.apps = new AppStore(database);
        this.keepers = List.copyOf(keepers);
    }

    /// On the bell's thread.
    void rung(Bell.Ring ring) {
        long now = System.nanoTime();
        if (ring.topic() == Bell.Topic.APP || now - sweptAt >= PERIOD.toNanos()) {
            try {
                Set<Long> ids = apps.all().stream().map(App::id).collect(Collectors.toSet());
                keepers.forEach(keeper -> keeper.accept(ids));
                sweptAt = now;
            } catch (DataAccessException | TransactionException e) {
                log.debug("can't say which apps there are", e);
            }
        }
    }
}
