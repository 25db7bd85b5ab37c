package dev.slipway.ui.preview;

import dev.slipway.db.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A busy app's metrics, as the runtime tier tells them.
final class SampleMetrics {
    private static final Map<String, int[]> RANGES = Map.of(
            "1h", new int[] {10, 3_600}, "6h", new int[] {60, 21_600}, "24h", new int[] {300, 86_400}, "7d", new int[] {
                1_800, 604_800
            });

    record Page(int stepSeconds, List<Point> points) {}

    record Point(
            String at,
            int requests,
            int success,
            int redirects,
            int clientErrors,
            int serverErrors,
            int aborted,
            double p50Millis,
            double p95Millis,
            double p99Millis,
            int starts,
            List<Use> instances) {}

    record Use(String id, double cpu, long memoryBytes, long limitBytes) {}

    private SampleMetrics() {}

    static String page(String range) {
        int[] stepAndLength = RANGES.getOrDefault(range, new int[] {10, 3_600});
        int step = stepAndLength[0];
        int length = stepAndLength[1];
        long now = Instant.now().getEpochSecond() / step * step;
        Random random = new Random(7);
        List<Point> points = new ArrayList<>();
        for (long at = now - length; at < now; at += step) {
            double day = 1 + 0.6 * Math.sin(at / 900.0) + 0.15 * random.nextGaussian();
            int success = (int) (Math.max(0.1, day) * 40 * step);
            boolean trouble = at % 5_400 < step * 3L;
            int errors = trouble ? success / 9 : 0;
            double slow = trouble ? 4 : 1;
            points.add(new Point(
                    Instant.ofEpochSecond(at).toString(),
                    success + errors + step,
                    success,
                    0,
                    step,
                    errors,
                    0,
                    8 * slow + random.nextDouble(),
                    31 * slow + 4 * random.nextDouble(),
                    74 * slow + 20 * random.nextDouble(),
                    trouble && at % 5_400 < step ? 2 : 0,
                    List.of(use("shop-4-k3m9qzpa", day, random), use("shop-4-x7rt2bnc", day * 0.8, random))));
        }
        return Json.write(new Page(step, points));
    }

    private static Use use(String id, double day, Random random) {
        return new Use(
                id,
                Math.max(0.02, 0.3 * day + 0.03 * random.nextGaussian()),
                (long) ((150 + 60 * day) * (1 << 20)),
                512L << 20);
    }
}
