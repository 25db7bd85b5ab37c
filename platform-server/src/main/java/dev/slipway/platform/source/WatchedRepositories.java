package dev.slipway.platform.source;

import dev.slipway.db.Bell;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.events.Event;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.apps.RepositoryCredentials;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches watched repositories when they are due (the table says when), a few at once, an app's never twice at
/// a time; each new head becomes a build.
final class WatchedRepositories implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchedRepositories.class);
    private static final int AT_ONCE = 4;
    private static final int DUE_LIMIT = 100;

    private final AppStore apps;
    private final MasterKey masterKey;
    private final Repositories repositories;
    private final Fetcher fetcher;
    private final HeadReceipts heads;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    private final Set<Long> announced = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    WatchedRepositories(
            AppStore apps, MasterKey masterKey, Repositories repositories, Fetcher fetcher, HeadReceipts heads) {
        this.apps = apps;
        this.masterKey = masterKey;
        this.repositories = repositories;
        this.fetcher = fetcher;
        this.heads = heads;
    }

    /// Looks also when an app was made, changed, or should be fetched soon. Close the result to stop that.
    AutoCloseable listen(Bell bell) {
        return bell.onRing(ring -> {
            if (ring.topic() == Bell.Topic.APP || ring.topic() == Bell.Topic.ANY) {
                Thread.ofVirtual().name("fetch-look").start(this::look);
            }
        });
    }

    /// A webhook says that something was pushed there. Committed when this returns: a crash only delays the
    /// fetch.
    void announce(long appId) {
        announced.add(appId);
        apps.fetchSoon(appId);
        look();
    }

    /// Starts fetching what is due. Returns at once.
    void look() {
        if (closed) {
            return;
        }
        for (App app : apps.dueForFetch(DUE_LIMIT)) {
            if (app.source() instanceof Source.Watched watched && busy.add(app.id())) {
                Thread.ofVirtual().name("fetch-" + app.name()).start(() -> fetch(app, watched));
            }
        }
    }

    private void fetch(App app, Source.Watched watched) {
        places.acquireUninterruptibly();
        Instant started = Instant.now();
        try {
            BuildCause cause = announced.remove(app.id()) ? BuildCause.WEBHOOK : BuildCause.POLL;
            apps.fetched(app.id(), started, fetch(app, watched, cause));
        } catch (RuntimeException e) {
            log.error("fetching for {} failed", app.name(), e);
        } finally {
            places.release();
            busy.remove(app.id());
        }
    }

    /// Returns what went wrong, as a sentence; null when nothing did.
    private @Nullable String fetch(App app, Source.Watched watched, BuildCause cause) {
        try (Repository mirror = repositories.open(app)) {
            fetcher.fetch(watched.url(), watched.branch(), credentials(app, watched.url()), mirror);
            if (heads.receive(app, mirror, cause, Event.SLIPWAY) instanceof Receipt.Queued queued) {
                log.info(
                        "build {} of {} queued: {} has a new head {}",
                        queued.build().number(),
                        app.name(),
                        watched.url(),
                        queued.build().commit().id());
            }
            return null;
        } catch (Fetcher.FetchException e) {
            log.info("{}: {}", app.name(), e.sentence());
            log.debug("because", e);
            return e.sentence();
        } catch (IOException | RuntimeException e) {
            log.error("fetching for {} failed", app.name(), e);
            return "Slipway couldn't store what it fetched; the log of the platform server says why. It will be tried again.";
        }
    }

    private @Nullable RepositoryCredentials credentials(App app, String url) {
        byte[] secret = apps.repositorySecret(app.id(), url);
        return secret == null ? null : RepositoryCredentials.decrypt(masterKey, secret);
    }

    @Override
    public void close() {
        closed = true;
    }
}
