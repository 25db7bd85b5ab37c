package dev.slipway.runtime.drains;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.addresses.Reachable;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.drains.Drain;
import dev.slipway.db.drains.DrainStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.runtime.logs.AppLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// All drains, kept like their table. Without the database those that are known go on.
public final class Drains implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Drains.class);
    private static final Duration SENDING = Duration.ofSeconds(20);
    /// A test that was asked for before the drain was first seen.
    private static final Duration JUST_NOW = Duration.ofSeconds(30);

    private final Database database;
    private final DrainStore drains;
    private final AppStore apps;
    private final MasterKey key;
    private final Wire wire;
    private final String platform;
    private final Deadlines deadlines = new Deadlines(SENDING);
    private final DrainRun.Surroundings surroundings;
    private final Map<Long, DrainRun> runs = new ConcurrentHashMap<>();
    private final Map<Long, Instant> tested = new HashMap<>();
    /// Of which it was said that they can't begin.
    private final Set<Long> stuck = new HashSet<>();

    /// @param platform the platform's own domain, which sends
    /// @param reachable where drains may lead
    public record Settings(Path home, String platform, Reachable reachable, SSLSocketFactory tls) {}

    /// @param output what instances write
    /// @param requests what the front door writes down
    public Drains(Settings settings, Database database, MasterKey key, AppLogs output, AppLogs requests) {
        this.database = database;
        this.drains = new DrainStore(database);
        this.apps = new AppStore(database);
        this.key = key;
        this.wire = new Wire(settings.reachable(), settings.tls());
        this.platform = settings.platform();
        this.surroundings = new DrainRun.Surroundings(
                output, requests, settings.home().resolve("runtime").resolve("drains"), deadlines);
    }

    /// Another program changed something, or it is time to look anyway. On the bell's thread.
    public void rung(Bell.Ring ring) {
        switch (ring.topic()) {
            case ANY, APP -> look();
            case QUEUE, BUILD, LOG, RELEASE, INSTANCE, WORKER -> {}
        }
    }

    private void look() {
        try {
            List<Drain> wanted = drains.all();
            Set<Long> ids = wanted.stream().map(Drain::id).collect(Collectors.toSet());
            for (DrainRun run : List.copyOf(runs.values())) {
                if (!ids.contains(run.drain().id())) {
                    end(run);
                }
            }
            stuck.retainAll(ids);
            wanted.forEach(this::keepUp);
        } catch (DataAccessException | TransactionException e) {
            log.debug("can't read the log drains, so they go on as they are", e);
        }
    }

    /// One that can't begin doesn't keep the others from it.
    private void keepUp(Drain drain) {
        try {
            DrainRun run = runs.get(drain.id());
            if (run == null) {
                run = begin(drain);
                runs.put(drain.id(), run);
                stuck.remove(drain.id());
            }
            testIfAsked(drain, run);
        } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
            if (stuck.add(drain.id())) {
                log.error("drain {} can't begin: {}", drain.id(), e.getMessage());
            }
        }
    }

    private void end(DrainRun run) {
        runs.remove(run.drain().id());
        tested.remove(run.drain().id());
        try {
            run.forget();
        } catch (IOException e) {
            log.warn("can't forget drain {}", run.drain().id(), e);
        }
    }

    private DrainRun begin(Drain drain) {
        String app = apps.find(drain.appId())
                .map(App::name)
                .map(Object::toString)
                .orElseThrow(() -> new IllegalStateException("there is no app " + drain.appId()));
        String authorization = drains.secret(drain.id())
                .map(encrypted -> key.decrypt(DrainStore.SECRET_PURPOSE, encrypted))
                .orElse("");
        return new DrainRun(drain, surroundings, () -> outlet(drain, app, authorization));
    }

    private Outlet outlet(Drain drain, String app, String authorization) {
        SyslogStream.Sender sender = new SyslogStream.Sender(platform, app);
        return switch (drain.address().protocol()) {
            case SYSLOG_TCP, SYSLOG_TLS -> new SyslogStream(wire, drain.address(), sender);
            case SYSLOG_UDP -> new SyslogDatagrams(wire, drain.address(), sender);
            case HTTP, HTTPS ->
                new HttpPost(
                        wire,
                        drain.address(),
                        app,
                        new HttpPost.Form(authorization, drain.settings().gzip()));
        };
    }

    private void testIfAsked(Drain drain, DrainRun run) {
        Instant asked = drain.testedAt();
        if (asked == null || asked.equals(tested.get(drain.id()))) {
            return;
        }
        boolean longAgo = asked.isBefore(Instant.now().minus(JUST_NOW));
        if (longAgo || run.test(asked, () -> tell(drain))) {
            tested.put(drain.id(), asked);
        }
    }

    /// Who looks at the drain sees what came of its test.
    private void tell(Drain drain) {
        try {
            Bell.ring(database, Bell.Topic.APP, drain.appId());
        } catch (DataAccessException | TransactionException e) {
            log.debug("can't ring", e);
        }
    }

    /// How an app's drains do.
    List<DrainHealth> health(long appId) {
        return runs.values().stream()
                .filter(run -> run.drain().appId() == appId)
                .map(DrainRun::health)
                .toList();
    }

    @Override
    public void close() {
        runs.values().forEach(DrainRun::close);
        deadlines.close();
    }
}
