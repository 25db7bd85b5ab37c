package dev.slipway.platform.registry;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/// Removes uploads that their client has given up.
final class UploadSweep {
    private static final Logger LOG = LoggerFactory.getLogger(UploadSweep.class);

    private final Uploads uploads;

    UploadSweep(Uploads uploads) {
        this.uploads = uploads;
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 3_600_000)
    void run() {
        try {
            int removed = uploads.removeIdle();
            if (removed > 0) {
                LOG.info("removed {} uploads that were never finished", removed);
            }
        } catch (IOException e) {
            LOG.warn("couldn't look for unfinished uploads", e);
        }
    }
}
