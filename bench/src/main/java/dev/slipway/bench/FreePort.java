package dev.slipway.bench;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports on which nobody listens until the caller does. They are below those that Linux hands out by itself (32768 and
/// up, `net.ipv4.ip_local_port_range`): neither a server that asks for any port nor a client's connection can come
/// into one's way.
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private static int next = ThreadLocalRandom.current().nextInt(FIRST, LAST);

    private FreePort() {}

    /// Another one with each call.
    public static synchronized int take() {
        for (int tried = FIRST; tried <= LAST; tried++) {
            next = next == LAST ? FIRST : next + 1;
            try (ServerSocket free = new ServerSocket(next)) {
                return free.getLocalPort();
            } catch (BindException taken) {
                continue;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("no port is free");
    }
}
