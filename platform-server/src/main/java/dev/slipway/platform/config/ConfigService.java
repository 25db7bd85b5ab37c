package dev.slipway.platform.config;

import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.ConfigStore;
import dev.slipway.db.apps.ConfigVersion;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.releases.NewRelease;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Apps' environments. Every change makes a config version and, where the app runs, a release of the same image.
@Service
public class ConfigService {
    private final Database database;
    private final AppService apps;
    private final ConfigStore configs;
    private final ReleaseStore releases;
    private final EventLog events;
    private final MasterKey masterKey;

    ConfigService(Database database, AppService apps, ReleaseStore releases, EventLog events, MasterKey masterKey) {
        this.database = database;
        this.apps = apps;
        this.configs = new ConfigStore(database);
        this.releases = releases;
        this.events = events;
        this.masterKey = masterKey;
    }

    /// What the next release takes.
    public Config present(String name) {
        App app = apps.find(name);
        return view(app, null);
    }

    /// Changes the environment: name to new value, null removes. What isn't mentioned stays.
    ///
    /// @throws Problem INVALID when a name or value can't be
    public Config change(String name, Map<String, @Nullable String> change, String by) {
        App app = apps.find(name);
        return database.inTransaction(() -> {
            int version = configs.next(app.id());
            Map<String, String> present = environment(app);
            SortedMap<String, String> changed = EnvironmentRules.change(present, change);
            if (changed.equals(new TreeMap<>(present))) {
                return view(app, null);
            }
            String purpose = ConfigStore.purpose(app.id(), version);
            configs.add(app.id(), version, masterKey.encrypt(purpose, Json.write(changed)), by);
            events.app(
                    app.id(),
                    EventKind.APP_CHANGED,
                    by,
                    "Config version " + version + ": " + summary(present, changed));
            Integer release = newest(app)
                    .map(old -> releases.create(ofConfig(old, by)).number())
                    .orElse(null);
            return view(app, release);
        });
    }

    /// One that was rolled back to without its release command changes its config without it, too: the command might
    /// refuse a database that is ahead.
    private NewRelease ofConfig(Release old, String by) {
        NewRelease wish = NewRelease.ofConfig(old, by);
        return releases.hasCommandRun(old) ? wish : wish.withoutCommand();
    }

    /// The release whose image runs, or will as soon as it has started.
    private Optional<Release> newest(App app) {
        return Stream.of(ReleaseState.PENDING, ReleaseState.STARTING, ReleaseState.LIVE)
                .flatMap(state -> releases.inState(app.id(), state).stream())
                .max(Comparator.comparingInt(Release::number));
    }

    private Config view(App app, @Nullable Integer release) {
        int version = configs.present(app.id());
        Optional<ConfigVersion> found = configs.find(app.id(), version);
        return new Config(
                version,
                List.copyOf(new TreeSet<>(environment(app).keySet())),
                found.map(ConfigVersion::createdBy).orElse(null),
                found.map(ConfigVersion::createdAt).orElse(null),
                release);
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> environment(App app) {
        int version = configs.present(app.id());
        return configs.find(app.id(), version)
                .map(config -> masterKey.decrypt(ConfigStore.purpose(app.id(), version), config.sealed()))
                .map(json -> (Map<String, String>) Json.read(json, Map.class))
                .orElseGet(Map::of);
    }

    /// "DEBUG and TOKEN set, OLD removed": names only.
    static String summary(Map<String, String> before, Map<String, String> after) {
        List<String> set = after.keySet().stream()
                .filter(name -> !Objects.equals(after.get(name), before.get(name)))
                .sorted()
                .toList();
        List<String> removed = before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .sorted()
                .toList();
        List<String> parts = new ArrayList<>();
        if (!set.isEmpty()) {
            parts.add(String.join(", ", set) + " set");
        }
        if (!removed.isEmpty()) {
            parts.add(String.join(", ", removed) + " removed");
        }
        return String.join("; ", parts);
    }
}
