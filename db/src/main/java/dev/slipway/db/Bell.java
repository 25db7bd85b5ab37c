package dev.slipway.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The early bell: rings listeners when another program changed something (PostgreSQL's LISTEN/NOTIFY).
///
/// A bell is a hint and never the truth: notifications are lost while the connection is down, so listeners look
/// at the tables, and are rung with [Topic#ANY] after each (re)connect and once a period. Listeners run on the
/// bell's one thread and must return soon; their statements go over the bell's connection, so that a program
/// which only waits needs no other one.
public final class Bell implements AutoCloseable {
    /// What changed. The id is the row's (a build's for `LOG`), 0 with `ANY`.
    public enum Topic {
        ANY,
        QUEUE,
        BUILD,
        LOG,
        RELEASE,
        INSTANCE,
        APP,
        WORKER
    }

    /// One ring.
    ///
    /// @param own this program changed it itself
    public record Ring(Topic topic, long id, boolean own) {
        static final Ring ANY = new Ring(Topic.ANY, 0);
        private static final Pattern PAYLOAD = Pattern.compile("([A-Z]+):([0-9]{1,18}):([0-9a-f-]+)");

        /// Somebody else's.
        public Ring(Topic topic, long id) {
            this(topic, id, false);
        }

        static Ring parse(String payload, String program) {
            Matcher parts = PAYLOAD.matcher(payload);
            try {
                return parts.matches()
                        ? new Ring(
                                Topic.valueOf(parts.group(1)),
                                Long.parseLong(parts.group(2)),
                                parts.group(3).equals(program))
                        : ANY;
            } catch (IllegalArgumentException fromAnotherVersion) {
                return ANY;
            }
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Bell.class);
    private static final String CHANNEL = "slipway";
    private static final Duration PERIOD = Duration.ofSeconds(20);

    private final DatabaseSettings settings;
    private final Database database;
    private final String program;
    private final Duration period;
    private final CopyOnWriteArrayList<Consumer<List<Ring>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection connection;

    /// Rings [Topic#ANY] every 20 s.
    public Bell(DatabaseSettings settings, Database database, String program) {
        this(settings, database, program, PERIOD);
    }

    /// Rings [Topic#ANY] every `period`.
    public Bell(DatabaseSettings settings, Database database, String program, Duration period) {
        this.settings = settings;
        this.database = database;
        this.program = program;
        this.period = period;
        this.thread = Thread.ofPlatform().name("bell").daemon().unstarted(this::listen);
    }

    /// Notifies all programs when (and if) the surrounding transaction commits.
    public static void ring(Database database, Topic topic, long id) {
        database.jdbc()
                .sql("SELECT pg_notify(:channel, :payload)")
                .param("channel", CHANNEL)
                .param("payload", topic + ":" + id + ":" + database.id())
                .query((row, n) -> 0)
                .single();
    }

    /// Adds a listener; close the result to remove it.
    public AutoCloseable onRing(Consumer<Ring> listener) {
        return onRings(rings -> rings.forEach(ring -> tell(listener, ring)));
    }

    /// Adds a listener that hears at once what rings at once, by one transaction for instance; close the result to
    /// remove it.
    public AutoCloseable onRings(Consumer<List<Ring>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public Bell start() {
        thread.start();
        return this;
    }

    private void listen() {
        boolean away = false;
        while (!closed) {
            try (Connection c = connect()) {
                connection = c;
                away = false;
                database.on(c, () -> deliver(List.of(Ring.ANY)));
                long next = System.nanoTime() + period.toNanos(); // a clock that is set moves it by nothing
                while (!closed) {
                    List<Ring> rings = await(c, next);
                    if (rings.isEmpty() || System.nanoTime() - next >= 0) {
                        proveAlive(c);
                        next = System.nanoTime() + period.toNanos();
                        rings.add(Ring.ANY);
                    }
                    database.on(c, () -> deliver(rings));
                }
            } catch (SQLException e) {
                if (!closed) {
                    if (!away) {
                        log.warn(
                                "lost the database ({}); connecting again until it is back",
                                DatabaseIdentity.reason(e));
                    }
                    away = true;
                    pause();
                }
            }
        }
    }

    /// Empty when none came until then.
    ///
    /// @param until of [System#nanoTime]
    private List<Ring> await(Connection c, long until) throws SQLException {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
        PGNotification[] notifications = c.unwrap(PGConnection.class).getNotifications((int) millis);
        List<Ring> rings = new ArrayList<>();
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                rings.add(Ring.parse(notification.getParameter(), database.id()));
            }
        }
        return rings;
    }

    private static void proveAlive(Connection c) throws SQLException {
        try (Statement statement = c.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "slipway-" + program + "-bell");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketTimeout", "60");
        Connection c = DriverManager.getConnection(settings.url(), properties);
        try (Statement statement = c.createStatement()) {
            if (settings.identity() != null) {
                statement.execute(DatabaseIdentity.proof(settings.identity()));
            }
            statement.execute("LISTEN " + CHANNEL);
            return c;
        } catch (SQLException e) {
            c.close();
            throw e;
        }
    }

    private void deliver(List<Ring> rings) {
        listeners.forEach(listener -> tell(listener, rings));
    }

    private static <T> void tell(Consumer<T> listener, T what) {
        try {
            listener.accept(what);
        } catch (RuntimeException e) {
            log.error("a listener failed on {}", what, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection c = connection;
        if (c != null) {
            try {
                c.close();
            } catch (SQLException e) {
                log.debug("closing the bell's connection", e);
            }
        }
    }
}
