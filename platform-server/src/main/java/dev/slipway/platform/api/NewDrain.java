package dev.slipway.platform.api;

import dev.slipway.db.drains.DrainSettings;
import dev.slipway.platform.drains.DrainDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// A log drain to be added.
record NewDrain(
        @Schema(
                description =
                        "syslog+tls://logs.example.com:6514, syslog+tcp://…, syslog+udp://…, https://… or http://…")
        @NotNull(message = "url is missing: where to?")
        String url,

        @Schema(description = "What is sent in Authorization (HTTP only), such as: Bearer 3f9c…. It never comes back")
        @Nullable
        String authorization,

        @Schema(description = "The requests that are written down are sent too") @Nullable
        Boolean requests,

        @Schema(description = "Bodies are compressed (HTTP only)") @Nullable
        Boolean gzip) {

    DrainDraft toDraft() {
        return new DrainDraft(
                url, authorization, new DrainSettings(Boolean.TRUE.equals(requests), Boolean.TRUE.equals(gzip)));
    }

    @Override
    public String toString() {
        return "NewDrain[" + url + ", ***]";
    }
}
