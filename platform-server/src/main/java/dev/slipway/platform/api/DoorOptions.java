package dev.slipway.platform.api;

import dev.slipway.db.addresses.AddressRange;
import dev.slipway.db.door.DoorSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whom an app lets in, as it is sent. What is left out or null gets its default.
record DoorOptions(
        @Nullable Maintenance maintenance,

        @Schema(description = "Only from these addresses and ranges one may come in; empty: from everywhere") @Nullable
        List<String> allowed,

        @Nullable Limits limits,

        @Schema(description = "Each request is written down, in the log's stream ACCESS") @Nullable
        Boolean accessLog) {

    /// Visitors get a page with status 503 instead of the app.
    record Maintenance(
            @Nullable Boolean on,

            @Schema(description = "What the page says, up to 500 characters") @Nullable
            String notice,

            @Schema(description = "When visitors are told to come again, 300 when not given") @Nullable
            Integer retrySeconds,

            @Schema(description = "Addresses and ranges from which one gets through all the same") @Nullable
            List<String> allowed) {
        DoorSettings.Maintenance toSettings() {
            return new DoorSettings.Maintenance(
                    Boolean.TRUE.equals(on),
                    notice,
                    retrySeconds == null ? DoorSettings.Maintenance.RETRY_SECONDS : retrySeconds,
                    ranges(allowed));
        }
    }

    /// Of each request.
    record Limits(
            @Schema(description = "The largest body; null: no limit") @Nullable
            Long bodyBytes,

            @Schema(description = "How long it may go without a byte in either direction; null: 120") @Nullable
            Integer idleSeconds) {}

    static DoorOptions of(DoorSettings settings) {
        DoorSettings.Maintenance maintenance = settings.maintenance();
        return new DoorOptions(
                new Maintenance(
                        maintenance.on(),
                        maintenance.notice(),
                        maintenance.retrySeconds(),
                        texts(maintenance.allowed())),
                texts(settings.allowed()),
                new Limits(settings.limits().bodyBytes(), settings.limits().idleSeconds()),
                settings.accessLog());
    }

    private static List<String> texts(List<AddressRange> ranges) {
        return ranges.stream().map(AddressRange::toString).toList();
    }

    private static List<AddressRange> ranges(@Nullable List<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream().map(AddressRange::parse).toList();
    }

    /// @throws IllegalArgumentException with a sentence when a value can't be
    DoorSettings toSettings() {
        return new DoorSettings(
                maintenance == null ? DoorSettings.Maintenance.OFF : maintenance.toSettings(),
                ranges(allowed),
                new DoorSettings.Limits(
                        limits == null ? null : limits.bodyBytes(), limits == null ? null : limits.idleSeconds()),
                Boolean.TRUE.equals(accessLog));
    }
}
