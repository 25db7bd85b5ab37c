package dev.slipway.platform.apps;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Scale;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.events.Event;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.source.SeenHeads;
import dev.slipway.db.volumes.VolumeStore;
import dev.slipway.platform.Problem;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/// Creating, changing, deleting apps. Every method that changes something takes the name of who asked.
@Service
public class AppService {
    /// What [MasterKey] encrypts webhook secrets for.
    public static final String WEBHOOK_PURPOSE = "webhook";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final AppStore apps;
    private final BuildStore builds;
    private final SeenHeads heads;
    private final EventLog events;
    private final VolumeStore volumes;
    private final MasterKey masterKey;
    private final AppDraftRules rules;

    AppService(Database database, AppStore apps, EventLog events, MasterKey masterKey, AppDraftRules rules) {
        this.database = database;
        this.apps = apps;
        this.builds = new BuildStore(database);
        this.heads = new SeenHeads(database);
        this.events = events;
        this.volumes = new VolumeStore(database);
        this.masterKey = masterKey;
        this.rules = rules;
    }

    /// @throws Problem INVALID when the draft can't be, CONFLICT when the name is taken
    public App create(AppDraft draft, String by) {
        Source source = rules.check(draft);
        rules.checkRepository(draft);
        NewApp app = new NewApp(
                name(draft.name()),
                source,
                draft.build(),
                draft.processes(),
                masterKey.encrypt(WEBHOOK_PURPOSE, newSecret()),
                credentials(draft, RepositoryCredentials.NONE));
        try {
            return database.inTransaction(() -> {
                App created = apps.create(app);
                events.app(created.id(), EventKind.APP_CREATED, by, "App " + created.name() + " created");
                return created;
            });
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("There is already an app called \"" + draft.name() + "\". Choose another name.");
        }
    }

    /// Changes settings; the name and the kind of source stay. They take effect with the next build, which the head
    /// of another branch gets at once, also when it was built before. When a watched repository moves to another
    /// server, its credentials are forgotten as far as the draft gives no others.
    ///
    /// @param change makes the draft from the app as it is; asked twice, the second time under its lock
    /// @throws Problem INVALID when the draft can't be, and whatever `change` throws
    public App update(String name, Function<App, AppDraft> change, String by) {
        rules.checkRepository(change.apply(find(name)));
        return database.inTransaction(() -> {
            App before = lock(name);
            AppDraft draft = change.apply(before);
            Source source = rules.check(draft);
            if (source.getClass() != before.source().getClass()) {
                throw Problem.invalid(
                        "An app can't change between being hosted here and being watched elsewhere. Create a new app for that.");
            }
            String forgotten = changeCredentials(before, source, draft);
            if (!source.branch().equals(before.source().branch())) {
                heads.forget(before.id(), source.branch());
            }
            apps.update(before.id(), source, draft.build(), draft.processes());
            events.app(before.id(), EventKind.APP_CHANGED, by, "Settings of " + name + " changed" + forgotten);
            return find(name);
        });
    }

    /// Returns what became of the old ones, as the end of a sentence; mostly empty.
    private String changeCredentials(App before, Source source, AppDraft draft) {
        if (!(before.source() instanceof Source.Watched old && source instanceof Source.Watched now)) {
            return "";
        }
        boolean moved = !RepositoryServer.of(old.url()).equals(RepositoryServer.of(now.url()));
        byte[] secret = apps.repositorySecret(before.id(), old.url());
        RepositoryCredentials kept =
                secret == null || moved ? RepositoryCredentials.NONE : RepositoryCredentials.decrypt(masterKey, secret);
        byte[] credentials = credentials(draft, kept);
        if (moved || credentials != null) {
            apps.setRepositorySecret(before.id(), credentials);
        }
        return moved && secret != null
                ? "; the repository is on another server now, so its former user and password were forgotten"
                : "";
    }

    /// Sets how many instances of web run; takes effect at once, without a release.
    public App scale(String name, int instances, String by) {
        return scale(name, Processes.WEB, instances, by);
    }

