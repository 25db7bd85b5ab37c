package dev.slipway.ui.preview;

import dev.slipway.db.Database;
import dev.slipway.db.addresses.AddressRange;
import dev.slipway.db.apps.App;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.db.door.DoorStore;
import dev.slipway.db.door.DoorUser;
import dev.slipway.db.secrets.PasswordHash;
import java.time.Instant;
import java.util.List;

/// Apps that don't let everybody in.
final class SampleDoors {
    private final DoorStore doors;

    SampleDoors(Database database) {
        this.doors = new DoorStore(database);
    }

    void maintenance(App app) {
        AddressRange office = AddressRange.parse("203.0.113.0/24");
        doors.save(
                app.id(),
                new DoorSettings(
                        new DoorSettings.Maintenance(
                                true, "We move to a larger machine. Back at noon.", 600, List.of(office)),
                        List.of(office, AddressRange.parse("2001:db8:77::/48")),
                        new DoorSettings.Limits(20L << 20, null),
                        true),
                "anna");
        for (String name : List.of("anna", "ben@example.com")) {
            doors.put(new DoorUser(app.id(), name, PasswordHash.ofNothing(), "admin", Instant.now()));
        }
    }
}
