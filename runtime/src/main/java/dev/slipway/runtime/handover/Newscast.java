package dev.slipway.runtime.handover;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the successor what becomes of the last requests, if it wants to know.
final class Newscast implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Newscast.class);
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final int LAST_LINES = 20;

    private final Wire wire;
    private final Parting parting;
    private volatile boolean wanted;

    private Newscast(Wire wire, Parting parting) {
        this.wire = wire;
        this.parting = parting;
    }

    static Newscast start(Wire wire, Parting parting) {
        Newscast newscast = new Newscast(wire, parting);
        Thread.ofVirtual().name("newscast").start(newscast::run);
        return newscast;
    }

    private void run() {
        try {
            wanted = Wire.TELL.equals(wire.hear());
            while (wanted) {
                tell();
                Thread.sleep(PERIOD);
            }
        } catch (IOException e) {
            log.debug("the successor doesn't want to hear more", e);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when there was nothing to tell.
    private synchronized boolean tell() {
        String news = wanted ? parting.news() : "";
        try {
            if (!news.isEmpty()) {
                wire.say(news);
            }
        } catch (IOException e) {
            wanted = false;
            log.debug("the successor doesn't listen any more", e);
        }
        return !news.isEmpty();
    }

    /// Tells the last news. The thread isn't interrupted: that would close the wire under a word.
    @Override
    public void close() {
        int left = LAST_LINES;
        while (left > 0 && tell()) {
            left--;
        }
        wanted = false;
    }
}
