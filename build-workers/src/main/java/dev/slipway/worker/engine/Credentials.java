package dev.slipway.worker.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Who a push is for. The password shows nowhere.
public record Credentials(String user, String password, String registry) {
    /// As the engine's API wants it (X-Registry-Auth).
    String header() {
        String json = JsonMapper.builder()
                .build()
                .writeValueAsString(Map.of("username", user, "password", password, "serveraddress", registry));
        return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return user + "@" + registry;
    }
}
