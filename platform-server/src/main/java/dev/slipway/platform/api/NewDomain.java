package dev.slipway.platform.api;

import dev.slipway.platform.domains.DomainDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A domain to be added. What is left out gets its default.
record NewDomain(
        @Schema(description = "shop.example.com, or *.example.com for any one label before it; in any script")
        @NotNull(message = "host is missing: which domain?")
        String host,

        @Schema(description = "Which paths of it, by whole segments; the longest that fits is taken. Default: / (all)")
        @Nullable
        String path,

        @Nullable Boolean stripPath,
        @Nullable String redirectTo,
        @Nullable Integer redirectStatus,
        @Nullable Boolean forceHttps,
        @Nullable Long hstsSeconds,
        @Nullable Boolean automaticCertificate) {

    DomainDraft toDraft() {
        return new DomainDraft(
                host,
                Optional.ofNullable(path).orElse("/"),
                new DomainOptions(stripPath, redirectTo, redirectStatus, forceHttps, hstsSeconds, automaticCertificate)
                        .toSettings());
    }
}
