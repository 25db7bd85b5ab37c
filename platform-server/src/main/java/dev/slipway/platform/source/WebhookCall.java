package dev.slipway.platform.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a Git host posted, not yet believed.
record WebhookCall(
        GitHost host,
        @Nullable String event,
        @Nullable String delivery,
        @Nullable String proof,
        @Nullable String contentType,
        byte[] body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int HEADER_LIMIT = 100;

    static WebhookCall of(Function<String, @Nullable String> headers, @Nullable String contentType, byte[] body) {
        GitHost host = GitHost.of(headers);
        return new WebhookCall(
                host,
                headers.apply(host.eventHeader),
                headers.apply(host.deliveryHeader),
                headers.apply(host.proofHeader),
                contentType,
                body);
    }

    boolean isFromWhoKnows(String secret) {
        return host.knows(secret, body, proof);
    }

    String eventName() {
        return printable(event);
    }

    String deliveryId() {
        return printable(delivery);
    }

    /// What was pushed, by the body: JSON, or JSON in the form field `payload`. Empty when it's something else.
    List<GitHost.Push> pushes() {
        try {
            return host.pushes(JSON.readTree(isForm() ? payloadField() : new String(body, StandardCharsets.UTF_8)));
        } catch (JacksonException | IllegalArgumentException e) {
            return List.of();
        }
    }

    private boolean isForm() {
        return contentType != null && contentType.startsWith("application/x-www-form-urlencoded");
    }

    private String payloadField() {
        return Arrays.stream(new String(body, StandardCharsets.UTF_8).split("&"))
                .filter(field -> field.startsWith("payload="))
                .map(field -> URLDecoder.decode(field.substring("payload=".length()), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private static String printable(@Nullable String header) {
        if (header == null) {
            return "";
        }
        String text = header.replaceAll("[^\\x20-\\x7e]", "").strip();
        return text.length() <= HEADER_LIMIT ? text : text.substring(0, HEADER_LIMIT);
    }
}
