package dev.slipway.platform.source;

import dev.slipway.db.Bell;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.events.Event;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
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

    HeadRecovery(AppStore apps, Repositories repositories, HeadReceipts heads) {
        this.apps = apps;
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
            apps.find(appId).ifPresent(this::recoverIfHosted);
        } catch (RuntimeException e) {
            log.warn("the next round looks at the head of app {}", appId, e);
        }
    }

    /// Compares all heads with what was seen, and queues what was missed. Returns how many builds it queued.
    int recover() {
        int queued = 0;
        for (App app : apps.all()) {
            if (recoverIfHosted(app)) {
                queued++;
            }
        }
        return queued;
    }

    private boolean recoverIfHosted(App app) {
        if (app.source() instanceof Source.Hosted
                && repositories.exists(app)
                && recover(app) instanceof Receipt.Queued found) {
            log.info(
                    "build {} of {} queued: its head {} had been missed",
                    found.build().number(),
                    app.name(),
                    found.build().commit().id());
            return true;
        }
        return false;
    }

    private Receipt recover(App app) {
        Lock moving = heads.moving(app.id());
        moving.lock();
        try (Repository repository = repositories.open(app)) {
            return heads.isNew(app, repository)
                    ? heads.receive(app, repository, BuildCause.RECOVERY, Event.SLIPWAY)
                    : new Receipt.NoHead();
        } catch (IOException | RuntimeException e) {
            log.error("the head of {} can't be compared with what was seen", app.name(), e);
            return new Receipt.NoHead();
        } finally {
            moving.unlock();
        }
    }
}
