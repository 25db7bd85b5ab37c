package dev.slipway.platform.source;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.events.Event;
import dev.slipway.db.source.SeenHeads;
import dev.slipway.db.source.SeenHeads.SeenHead;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds heads of hosted apps that moved without a build being queued: the server died in between, or the app's
/// branch was changed.
final class HeadRecovery {
    private static final Logger log = LoggerFactory.getLogger(HeadRecovery.class);

    private final AppStore apps;
    private final Repositories repositories;
    private final HeadReceipts heads;
    private final SeenHeads seen;
    /// The last ones, by app.
    private final Map<Long, HeadLook> looks = new ConcurrentHashMap<>();

    HeadRecovery(Database database, Repositories repositories, HeadReceipts heads) {
        this.apps = new AppStore(database);
        this.seen = new SeenHeads(database);
        this.repositories = repositories;
        this.heads = heads;
    }

    /// Looks also when an app was changed: its branch may be one whose head is here already. Close the result to
    /// stop that.
    AutoCloseable listen(Bell bell) {
        return bell.onRing(ring -> {
            if (ring.topic() == Bell.Topic.APP) {
                Thread.ofVirtual().name("recovery-look").start(() -> recoverChanged(ring.id()));
            }
        });
    }

    private void recoverChanged(long appId) {
        try {
            apps.find(appId).filter(this::hasRepository).ifPresent(this::recover);
        } catch (RuntimeException e) {
            log.warn("the next round looks at the head of app {}", appId, e);
        }
    }

    /// Compares all heads with what was seen, and queues what was missed. Returns how many builds it queued.
    int recover() {
        List<App> all = apps.all();
        looks.keySet().retainAll(all.stream().map(App::id).collect(Collectors.toSet()));
        Set<SeenHead> decided = seen.all();
        int queued = 0;
        for (App app : all) {
            if (hasRepository(app) && !isDecided(app, decided) && recover(app)) {
                queued++;
            }
        }
        return queued;
    }

    private boolean hasRepository(App app) {
        return app.source() instanceof Source.Hosted && repositories.exists(app);
    }

    /// Without opening its repository; false when that can't be said.
    private boolean isDecided(App app, Set<SeenHead> decided) {
        String branch = app.source().branch();
        HeadLook last = looks.get(app.id());
        return last != null
                && last.holds(branch)
                && last.head()
                        .map(head -> decided.contains(new SeenHead(app.id(), branch, head)))
                        .orElse(true);
    }

    /// Was a build queued?
    private boolean recover(App app) {
        Lock moving = heads.moving(app.id());
        moving.lock();
        try (Repository repository = repositories.open(app)) {
            HeadLook look = HeadLook.at(repository, app.source().branch());
            looks.put(app.id(), look);
            if (look.head().isEmpty() || look.head().equals(seen.find(app.id(), look.branch()))) {
                return false;
            }
            if (heads.receive(app, repository, BuildCause.RECOVERY, Event.SLIPWAY) instanceof Receipt.Queued found) {
                log.info(
                        "build {} of {} queued: its head {} had been missed",
                        found.build().number(),
                        app.name(),
                        found.build().commit().id());
                return true;
            }
            return false;
        } catch (IOException | RuntimeException e) {
            log.error("the head of {} can't be compared with what was seen", app.name(), e);
            return false;
        } finally {
            moving.unlock();
        }
    }
}
