package dev.slipway.runtime.storage;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.volumes.Volume;
import dev.slipway.db.volumes.VolumeSize;
import dev.slipway.db.volumes.VolumeStore;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.VolumeUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Removes the data of volumes that somebody deleted by their names, and nothing else, and looks now and then how
/// large the others are. One thread, which may take its time.
public final class VolumeKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VolumeKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(20);
    /// A container that has a deleted volume is about to be removed.
    private static final Duration RETRY = Duration.ofSeconds(1);
    /// How old a size may be; less, as long as the volume itself was younger than that when it was looked at.
    private static final Duration STALE = Duration.ofMinutes(5);

    private final Engine engine;
    private final VolumeStore store;
    private final Semaphore rings = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("volumes").daemon().unstarted(this::run);

    public VolumeKeeper(Engine engine, Database database) {
        this.engine = engine;
        this.store = new VolumeStore(database);
    }

    public VolumeKeeper start() {
        thread.start();
        return this;
    }

    /// On the bell's thread.
    public void rung(Bell.Ring ring) {
        if (ring.topic() == Bell.Topic.APP) {
            rings.release();
        }
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (true) {
                if (rings.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    rings.drainPermits();
                }
                pause = look() ? LOOK : RETRY;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when something is left that can't be removed yet.
    private boolean look() {
        try {
            List<Volume> volumes = store.all();
            boolean removed = true;
            for (Volume volume : volumes) {
                removed &= volume.deletedBy() == null || remove(volume);
            }
            size(volumes);
            return removed;
        } catch (EngineException | DataAccessException | TransactionException e) {
            log.debug("volumes stay as they are until the next look", e);
            return true;
        } catch (RuntimeException e) {
            log.error("can't look at volumes", e);
            return true;
        }
    }

    private boolean remove(Volume volume) {
        boolean removed;
        try {
            removed = engine.removeVolume(volume.storage());
        } catch (EngineException.Refused e) {
            // the others mustn't wait for it
            log.warn("can't remove the volume {} of {}: {}", volume.name(), volume.app(), e.getMessage());
            return true;
        }
        if (removed) {
            store.removed(volume);
            log.info("removed the volume {} of {}, deleted by {}", volume.name(), volume.app(), volume.deletedBy());
        }
        return removed;
    }

    private void size(List<Volume> volumes) {
        Instant now = Instant.now();
        List<Volume> due = volumes.stream()
                .filter(volume -> volume.made() && volume.deletedBy() == null)
                .filter(volume -> isStale(volume, now))
                .toList();
        Map<String, VolumeUsage> sizes =
                engine.volumeUsage(due.stream().map(Volume::storage).toList());
        for (Volume volume : due) {
            VolumeUsage usage = sizes.get(volume.storage());
            if (usage != null) {
                store.sized(volume.id(), new VolumeSize(usage.bytes(), usage.whole(), Instant.now()));
            }
        }
    }

    private static boolean isStale(Volume volume, Instant now) {
        VolumeSize size = volume.size();
        if (size == null) {
            return true;
        }
        Duration age = Duration.between(volume.createdAt(), size.at());
        return size.at().plus(age.compareTo(STALE) < 0 ? age : STALE).isBefore(now);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
