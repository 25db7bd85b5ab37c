package dev.slipway.runtime.domains;

import dev.slipway.db.door.DoorSettings;
import dev.slipway.db.secrets.PasswordHash;
import java.util.Map;

/// What an app wants of its visitors.
///
/// @param users whom it asks for a password, by name
record KnownDoor(String app, long appId, DoorSettings settings, Map<String, PasswordHash> users) {}
