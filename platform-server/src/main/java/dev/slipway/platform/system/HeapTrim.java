package dev.slipway.platform.system;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Gives memory back to the machine after work. The serial collector lets its old generation grow up to the limit
/// before it collects it, so the garbage of an hour's pushes would stay resident through an idle night.
@Component
final class HeapTrim {
    /// Worth a full collection, which takes about 0.1 s.
    private static final long WORTH = 6L << 20;

    private long usedAfterLast = used();

    @Scheduled(initialDelay = 30_000, fixedDelay = 30_000)
    void run() {
        if (used() - usedAfterLast > WORTH) {
            System.gc();
            usedAfterLast = used();
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