    /// Sets how many instances of a process type run; takes effect at once, without a release.
    ///
    /// @throws Problem NOT_FOUND when the app has no such type, CONFLICT when only one of it can write its volume
    public App scale(String name, String type, int instances, String by) {
        App app = find(name);
        if (instances < 0 || instances > Scale.MOST) {
            throw Problem.invalid("The number of instances must be between 0 and " + Scale.MOST + ".");
        }
        if (!app.types().contains(type)) {
            throw Problem.notFound(
                    "App \"" + name + "\" has no such process type. It has " + String.join(", ", app.types()) + ".");
        }
        return database.inTransaction(() -> {
            apps.lock(app.id());
            checkWriter(app, type, instances);
            apps.setInstances(app.id(), type, instances);
            String what = type.equals(Processes.WEB) ? "" : " of " + type;
            events.app(
                    app.id(), EventKind.APP_CHANGED, by, app.name() + " scaled to " + instances + " instances" + what);
            return find(name);
        });
    }

    /// While volumes are given to the app nobody scales it, and the other way round.
    private void checkWriter(App app, String type, int instances) {
        if (instances <= 1) {
            return;
        }
        volumes.ofApp(app.id()).stream()
                .filter(volume -> volume.writtenBy(type))
                .findFirst()
                .ifPresent(volume -> {
                    throw Problem.conflict(type + " writes the volume \"" + volume.name()
                            + "\", so it can have one instance at most: several at once could destroy its files.");
                });
    }

    /// Sets after how many minutes without a request web has no instance until the next request; 0: it always has.
    /// Takes effect at once, without a release.
    public App sleepAfter(String name, int minutes, String by) {
        App app = find(name);
        if (minutes < 0 || minutes > Scale.MOST_IDLE_MINUTES) {
            throw Problem.invalid("An app can sleep after 1 to " + Scale.MOST_IDLE_MINUTES
                    + " minutes without a request, or never (0).");
        }
        return database.inTransaction(() -> {
            apps.setIdleMinutes(app.id(), minutes);
            events.app(
                    app.id(),
                    EventKind.APP_CHANGED,
                    by,
                    app.name()
                            + (minutes == 0
                                    ? " never sleeps"
                                    : " sleeps after " + minutes + " minutes without a request"));
            return find(name);
        });
    }

    /// Deletes the app: its builds and instances are stopped, its address answers no more. Its repository and
    /// images stay on disk until cleaned up, its volumes until somebody deletes them.
    public void delete(String name, String by) {
        database.inTransaction(() -> {
            App app = lock(name);
            builds.cancelAll(app.id(), by);
            events.app(app.id(), EventKind.APP_DELETED, by, "App " + app.name() + " deleted");
            apps.delete(app.id());
        });
    }

    /// @throws Problem NOT_FOUND
    public App find(String name) {
        try {
            return apps.find(new AppName(name)).orElseThrow(() -> notFound(name));
        } catch (IllegalArgumentException e) {
            throw notFound(name);
        }
    }

    /// Holds the app's row until the transaction ends.
    private App lock(String name) {
        return apps.lock(find(name).id()).orElseThrow(() -> notFound(name));
    }

    public List<App> all() {
        return apps.all();
    }

    /// The secret to enter at the Git host for the webhook.
    public String webhookSecret(String name) {
        return masterKey.decrypt(WEBHOOK_PURPOSE, apps.webhookSecret(find(name).id()));
    }

    public String renewWebhookSecret(String name, String by) {
        App app = find(name);
        String secret = newSecret();
        database.inTransaction(() -> {
            apps.setWebhookSecret(app.id(), masterKey.encrypt(WEBHOOK_PURPOSE, secret));
            events.app(app.id(), EventKind.APP_CHANGED, by, "Webhook secret of " + app.name() + " renewed");
        });
        return secret;
    }

    /// An app's events with `id < before`, newest first.
    public List<Event> events(String name, long before, int limit) {
        return events.ofApp(find(name).id(), before, limit);
    }

    /// Null when none are given.
    private byte @Nullable [] credentials(AppDraft draft, RepositoryCredentials kept) {
        String user = draft.repositoryUser();
        String password = draft.repositoryPassword();
        return user == null && password == null
                ? null
                : kept.with(user, password).encrypt(masterKey);
    }

    private static AppName name(String name) {
        try {
            return new AppName(name);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Problem notFound(String name) {
        return Problem.notFound(
                "There is no app called \"" + (name.length() <= 80 ? name : name.substring(0, 80) + "…") + "\".");
    }

    private static String newSecret() {
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
