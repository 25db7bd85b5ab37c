package dev.slipway.runtime.rollout;

import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.ConfigStore;
import dev.slipway.db.apps.Scale;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.events.Event;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.images.Digest;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCause;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.volumes.VolumeStore;
import dev.slipway.runtime.engine.ImageSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Reads from the tables what should run.
final class Tables {
    private static final Logger log = LoggerFactory.getLogger(Tables.class);

    private final AppStore apps;
    private final ConfigStore configs;
    private final BuildStore builds;
    private final ImageStore images;
    private final ReleaseStore releases;
    private final RunStore runs;
    private final VolumeTable volumes;
    private final EventLog events;
    private final MasterKey key;
    private final Duration standby;
    /// By `app id/version`; config versions never change.
    private final Map<String, Map<String, String>> environments = new ConcurrentHashMap<>();
    /// By id of a release that repeats another: the number of the one whose content it has. Never changes.
    private final Map<Long, Integer> origins = new ConcurrentHashMap<>();
    /// Image versions never change.
    private final Map<Long, ImageVersion> known = new ConcurrentHashMap<>();

    Tables(Database database, MasterKey key, Duration standby) {
        this.standby = standby;
        this.apps = new AppStore(database);
        this.configs = new ConfigStore(database);
        this.builds = new BuildStore(database);
        this.images = new ImageStore(database);
        this.releases = new ReleaseStore(database);
        this.runs = new RunStore(database);
        this.volumes = new VolumeTable(new VolumeStore(database));
        this.events = new EventLog(database);
        this.key = key;
    }

    ReleaseStore releases() {
        return releases;
    }

    RunStore runs() {
        return runs;
    }

    VolumeTable volumes() {
        return volumes;
    }

    /// By app id. Builds are read before releases: a build that succeeds in between has its release then, and
    /// its head start goes on being wanted.
    Map<Long, Desired> read() {
        List<Build> running = builds.withLocalImage();
        List<Release> open = releases.open();
        Map<Long, Release> retired = releases.lastRetired(standby);
        Map<Long, Run> commands = commands(open);
        Jobs jobs = Jobs.read(runs, releases, open);
        Map<Long, App> present = apps.all().stream().collect(Collectors.toMap(App::id, Function.identity()));
        VolumeTable.Attached attached = volumes.attached();
        forgetAllBut(jobs.and(open), retired.values());
        Map<Long, Desired> desired = new HashMap<>();
        for (App app : present.values()) {
            Optional<Build> build =
                    running.stream().filter(b -> b.appId() == app.id()).findFirst();
            desired.put(
                    app.id(),
                    desired(
                                    app,
                                    open.stream()
                                            .filter(r -> r.appId() == app.id())
                                            .toList(),
                                    commands,
                                    build,
                                    Optional.ofNullable(retired.get(app.id())))
                            .with(jobs.of(
                                    app.id(),
                                    release -> wanted(app, release, null).web().orElseThrow()))
                            .with(attached::equip));
        }
        for (Release release : open) {
            if (!present.containsKey(release.appId())) {
                desired.put(release.appId(), deleted(release.appId(), open));
            }
        }
        open.stream().filter(release -> release.state() == ReleaseState.LIVE).forEach(this::learnEnvironment);
        return desired;
    }

    /// So that a live release can be kept up without the database. What can't be read is said when it is needed.
    private void learnEnvironment(Release live) {
        try {
            environment(live.appId(), live.configVersion());
        } catch (IllegalStateException e) {
            log.debug("the variables of app {} can't be read", live.appId(), e);
        }
    }

    /// @param open of which something may be started
    private void forgetAllBut(List<Release> open, Collection<Release> retired) {
        List<Release> all = Stream.concat(open.stream(), retired.stream()).toList();
        known.keySet().retainAll(all.stream().map(Release::imageId).collect(Collectors.toSet()));
        origins.keySet().retainAll(all.stream().map(Release::id).collect(Collectors.toSet()));
        environments
                .keySet()
                .retainAll(open.stream()
                        .map(r -> r.appId() + "/" + r.configVersion())
                        .collect(Collectors.toSet()));
    }

    /// By release id, of those that aren't live yet.
    private Map<Long, Run> commands(List<Release> open) {
        List<Long> coming = open.stream()
                .filter(r -> r.state() != ReleaseState.LIVE && r.processes().release() != null)
                .map(Release::id)
                .toList();
        return coming.isEmpty()
                ? Map.of()
                : runs.ofReleases(coming).stream().collect(Collectors.toMap(Run::releaseId, Function.identity()));
    }

