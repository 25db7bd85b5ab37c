package dev.slipway.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Visitors of one app over loopback: a constant 200 requests/s over connections that are kept alive, requests
/// that take 5 s, and WebSockets. It ends by itself after an hour.
final class Storm implements AutoCloseable {
    private static final int RATE = 200;
    private static final int CONNECTIONS = 8;
    private static final int SLOW = 4;
    private static final int SOCKETS = 4;
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1) * CONNECTIONS / RATE;
    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);
    private static final int CLOSE = 8;

    private final String host;
    private final int port;
    private final Timeline timeline;
    private final long end = System.nanoTime() + LONGEST;
    private final List<Thread> visitors = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();
    private final AtomicInteger frames = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cut = new AtomicInteger();
    private final Kill kill = new Kill();
    private volatile Samples latencies = new Samples();
    private volatile boolean over;

    Storm(int port, String host, Timeline timeline) {
        this.port = port;
        this.host = host;
        this.timeline = timeline;
        startSteady();
        start(SLOW, this::slow);
        start(SOCKETS, this::socket);
    }

    private void start(int count, Runnable visitor) {
        for (int i = 0; i < count; i++) {
            visitors.add(Thread.ofVirtual().start(visitor));
        }
    }

    /// One after the other, so that requests come evenly and not in bursts of all connections.
    private void startSteady() {
        for (int i = 0; i < CONNECTIONS; i++) {
            long first = System.nanoTime() + i * PERIOD / CONNECTIONS;
            visitors.add(Thread.ofVirtual().start(() -> visit("a steady request", first, PERIOD, requests, "/")));
        }
    }

    /// Requests that were answered, the slow ones and WebSocket frames.
    @Override
    public String toString() {
        return requests + " requests, " + slow + " slow ones, " + frames + " WebSocket frames, " + cut
                + " connections cut by kills, " + failures.size() + " failed";
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    int requests() {
        return requests.get();
    }

    /// kill -9 of what stands between the visitors and the app: connections that exist when it dies may be cut,
    /// each once. Those that come later must be answered.
    void kill(ProcessHandle process) {
        kill.of(process);
    }

    /// The steady requests' latencies since the last call.
    Samples takeLatencies() {
        Samples taken = latencies;
        latencies = new Samples();
        return taken;
    }

    private void slow() {
        visit("a slow request", System.nanoTime(), 0, slow, "/slow");
    }

    private void visit(String what, long first, long period, AtomicInteger count, String path) {
        long next = first;
        LockSupport.parkNanos(next - System.nanoTime());
        while (goesOn()) {
            long opened = System.nanoTime();
            try (HttpSocket http = new HttpSocket("127.0.0.1", port, host)) {
                opened = System.nanoTime();
                while (goesOn() && !http.ended()) {
                    ask(what, http, path);
                    count.incrementAndGet();
                    next = turnAfter(next, period, System.nanoTime());
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            } catch (IOException e) {
                failOrCut(what, e, opened);
            }
        }
    }

    /// Whoever was held up for long leaves out whole turns: visitors who were held up together would come together
    /// from then on, and wait for each other.
    static long turnAfter(long last, long period, long now) {
        if (period == 0) {
            return now;
        }
        long late = now - last - period;
        return late <= period ? last + period : last + period + late / period * period;
    }

    private void ask(String what, HttpSocket http, String path) throws IOException {
        Timeline.Moment begun = timeline.begin();
        long asked = System.nanoTime();
        HttpSocket.Answer answer = http.get(path);
        if (path.equals("/")) {
            latencies.add(java.time.Duration.ofNanos(System.nanoTime() - asked));
        }
        if (answer.status() != 200) {
            fail(what, answer.status() + " " + answer.body().lines().limit(3).toList());
            return;
        }
        String wrong = timeline.check(begun, answer.body());
        if (!wrong.isEmpty()) {
            fail(what, wrong);
        }
    }

    /// Connects again when it is told that the instance goes away; being cut off without a word is a failure.
    private void socket() {
        while (goesOn()) {
            long opened = System.nanoTime();
            try (HttpSocket http = new HttpSocket("127.0.0.1", port, host)) {
                opened = System.nanoTime();
                http.upgrade("/socket");
                while (goesOn() && http.frame() != CLOSE) {
                    frames.incrementAndGet();
                }
            } catch (IOException e) {
                failOrCut("a WebSocket", e, opened);
            }
        }
    }

    private void failOrCut(String what, IOException how, long opened) {
        boolean refused = how instanceof ConnectException; // the door was shut: no kill is an excuse for that
        if (!refused && kill.excuses(opened)) {
            cut.incrementAndGet();
        } else {
            fail(what, how.toString());
        }
    }

    private void fail(String what, String how) {
        failures.add(what + ": " + how);
        LockSupport.parkNanos(PERIOD);
    }

    private boolean goesOn() {
        return !over && System.nanoTime() < end;
    }

    /// Returns when the last request is answered.
    @Override
    public void close() {
        over = true;
        for (Thread visitor : visitors) {
            try {
                visitor.join();
            } catch (InterruptedException e) {
                throw Run.interrupted(e);
            }
        }
    }
}
