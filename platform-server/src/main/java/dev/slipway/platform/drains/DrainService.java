package dev.slipway.platform.drains;

import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.addresses.Reachable;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.drains.Drain;
import dev.slipway.db.drains.DrainAddress;
import dev.slipway.db.drains.DrainStore;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Problem;
import dev.slipway.platform.Variables;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.runtime.RuntimePort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Giving apps log drains and taking them away. The runtime tier sends.
@Service
public class DrainService {
    private static final int MOST_DRAINS = 5;
    private static final int LONGEST_SECRET = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Database database;
    private final AppService apps;
    private final AppStore appStore;
    private final DrainStore drains;
    private final EventLog events;
    private final MasterKey masterKey;
    private final RuntimePort runtime;
    private final Reachable reachable;

    DrainService(
            Database database,
            AppService apps,
            AppStore appStore,
            EventLog events,
            MasterKey masterKey,
            RuntimePort runtime,
            Variables variables) {
        this.database = database;
        this.apps = apps;
        this.appStore = appStore;
        this.drains = new DrainStore(database);
        this.events = events;
        this.masterKey = masterKey;
        this.runtime = runtime;
        this.reachable =
                new Reachable("SLIPWAY_ALLOW_PRIVATE_DRAINS", variables.get("SLIPWAY_ALLOW_PRIVATE_DRAINS", ""));
    }

    /// In the order in which they were added.
    public List<DrainView> ofApp(String app) {
        long id = apps.find(app).id();
        List<Drain> all = drains.ofApp(id);
        Map<Long, DrainHealth> health = all.isEmpty() ? Map.of() : health(id);
        return all.stream()
                .map(drain -> new DrainView(drain, health.get(drain.id())))
                .toList();
    }

    private Map<Long, DrainHealth> health(long appId) {
        try (InputStream answer = runtime.get("/apps/" + appId + "/drains", PATIENCE)) {
            String json = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(Json.read(json, DrainHealth[].class))
                    .collect(Collectors.toMap(DrainHealth::id, Function.identity()));
        } catch (Problem | IOException | IllegalStateException unknown) {
            return Map.of();
        }
    }

    /// Sends what comes from now on.
    ///
    /// @throws Problem INVALID when it can't be, CONFLICT when there are too many
    public Drain add(String name, DrainDraft draft, String by) {
        App app = apps.find(name);
        DrainAddress address = address(draft.url());
        byte[] sealed = sealed(address, draft.authorization());
        return database.inTransaction(() -> {
            appStore.lock(app.id());
            if (drains.ofApp(app.id()).size() >= MOST_DRAINS) {
                throw Problem.conflict("An app can have at most " + MOST_DRAINS + " log drains.");
            }
            Drain added = drains.create(app.id(), address, sealed, draft.settings(), by);
            events.app(app.id(), EventKind.APP_CHANGED, by, "Log drain to " + address.host() + " added");
            return added;
        });
    }

    private DrainAddress address(String url) {
        try {
            DrainAddress address = DrainAddress.parse(url);
            reachable.resolve(address.host());
            return address;
        } catch (IllegalArgumentException | IOException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }

    private byte @Nullable [] sealed(DrainAddress address, @Nullable String authorization) {
        if (authorization == null || authorization.isBlank()) {
            return null;
        }
        if (!address.protocol().isHttp()) {
            throw Problem.invalid("Syslog has no credentials: leave them out.");
        }
        String value = authorization.strip();
        if (value.length() > LONGEST_SECRET || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw Problem.invalid("What is sent in Authorization has up to " + LONGEST_SECRET
                    + " characters of ASCII, such as: Bearer 3f9c…");
        }
        return masterKey.encrypt(DrainStore.SECRET_PURPOSE, value);
    }

    /// Has a line sent that says that it is a test; what comes of it is in the drain's health.
    ///
    /// @throws Problem NOT_FOUND
    public void test(String name, long id) {
        if (!drains.test(apps.find(name).id(), id)) {
            throw missing(name, id);
        }
    }

    /// @throws Problem NOT_FOUND
    public void remove(String name, long id, String by) {
        App app = apps.find(name);
        Drain drain = drains.ofApp(app.id()).stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> missing(name, id));
        database.inTransaction(() -> {
            drains.delete(app.id(), id);
            events.app(
                    app.id(),
                    EventKind.APP_CHANGED,
                    by,
                    "Log drain to " + drain.address().host() + " removed");
        });
    }

    private static Problem missing(String name, long id) {
        return Problem.notFound("\"" + name + "\" has no log drain with the id " + id + ".");
    }
}
