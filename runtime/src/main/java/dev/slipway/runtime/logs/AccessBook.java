package dev.slipway.runtime.logs;

import dev.slipway.runtime.router.AccessLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes requests down, on a thread of its own. What comes faster than it writes is left out, and the log says how
/// much that was; each app has a queue of its own, so one's flood is nobody else's.
public final class AccessBook implements AccessLog, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccessBook.class);
    private static final int MOST_WAITING = 2_000;
    private static final int MOST_TAKEN = 200;
    private static final Duration BREATH = Duration.ofMillis(200);

    private final AppLogs logs;
    private final Map<Long, Waiting> apps = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writing;

    private record Waiting(ArrayBlockingQueue<Request> requests, AtomicLong leftOut) {
        Waiting() {
            this(new ArrayBlockingQueue<>(MOST_WAITING), new AtomicLong());
        }
    }

    /// @param logs of requests
    public AccessBook(AppLogs logs) {
        this.logs = logs;
        this.writing = Thread.ofVirtual().name("access-log").start(this::run);
    }

    @Override
    public void answered(Request request) {
        Waiting waiting = apps.get(request.appId());
        if (waiting == null) {
            waiting = apps.computeIfAbsent(request.appId(), id -> new Waiting());
        }
        if (!waiting.requests().offer(request)) {
            waiting.leftOut().incrementAndGet();
        }
    }

    private void run() {
        try {
            while (!closing.await(BREATH.toMillis(), TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes down what waits now.
    public synchronized void write() {
        apps.forEach((app, waiting) -> {
            try {
                write(app, waiting);
            } catch (IOException | RuntimeException e) { // whatever it is, others' requests are written
                log.debug("can't write down requests of app {}", app, e);
            }
        });
    }

    private void write(long app, Waiting waiting) throws IOException {
        for (int i = 0; i < MOST_WAITING; i++) {
            Request request = waiting.requests().poll();
            if (request == null) {
                break;
            }
            logs.of(app).request(request.instance(), request.at(), AccessLines.of(request));
        }
        long leftOut = waiting.leftOut().getAndSet(0);
        if (leftOut > 0) {
            logs.of(app).note("", "", leftOut + " requests left out: they came too fast to be written down");
        }
    }

    /// Forgets what waits of all other apps.
    public void keepOnly(Set<Long> appIds) {
        apps.keySet().retainAll(appIds);
    }

    /// Some of what was answered since [#close], for somebody else to write down.
    public List<Request> takeRest() {
        List<Request> rest = new ArrayList<>();
        apps.values().forEach(waiting -> waiting.requests().drainTo(rest, MOST_TAKEN));
        return rest;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            writing.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write();
    }
}
