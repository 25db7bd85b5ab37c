package dev.slipway.platform.runtime;

import dev.slipway.db.Json;
import dev.slipway.platform.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Terminals in containers of their own with what is live of an app, as the runtime tier runs them.
@Component
public class AppTerminals {
    /// An image may have to be pulled first.
    private static final Duration OPENING = Duration.ofMinutes(5);
    /// The runtime tier says something every 5 s.
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGEST = 1 << 20;

    private final RuntimePort runtime;

    AppTerminals(RuntimePort runtime) {
        this.runtime = runtime;
    }

    /// What a terminal tells.
    public sealed interface Frame {
        record Output(byte[] bytes) implements Frame {}

        /// It is still there.
        record Alive() implements Frame {}

        /// Nothing comes any more.
        record Ended(String sentence) implements Frame {}
    }

    /// Begins one; blocks until it runs.
    ///
    /// @throws Problem CONFLICT when it can't be had, INVALID when no screen is of that size
    public AppTerminal open(long appId, List<String> command, int columns, int rows) {
        String path = "/apps/" + appId + "/terminals";
        HttpURLConnection connection =
                runtime.post(path + size(columns, rows), Json.write(command).getBytes(StandardCharsets.UTF_8), OPENING);
        try {
            connection.setReadTimeout((int) SILENCE.toMillis());
            return new AppTerminal(path + "/" + connection.getHeaderField("Terminal"), connection);
        } catch (IOException e) {
            connection.disconnect();
            throw Problem.conflict("The runtime tier went away just now. Try again.");
        }
    }

    private static String size(int columns, int rows) {
        return "?columns=" + columns + "&rows=" + rows;
    }

    /// One that is open. One thread may read while others type.
    public final class AppTerminal implements AutoCloseable {
        private final String path;
        private final HttpURLConnection connection;
        private final DataInputStream frames;

        private AppTerminal(String path, HttpURLConnection connection) throws IOException {
            this.path = path;
            this.connection = connection;
            this.frames = new DataInputStream(connection.getInputStream());
        }

        /// Blocks until there is something. A runtime tier that goes away is an end like any other.
        public Frame next() {
            try {
                char kind = (char) frames.readByte();
                int length = frames.readInt();
                if (length < 0 || length > LARGEST) {
                    throw new IOException("a frame of " + length + " bytes");
                }
                byte[] bytes = frames.readNBytes(length);
                return switch (kind) {
                    case 'O' -> new Frame.Output(bytes);
                    case 'K' -> new Frame.Alive();
                    default -> new Frame.Ended(reason(bytes));
                };
            } catch (IOException e) {
                return new Frame.Ended("The runtime tier was restarted. Open another terminal.");
            }
        }

        private static String reason(byte[] end) {
            return String.valueOf(Json.read(new String(end, StandardCharsets.UTF_8), Map.class)
                    .get("reason"));
        }

        /// Blocks while the program reads nothing.
        ///
        /// @throws Problem when it has ended
        public void type(byte[] keys) {
            send("/keys", keys);
        }

        /// @throws Problem when it has ended
        public void resize(int columns, int rows) {
            send("/size" + size(columns, rows), new byte[0]);
        }

        /// Ends it, if it hasn't ended.
        @Override
        public void close() {
            try {
                send("/end", new byte[0]);
            } catch (Problem hasEnded) {
                // as wanted
            }
            connection.disconnect();
        }

        private void send(String what, byte[] body) {
            try {
                runtime.post(path + what, body, PATIENCE).getInputStream().close();
            } catch (IOException e) {
                throw Problem.conflict("The terminal has ended.");
            }
        }
    }
}