    private Desired desired(
            App app, List<Release> open, Map<Long, Run> commands, Optional<Build> build, Optional<Release> retired) {
        return new Desired(
                app.id(),
                app.name().value(),
                false,
                app.scale(),
                open.stream()
                        .map(release -> wanted(app, release, commands.get(release.id())))
                        .toList(),
                build.flatMap(b -> headStart(app, b)),
                retired.map(release -> standby(app, release)).orElse(new Standby(standby, null, Instant.EPOCH)),
                List.of());
    }

    private Desired.Wanted wanted(App app, Release release, @Nullable Run command) {
        ImageVersion image =
                known.computeIfAbsent(release.imageId(), id -> images.find(id).orElseThrow());
        ImageSource source = new ImageSource(image.imageId(), app.name().value(), image.digest());
        return new Desired.Wanted(release, types(app, release, source, image.exposedPort()), command);
    }

    private Standby standby(App app, Release retired) {
        return new Standby(
                standby,
                wanted(app, retired, null).web().orElse(null),
                Objects.requireNonNullElse(retired.endedAt(), Instant.EPOCH));
    }

    /// What a release of instances are told: a release that repeats another has its instances, too.
    private int origin(Release release) {
        if (release.cause() != ReleaseCause.ROLLBACK || release.rollbackOf() == null) {
            return release.number();
        }
        Integer known = origins.get(release.id());
        if (known == null) {
            known = releases.find(release.rollbackOf()).map(this::origin).orElse(release.number());
            origins.put(release.id(), known);
        }
        return known;
    }

    private List<InstanceSpec> types(App app, Release release, ImageSource source, @Nullable Integer exposedPort) {
        List<InstanceSpec> specs = new ArrayList<>();
        release.processes()
                .types()
                .forEach((type, process) -> specs.add(new InstanceSpec(
                        app.id(),
                        app.name().value(),
                        origin(release),
                        type,
                        source,
                        release.configVersion(),
                        process,
                        exposedPort)));
        return specs;
    }

    private Optional<Desired.HeadStart> headStart(App app, Build build) {
        String local = build.localImage();
        Processes processes = build.processFile() == null
                ? app.processes()
                : build.processFile().over(app.processes());
        // before the release command ran nothing of the new image may start
        if (local == null || app.pause() != null || processes.release() != null) {
            return Optional.empty();
        }
        List<Release> newest = releases.ofApp(app.id(), Integer.MAX_VALUE, 1);
        int number = newest.isEmpty() ? 1 : newest.getFirst().number() + 1;
        ImageSource source = new ImageSource(new Digest(local), app.name().value(), null);
        return Optional.of(new Desired.HeadStart(
                build.id(),
                new InstanceSpec(
                        app.id(),
                        app.name().value(),
                        number,
                        Processes.WEB,
                        source,
                        configs.present(app.id()),
                        processes.web(),
                        build.exposedPort())));
    }

    private static Desired deleted(long appId, List<Release> open) {
        List<Desired.Wanted> ending = open.stream()
                .filter(r -> r.appId() == appId)
                .map(r -> new Desired.Wanted(r, List.of(), null))
                .toList();
        return new Desired(appId, "", true, Scale.of(0), ending, Optional.empty());
    }

    /// Puts the death of a live instance into its app's history; not when the database is away.
    void recordFailure(long appId, long releaseId, Instance row) {
        try {
            events.release(
                    appId,
                    releaseId,
                    EventKind.INSTANCE_FAILED,
                    Event.SLIPWAY,
                    "Instance " + row.id() + ": " + row.message());
        } catch (DataAccessException away) {
            log.debug("the death of instance {} isn't recorded", row.id(), away);
        }
    }

    /// The variables of a config version, decrypted. Those of open releases stay in memory, so that a live
    /// release can be kept up without the database.
    Map<String, String> environment(long appId, int configVersion) {
        return configVersion == 0
                ? Map.of()
                : environments.computeIfAbsent(
                        appId + "/" + configVersion, unknown -> readEnvironment(appId, configVersion));
    }

    /// Takes the values of an instance's variables out of what it wrote.
    Mask mask(InstanceSpec spec) {
        return new Mask(environment(spec.appId(), spec.configVersion()).values());
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> readEnvironment(long appId, int configVersion) {
        return configs.find(appId, configVersion)
                .map(config ->
                        Json.read(key.decrypt(ConfigStore.purpose(appId, configVersion), config.sealed()), Map.class))
                .orElseGet(Map::of);
    }
}
