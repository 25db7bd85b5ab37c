package dev.slipway.runtime.handover;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the successor what becomes of the last requests, if it wants to know.
final class Newscast implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Newscast.class);
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Wire wire;
    private final Parting parting;
    private final Thread telling;
    private volatile boolean wanted;

    private Newscast(Wire wire, Parting parting) {
        this.wire = wire;
        this.parting = parting;
        this.telling = Thread.ofVirtual().name("newscast").unstarted(this::run);
    }

    static Newscast start(Wire wire, Parting parting) {
        Newscast newscast = new Newscast(wire, parting);
        newscast.telling.start();
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
            wanted = false;
            log.debug("the successor doesn't listen any more", e);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tell() throws IOException {
        String news = parting.news();
        if (!news.isEmpty()) {
            wire.say(news);
        }
    }

    /// Tells the last news.
    @Override
    public void close() {
        telling.interrupt();
        try {
            if (wanted) {
                tell();
            }
        } catch (IOException e) {
            log.debug("the successor doesn't listen any more", e);
        }
    }
}
