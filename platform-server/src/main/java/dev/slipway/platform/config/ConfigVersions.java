package dev.slipway.platform.config;

import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.apps.ConfigStore;
import dev.slipway.db.apps.ConfigVersion;
import dev.slipway.db.secrets.MasterKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Config versions with their values, for features that compare and check them. Values never leave the platform by
/// this way.
@Component
public class ConfigVersions {
    private final ConfigStore configs;
    private final MasterKey masterKey;

    ConfigVersions(Database database, MasterKey masterKey) {
        this.configs = new ConfigStore(database);
        this.masterKey = masterKey;
    }

    /// A config version, if it can be read.
    public sealed interface Environment {
        record Whole(SortedMap<String, String> variables) implements Environment {
            /// Names only.
            @Override
            public String toString() {
                return variables.keySet().toString();
            }
        }

        /// `reason` is the end of a sentence.
        record Broken(String reason) implements Environment {}
    }

    /// All of these versions of an app; one statement.
    public Map<Integer, Environment> read(long appId, Collection<Integer> versions) {
        Map<Integer, ConfigVersion> stored = configs.find(appId, versions).stream()
                .collect(Collectors.toMap(ConfigVersion::version, version -> version));
        Map<Integer, Environment> read = new HashMap<>();
        for (int version : versions) {
            ConfigVersion found = stored.get(version);
            if (found != null) {
                read.put(version, open(appId, found));
            } else if (version == 0) {
                read.put(version, new Environment.Whole(new TreeMap<>()));
            } else {
                read.put(version, new Environment.Broken("its config (version " + version + ") isn't stored any more"));
            }
        }
        return read;
    }

    @SuppressWarnings("unchecked")
    private Environment open(long appId, ConfigVersion stored) {
        try {
            String json = masterKey.decrypt(ConfigStore.purpose(appId, stored.version()), stored.sealed());
            return new Environment.Whole(new TreeMap<>((Map<String, String>) Json.read(json, Map.class)));
        } catch (IllegalStateException unreadable) { // its message may hold what was read
            return new Environment.Broken("its config (version " + stored.version()
                    + ") can't be decrypted with this installation's master key");
        }
    }
}
