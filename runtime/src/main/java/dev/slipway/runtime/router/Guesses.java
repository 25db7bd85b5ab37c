package dev.slipway.runtime.router;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts wrong passwords by address. Guarded by its [PasswordCheck].
final class Guesses {
    private static final int MOST = 20;
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final int MOST_ADDRESSES = 5_000;

    private static final class Count {
        int wrong;
        long since = System.nanoTime();
    }

    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    void wrong(String address) {
        counts.compute(address, (key, count) -> count == null || isOver(count) ? new Count() : count).wrong++;
    }

    boolean tooMany(String address) {
        Count count = counts.get(address);
        return count != null && count.wrong >= MOST && !isOver(count);
    }

    private static boolean isOver(Count count) {
        return System.nanoTime() - count.since > WINDOW;
    }
}
