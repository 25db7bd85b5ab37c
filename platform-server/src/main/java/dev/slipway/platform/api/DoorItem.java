package dev.slipway.platform.api;

import dev.slipway.db.door.DoorUser;
import dev.slipway.platform.door.Door;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/// Whom an app lets in, as the API shows it. Passwords never come back.
record DoorItem(
        DoorOptions.Maintenance maintenance,

        @Schema(description = "Only from these addresses and ranges one may come in; empty: from everywhere")
        List<String> allowed,

        DoorOptions.Limits limits,
        boolean accessLog,

        @Schema(description = "Who is asked for a password (HTTP Basic); nobody when there are none")
        List<User> users) {

    /// Somebody who comes in with a password.
    record User(String name, String createdBy, Instant createdAt) {
        static User of(DoorUser user) {
            return new User(user.name(), user.createdBy(), user.createdAt());
        }
    }

    static DoorItem of(Door door) {
        DoorOptions options = DoorOptions.of(door.settings());
        return new DoorItem(
                java.util.Objects.requireNonNull(options.maintenance()),
                java.util.Objects.requireNonNull(options.allowed()),
                java.util.Objects.requireNonNull(options.limits()),
                door.settings().accessLog(),
                door.users().stream().map(User::of).toList());
    }
}
