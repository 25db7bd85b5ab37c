package dev.slipway.runtime.router;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// Counts the requests of each app. Thread-safe; counting a request takes two atomic additions.
public final class Traffic {
    /// The visitor went away before there was an answer.
    public static final int ABORTED = 0;

    private static final int CLASSES = 6;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Map<String, Counters> apps = new ConcurrentHashMap<>();
    private final Map<String, AtomicLongArray> refusals = new ConcurrentHashMap<>();

    private record Counters(AtomicIntegerArray classes, AtomicIntegerArray latencies) {
        Counters() {
            this(new AtomicIntegerArray(CLASSES), new AtomicIntegerArray(Latencies.BUCKETS));
        }
    }

    /// What was counted of an app.
    ///
    /// @param classes by the status's first digit; [#ABORTED] for none
    /// @param latencies by the buckets of [Latencies]; what became a tunnel isn't among them
    @SuppressWarnings("ArrayRecordComponent")
    public record Counts(int[] classes, int[] latencies) {
        /// One for all apps: most have no requests most of the time.
        public static final Counts NONE = new Counts(new int[CLASSES], new int[Latencies.BUCKETS]);

        public Counts {
            classes = classes.clone();
            latencies = latencies.clone();
        }

        /// How many requests there were.
        public int requests() {
            return IntStream.of(classes).sum();
        }

        /// Both together.
        public Counts plus(Counts later) {
            if (later.requests() == 0) {
                return this;
            }
            return requests() == 0 ? later : new Counts(sum(classes, later.classes), sum(latencies, later.latencies));
        }

        private static int[] sum(int[] a, int[] b) {
            int[] sum = new int[a.length];
            Arrays.setAll(sum, i -> a[i] + b[i]);
            return sum;
        }
    }

    /// @param status 0 when nothing was answered
    void answered(String app, int status, long nanos) {
        Counters counters = apps.get(app);
        if (counters == null) {
            counters = apps.computeIfAbsent(app, name -> new Counters());
        }
        counters.classes.incrementAndGet(Math.clamp(status / 100, ABORTED, CLASSES - 1));
        if (status != SWITCHING_PROTOCOLS) {
            counters.latencies.incrementAndGet(Latencies.bucket(nanos / 1_000));
        }
    }

    /// What somebody else has counted.
    public void add(String app, Counts counts) {
        Counters counters = apps.computeIfAbsent(app, name -> new Counters());
        add(counters.classes, counts.classes);
        add(counters.latencies, counts.latencies);
    }

    private static void add(AtomicIntegerArray counters, int[] more) {
        for (int i = 0; i < Math.min(counters.length(), more.length); i++) {
            if (more[i] > 0) {
                counters.addAndGet(i, more[i]);
            }
        }
    }

    /// Its rules refused a request.
    public void turnedAway(String app, DoorRules.Refusal why) {
        refusals.computeIfAbsent(app, name -> new AtomicLongArray(DoorRules.Refusal.values().length))
                .incrementAndGet(why.ordinal());
    }

    /// How many requests each app's rules have turned away since the start, in the order of [DoorRules.Refusal].
    public Map<String, long[]> turnedAway() {
        Map<String, long[]> counts = new HashMap<>();
        refusals.forEach((app, of) -> {
            long[] copy = new long[of.length()];
            Arrays.setAll(copy, of::get);
            counts.put(app, copy);
        });
        return counts;
    }

    /// What was counted since the last call, by app. Apps without requests aren't there; their counters stay, or a
    /// request that is being counted just now could be lost.
    public Map<String, Counts> drain() {
        Map<String, Counts> drained = new HashMap<>();
        apps.forEach((app, counters) -> {
            int[] classes = take(counters.classes);
            if (IntStream.of(classes).sum() > 0) {
                drained.put(app, new Counts(classes, take(counters.latencies)));
            }
        });
        return drained;
    }

    /// All that was counted of an app, as when it was deleted.
    public void forget(String app) {
        apps.remove(app);
        refusals.remove(app);
    }

    private static int[] take(AtomicIntegerArray counters) {
        int[] taken = new int[counters.length()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = counters.get(i) == 0 ? 0 : counters.getAndSet(i, 0);
        }
        return taken;
    }
}
