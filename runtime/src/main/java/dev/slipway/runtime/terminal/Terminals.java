package dev.slipway.runtime.terminal;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.ContainerSpec;
import dev.slipway.runtime.engine.ContainerWatcher;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.engine.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The terminals that are open. None outlives this run of the runtime tier: what an earlier one left is removed. What
/// is typed and shown is kept nowhere.
public final class Terminals implements ContainerWatcher, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Terminals.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LEAVING = Duration.ofSeconds(3);

    private final Engine engine;
    private final TerminalLimits limits;
    private final Semaphore places;
    private final Map<String, TerminalSession> open = new ConcurrentHashMap<>();
    /// Also of those that are just being opened or removed.
    private final Set<String> ours = ConcurrentHashMap.newKeySet();
    /// By id, the apps of those that are open or just being opened.
    private final Map<String, Long> apps = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("terminal-", 0).factory());
    private volatile @Nullable TerminalSource source;
    private volatile boolean closed;

    /// @param engine whose watchers needn't know of these containers
    public Terminals(Engine engine, TerminalLimits limits) {
        this.engine = engine;
        this.limits = limits;
        this.places = new Semaphore(limits.most());
    }

    /// What can be said to somebody who wants a terminal and can't have one.
    static final class NoTerminal extends Exception {
        private static final long serialVersionUID = 1;

        NoTerminal(String sentence) {
            super(sentence);
        }
    }

    /// From now on there can be some, and what is overdue ends.
    public void start(TerminalSource containers) {
        source = containers;
        threads.execute(this::watch);
    }

    /// Runs a command in a terminal until it ends, or the one who looks hangs up.
    ///
    /// @param stage where its frames are shown
    void run(long appId, List<String> command, Terminal.Size size, Stage stage) throws IOException, NoTerminal {
        if (closed || !places.tryAcquire()) {
            throw new NoTerminal("there are already " + limits.most() + " terminals");
        }
        String id = newId();
        ours.add(id);
        try {
            if (!enter(id, appId)) {
                throw new NoTerminal("the app has already " + limits.mostOfApp() + " terminals");
            }
            Terminal terminal = open(appId, id, command, size);
            try {
                serve(id, new TerminalSession(appId, terminal, stage.begin(id)));
            } finally {
                apps.remove(id);
                terminal.close();
                remove(terminal.containerId());
            }
        } finally {
            apps.remove(id);
            ours.remove(id);
            places.release();
        }
    }

    private synchronized boolean enter(String id, long appId) {
        if (Collections.frequency(apps.values(), appId) >= limits.mostOfApp()) {
            return false;
        }
        apps.put(id, appId);
        return true;
    }

    /// Where a terminal is shown.
    @FunctionalInterface
    interface Stage {
        OutputStream begin(String id) throws IOException;
    }

    private Terminal open(long appId, String id, List<String> command, Terminal.Size size) throws NoTerminal {
        try {
            TerminalSource containers = source;
            if (containers == null) {
                throw new NoTerminal("the runtime tier is just starting");
            }
            ContainerSpec spec = containers
                    .container(appId, id, command)
                    .orElseThrow(() -> new NoTerminal("nothing of the app is live yet"));
            return engine.terminal(spec, size);
        } catch (EngineException e) {
            throw new NoTerminal("it can't be started: " + e.getMessage());
        }
    }

    private void serve(String id, TerminalSession session) throws IOException {
        open.put(id, session);
        threads.execute(() -> guard(session));
        try {
            tell(session);
            String reason = session.reason();
            session.tellEnd(reason == null ? ended(session.containerId()) : reason);
        } finally {
            open.remove(id);
            session.end("");
        }
    }

    /// Who doesn't listen any more is found out by telling something.
    private void guard(TerminalSession session) {
        try {
            while (session.reason() == null) {
                Thread.sleep(LOOK);
                session.proveAlive();
            }
        } catch (IOException gone) {
            session.end("Nobody looks any more.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Somebody else's end of it, or a broken connection to the engine, is an end like any other.
    private static void tell(TerminalSession session) throws IOException {
        try {
            session.tell();
        } catch (IOException e) {
            if (session.reason() == null) {
                throw e;
            }
        }
    }

    private String ended(String containerId) {
        try {
            Optional<Container.Status> status = engine.inspect(containerId).map(Container::status);
            return status.orElse(null) instanceof Container.Status.Exited(int code, boolean outOfMemory)
                    ? words(code, outOfMemory)
                    : "The connection to it was lost.";
        } catch (EngineException e) {
            return "Docker went away.";
        }
    }

    private static String words(int code, boolean outOfMemory) {
        if (outOfMemory) {
            return "It ended because it needed more memory than the app's limit.";
        }
        return code == 127 ? "The image has no such program (exit code 127)." : "It ended with exit code " + code + ".";
    }

    /// Empty when there is no such terminal of this app.
    Optional<TerminalSession> find(long appId, String id) {
        return Optional.ofNullable(open.get(id)).filter(session -> session.appId() == appId);
    }

    /// Ends those of apps that are gone.
    public void keepOnly(Set<Long> apps) {
        open.values().stream()
                .filter(session -> !apps.contains(session.appId()))
                .forEach(session -> session.end("The app was deleted."));
    }

    /// What isn't removed now is when it is listed.
    private void remove(String containerId) {
        try {
            engine.stop(containerId, closed ? Duration.ZERO : GRACE);
            engine.remove(containerId);
        } catch (EngineException e) {
            log.debug("a terminal's container is removed later", e);
        }
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(LOOK);
                Instant now = Instant.now();
                for (TerminalSession session : open.values()) {
                    Optional.ofNullable(session.overdue(now, limits)).ifPresent(session::end);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Removes what an earlier run left.
    @Override
    public void listed(List<Container> containers) {
        for (Container container : containers) {
            String id = container.label(Labels.TERMINAL);
            if (id != null && !closed && !ours.contains(id)) {
                threads.execute(() -> remove(container.id()));
            }
        }
    }

    private static String newId() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /// Ends all of them, with a word to who looks.
    @Override
    public void close() {
        closed = true;
        open.values().forEach(session -> session.end("The runtime tier was restarted. Open another terminal."));
        try {
            if (!places.tryAcquire(limits.most(), LEAVING.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("containers of terminals that are left are removed by the next run");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
