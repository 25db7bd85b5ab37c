package dev.slipway.platform.door;

import dev.slipway.db.door.DoorSettings;
import dev.slipway.db.door.DoorUser;
import java.util.List;

/// An app's door.
///
/// @param users whom it asks for a password, by name; nobody is asked when there are none
public record Door(DoorSettings settings, List<DoorUser> users) {}
