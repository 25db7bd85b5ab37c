package dev.slipway.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Visitors that keep asking an app over loopback, at most 100,000 times and for ten minutes, and remember each
/// answer that wasn't a 200.
final class Load implements AutoCloseable {
    private static final int MOST = 100_000;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(4);

    private final String host;
    private final URI uri;
    private final List<Thread> visitors = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> answers = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    private Load(String host, int port) {
        this.host = host;
        this.uri = URI.create("http://127.0.0.1:" + port + "/");
    }

    static Load on(TestPlatform platform, String app, int visitors) {
        Load load = new Load(platform.host(app), platform.port());
        for (int i = 0; i < visitors; i++) {
            load.visitors.add(Thread.ofVirtual().start(load::visit));
        }
        return load;
    }

    private void visit() {
        long end = System.nanoTime() + LONGEST;
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Host", host)
                    .timeout(Duration.ofSeconds(20))
                    .build();
            while (!stopped && System.nanoTime() < end && requests.incrementAndGet() <= MOST) {
                ask(http, request);
                java.util.concurrent.locks.LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void ask(HttpClient http, HttpRequest request) {
        inFlight.incrementAndGet();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                failures.add(answer.statusCode() + " "
                        + answer.body().lines().limit(3).toList());
            }
            answers.merge(answer.body().strip(), 1L, Long::sum);
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inFlight.decrementAndGet();
        }
    }

    long requests() {
        return requests.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /// How often each answer came.
    Map<String, Long> answers() {
        return Map.copyOf(answers);
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread visitor : visitors) {
            try {
                visitor.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
