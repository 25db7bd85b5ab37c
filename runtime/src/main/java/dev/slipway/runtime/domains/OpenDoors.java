package dev.slipway.runtime.domains;

import dev.slipway.db.addresses.AddressRange;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.db.secrets.PasswordHash;
import dev.slipway.runtime.router.Addresses;
import dev.slipway.runtime.router.DoorRules;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Apps' rules as the router asks them.
final class OpenDoors {
    private static final DoorRules.Password NOBODY = new Hashed(PasswordHash.ofNothing());

    private OpenDoors() {}

    private record Hashed(PasswordHash hash) implements DoorRules.Password {
        @Override
        public String id() {
            return hash.written();
        }

        @Override
        public boolean fits(String given) {
            return hash.fits(given);
        }
    }

    /// Addresses in any of some ranges.
    record Ranges(List<AddressRange> ranges) implements Addresses {
        @Override
        public boolean contains(InetAddress address) {
            for (AddressRange range : ranges) {
                if (range.contains(address)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Apps that change nothing aren't among them: their requests pass without being looked at.
    static Map<String, DoorRules> of(@Nullable List<KnownDoor> known) {
        Map<String, DoorRules> rules = new HashMap<>();
        for (KnownDoor door : known == null ? List.<KnownDoor>of() : known) {
            if (!door.settings().isUsual() || !door.users().isEmpty()) {
                rules.put(door.app(), rules(door));
            }
        }
        return rules;
    }

    private static DoorRules rules(KnownDoor door) {
        DoorSettings settings = door.settings();
        Long bytes = settings.limits().bodyBytes();
        return new DoorRules(
                door.app(),
                door.appId(),
                settings.allowed().isEmpty() ? Optional.empty() : Optional.of(new Ranges(settings.allowed())),
                maintenance(settings.maintenance()),
                guests(door.users()),
                new DoorRules.Limits(
                        bytes == null ? Long.MAX_VALUE : bytes,
                        Optional.ofNullable(settings.limits().idleSeconds()).map(Duration::ofSeconds)),
                settings.accessLog());
    }

    private static Optional<DoorRules.Maintenance> maintenance(DoorSettings.Maintenance settings) {
        String notice = settings.notice();
        return settings.on()
                ? Optional.of(new DoorRules.Maintenance(
                        notice == null ? "" : notice, settings.retrySeconds(), new Ranges(settings.allowed())))
                : Optional.empty();
    }

    private static Optional<DoorRules.Guests> guests(Map<String, PasswordHash> users) {
        Map<String, DoorRules.Password> passwords = new HashMap<>();
        users.forEach((name, hash) -> passwords.put(name, new Hashed(hash)));
        return passwords.isEmpty() ? Optional.empty() : Optional.of(new DoorRules.Guests(passwords, NOBODY));
    }
}
