package dev.slipway.platform.runtime;

import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Problem;
import dev.slipway.platform.Variables;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// The runtime tier's own port.
@Component
public class RuntimePort {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int REFUSAL_BYTES = 1_000;

    private final String address;
    private final String authorization;

    RuntimePort(Variables variables, MasterKey masterKey) {
        this.address = "http://127.0.0.1:" + variables.get("SLIPWAY_RUNTIME_PORT", "8083");
        this.authorization = "Bearer " + masterKey.derive("runtime/logs");
    }

    /// What it answers, to be read and closed.
    ///
    /// @param path with its query, already escaped
    /// @param patience how long it may stay silent
    /// @throws Problem INVALID with its words when it refuses what was asked, CONFLICT when it doesn't answer or
    ///     has no place for another reader
    public InputStream get(String path, Duration patience) {
        try {
            return closing(answered(connect(path, patience)));
        } catch (IOException e) {
            throw unavailable();
        }
    }

    /// Sends a body, once: it isn't sent again when the connection breaks.
    ///
    /// @return the connection, whose body is to be read and closed
    /// @throws Problem as for [#get]
    HttpURLConnection post(String path, byte[] body, Duration patience) {
        try {
            HttpURLConnection connection = connect(path, patience);
            connection.setDoOutput(true);
            connection.setRequestMethod("POST");
            connection.setFixedLengthStreamingMode(body.length);
            connection.getOutputStream().write(body);
            return answered(connection);
        } catch (IOException e) {
            throw unavailable();
        }
    }

    private HttpURLConnection connect(String path, Duration patience) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address + path).toURL().openConnection();
        connection.setRequestProperty("Authorization", authorization);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        return connection;
    }

    private static HttpURLConnection answered(HttpURLConnection connection) {
        try {
            return switch (connection.getResponseCode()) {
                case HttpURLConnection.HTTP_OK, HttpURLConnection.HTTP_NO_CONTENT -> connection;
                case HttpURLConnection.HTTP_BAD_REQUEST -> throw Problem.invalid(words(connection));
                case HttpURLConnection.HTTP_UNAVAILABLE -> throw Problem.conflict(words(connection));
                default -> throw unavailable();
            };
        } catch (IOException e) {
            throw unavailable();
        }
    }

    private static Problem unavailable() {
        return Problem.conflict("The runtime tier, which knows this, doesn't answer. See ./slipway status");
    }

    private static InputStream closing(HttpURLConnection connection) throws IOException {
        return new FilterInputStream(connection.getInputStream()) {
            @Override
            public void close() {
                connection.disconnect();
            }
        };
    }

    private static String words(HttpURLConnection connection) throws IOException {
        try (InputStream error = connection.getErrorStream()) {
            String words = error == null ? "" : new String(error.readNBytes(REFUSAL_BYTES), StandardCharsets.UTF_8);
            return words.isBlank() ? "The runtime tier refuses." : sentence(words.strip());
        }
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
