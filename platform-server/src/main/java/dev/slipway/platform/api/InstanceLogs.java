package dev.slipway.platform.api;

import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Problem;
import dev.slipway.platform.Variables;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.springframework.stereotype.Component;

/// What instances write is kept by the container engine; the runtime tier serves it on its loopback port.
@Component
class InstanceLogs {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 10_000;

    private final String runtime;
    private final String authorization;

    InstanceLogs(Variables variables, MasterKey masterKey) {
        this.runtime = "http://127.0.0.1:" + variables.get("SLIPWAY_RUNTIME_PORT", "8083");
        this.authorization = "Bearer " + masterKey.derive("runtime/logs");
    }

    /// The last `lines` lines.
    ///
    /// @throws Problem NOT_FOUND when there are none any more, CONFLICT when the runtime tier doesn't answer
    void copyTo(String instance, int lines, HttpServletResponse response) throws IOException {
        URI address = URI.create(runtime + "/instances/" + instance + "/logs?tail=" + lines);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Authorization", authorization);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        try (InputStream logs = open(connection)) {
            response.setContentType("text/plain;charset=UTF-8");
            logs.transferTo(response.getOutputStream());
        } finally {
            connection.disconnect();
        }
    }

    private static InputStream open(HttpURLConnection connection) {
        try {
            if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
                return connection.getInputStream();
            }
        } catch (IOException e) {
            throw Problem.conflict("The runtime tier, which has the logs, doesn't answer. See ./slipway status");
        }
        throw Problem.notFound("There are no logs of this instance any more.");
    }
}
