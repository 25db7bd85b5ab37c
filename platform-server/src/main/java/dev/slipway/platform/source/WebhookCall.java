package dev.slipway.platform.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a Git host posted, not yet believed. Headers as GitHub names them: `X-GitHub-Event`,
/// `X-GitHub-Delivery`, `X-Hub-Signature-256`.
record WebhookCall(
        @Nullable String event,
        @Nullable String delivery,
        @Nullable String signature,
        @Nullable String contentType,
        byte[] body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int HEADER_LIMIT = 100;

    /// Where a push event moved a ref to.
    record Push(String ref, boolean deleted) {}

    String eventName() {
        return printable(event);
    }

    String deliveryId() {
        return printable(delivery);
    }

    /// The push in the body: JSON, or JSON in the form field `payload`. Empty when it's something else.
    Optional<Push> push() {
        try {
            JsonNode push = JSON.readTree(isForm() ? payloadField() : new String(body, StandardCharsets.UTF_8));
            JsonNode ref = push.get("ref");
            return ref == null || !ref.isString()
                    ? Optional.empty()
                    : Optional.of(new Push(ref.asString(), push.path("deleted").asBoolean(false)));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
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
        String text = header.replaceAll("[^\\x21-\\x7e]", "");
        return text.length() <= HEADER_LIMIT ? text : text.substring(0, HEADER_LIMIT);
    }
}
