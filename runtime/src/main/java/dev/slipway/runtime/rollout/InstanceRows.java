package dev.slipway.runtime.rollout;

import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/// Writes instances' rows in the background, so that no rollout waits for it; while the database is away, the
/// newest row of each is kept.
final class InstanceRows implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InstanceRows.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final InstanceStore store;
    private final Map<String, Instance> waiting = new LinkedHashMap<>();
    private final Thread writer;
    private boolean closing;

    InstanceRows(InstanceStore store) {
        this.store = store;
        this.writer = Thread.ofVirtual().name("instance-rows").start(this::write);
    }

    synchronized void save(Instance row) {
        waiting.put(row.id(), row);
        notifyAll();
    }

    private void write() {
        for (Instance row = next(); row != null; row = next()) {
            try {
                store.save(row);
            } catch (DataIntegrityViolationException e) {
                log.debug("the app or release of instance {} is gone", row.id(), e);
            } catch (DataAccessException | TransactionException e) {
                log.debug("can't write the row of instance {}", row.id(), e);
                if (!retry(row)) {
                    return;
                }
            } catch (RuntimeException e) {
                log.error("the row of instance {} can't be written", row.id(), e);
            }
        }
    }

    private synchronized @Nullable Instance next() {
        try {
            while (waiting.isEmpty()) {
                if (closing) {
                    return null;
                }
                wait();
            }
            Iterator<Instance> rows = waiting.values().iterator();
            Instance row = rows.next();
            rows.remove();
            return row;
        } catch (InterruptedException e) {
            return null;
        }
    }

    private synchronized boolean retry(Instance row) {
        waiting.putIfAbsent(row.id(), row);
        if (closing) {
            return false;
        }
        try {
            wait(RETRY.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /// Writes what waits, for a short while.
    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        writer.join(Duration.ofSeconds(2));
    }
}
