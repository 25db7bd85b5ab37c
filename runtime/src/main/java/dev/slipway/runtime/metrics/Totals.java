package dev.slipway.runtime.metrics;

import dev.slipway.runtime.engine.Usage;
import dev.slipway.runtime.router.DoorRules;
import dev.slipway.runtime.router.Latencies;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Counts since the program's start, for Prometheus (text format 0.0.4). Labels are apps' names and the ids of
/// instances that run: there are only so many. Thread-safe.
final class Totals {
    /// In seconds.
    private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    private static final String[] CLASSES = {"aborted", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final Map<Long, Sum> apps = new TreeMap<>();
    private List<Running> running = List.of();

    record Running(long app, String id, Usage usage) {}

    private static final class Sum {
        final long[] classes = new long[CLASSES.length];
        final long[] below = new long[BOUNDS.length];
        long count;
        double seconds;
        long starts;
    }

    synchronized void add(long app, Slot slot) {
        Sum sum = apps.computeIfAbsent(app, id -> new Sum());
        for (int i = 0; i < CLASSES.length; i++) {
            sum.classes[i] += slot.traffic().classes()[i];
        }
        int[] latencies = slot.traffic().latencies();
        for (int bucket = 0; bucket < latencies.length; bucket++) {
            double seconds = Latencies.end(bucket) / 1e6;
            sum.count += latencies[bucket];
            sum.seconds += latencies[bucket] * seconds;
            for (int i = 0; i < BOUNDS.length; i++) {
                sum.below[i] += seconds <= BOUNDS[i] ? latencies[bucket] : 0;
            }
        }
        sum.starts += slot.starts();
    }

    /// All that run now.
    synchronized void running(List<Running> instances) {
        running = List.copyOf(instances);
    }

    synchronized void keepOnly(Set<Long> appIds) {
        apps.keySet().retainAll(appIds);
    }

    /// @param names of apps; those without one aren't told
    /// @param turnedAway how many requests their rules did, by the app's name, in the order of [DoorRules.Refusal]
    synchronized String text(Map<Long, String> names, Map<String, long[]> turnedAway) {
        StringBuilder out = new StringBuilder();
        head(out, "slipway_app_requests_total", "counter", "Requests by the class of their answer");
        each(names, (name, sum) -> {
            for (int i = 0; i < CLASSES.length; i++) {
                line(out, "slipway_app_requests_total{app=\"%s\",code=\"%s\"} %d", name, CLASSES[i], sum.classes[i]);
            }
        });
        head(out, "slipway_app_request_duration_seconds", "histogram", "How long requests took");
        each(names, (name, sum) -> histogram(out, name, sum));
        head(out, "slipway_app_instance_starts_total", "counter", "Instances that were started");
        each(names, (name, sum) -> line(out, "slipway_app_instance_starts_total{app=\"%s\"} %d", name, sum.starts));
        head(out, "slipway_app_turned_away_total", "counter", "Requests that the app's rules of access refused");
        new TreeMap<>(turnedAway).forEach((name, counts) -> turnedAway(out, name, counts));
        instances(out, names);
        return out.toString();
    }

    private static void turnedAway(StringBuilder out, String name, long[] counts) {
        for (DoorRules.Refusal why : DoorRules.Refusal.values()) {
            String reason = why.name().toLowerCase(Locale.ROOT);
            line(
                    out,
                    "slipway_app_turned_away_total{app=\"%s\",reason=\"%s\"} %d",
                    name,
                    reason,
                    counts[why.ordinal()]);
        }
    }

    private static void histogram(StringBuilder out, String name, Sum sum) {
        String metric = "slipway_app_request_duration_seconds";
        for (int i = 0; i < BOUNDS.length; i++) {
            line(out, "%s_bucket{app=\"%s\",le=\"%s\"} %d", metric, name, BOUNDS[i], sum.below[i]);
        }
        line(out, "%s_bucket{app=\"%s\",le=\"+Inf\"} %d", metric, name, sum.count);
        line(out, "%s_sum{app=\"%s\"} %.6f", metric, name, sum.seconds);
        line(out, "%s_count{app=\"%s\"} %d", metric, name, sum.count);
    }

    private void instances(StringBuilder out, Map<Long, String> names) {
        head(out, "slipway_instance_cpu_seconds_total", "counter", "CPU time since the instance's start");
        for (Running one : running) {
            gauge(
                    out,
                    "slipway_instance_cpu_seconds_total",
                    names,
                    one,
                    one.usage().cpuNanos() / 1e9);
        }
        head(out, "slipway_instance_memory_bytes", "gauge", "Memory in use");
        for (Running one : running) {
            gauge(out, "slipway_instance_memory_bytes", names, one, one.usage().memoryBytes());
        }
        head(out, "slipway_instance_memory_limit_bytes", "gauge", "Memory that may be used");
        for (Running one : running) {
            gauge(
                    out,
                    "slipway_instance_memory_limit_bytes",
                    names,
                    one,
                    one.usage().limitBytes());
        }
    }

    private static void gauge(StringBuilder out, String metric, Map<Long, String> names, Running one, double value) {
        String app = names.getOrDefault(one.app(), "");
        line(out, "%s{app=\"%s\",instance=\"%s\"} %s", metric, app, one.id(), number(value));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }

    private interface Teller {
        void tell(String name, Sum sum);
    }

    private void each(Map<Long, String> names, Teller teller) {
        apps.forEach((id, sum) -> {
            String name = names.get(id);
            if (name != null) {
                teller.tell(name, sum);
            }
        });
    }

    private static void head(StringBuilder out, String metric, String type, String help) {
        line(out, "# HELP %s %s\n# TYPE %s %s", metric, help, metric, type);
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
