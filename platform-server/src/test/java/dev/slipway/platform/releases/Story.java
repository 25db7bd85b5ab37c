package dev.slipway.platform.releases;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.platform.apps.AppDraft;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.config.ConfigService;
import dev.slipway.platform.testing.Given;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Does random things to an app, and keeps books of its own on what each release has to be.
final class Story {
    /// What a release is: an image version, an environment, a process spec.
    record Content(int image, SortedMap<String, String> config, Processes processes) {}

    record Services(
            AppService apps, ConfigService configs, ReleaseService releases, Deploys deploys, Database database) {}

    private final Random random;
    private final Given given;
    private final Services services;
    private final ReleaseStore store;
    private final App app;

    private final List<Content> contents = new ArrayList<>();
    private SortedMap<String, String> config = new TreeMap<>();
    private Processes processes = Processes.DEFAULT;
    private int images;
    private int instances = 1;
    private boolean paused;
    private boolean held;
    private @Nullable Content live;

    Story(Random random, Given given, Services services) {
        this.random = random;
        this.given = given;
        this.services = services;
        this.store = new ReleaseStore(services.database());
        this.app = given.app("story");
        build();
        goLive();
    }

    String name() {
        return app.name().value();
    }

    List<Content> contents() {
        return List.copyOf(contents);
    }

    Content content(int number) {
        return contents.get(number - 1);
    }

    Content live() {
        return java.util.Objects.requireNonNull(live);
    }

    int instances() {
        return instances;
    }

    boolean paused() {
        return paused;
    }

    void step() {
        switch (random.nextInt(9)) {
            case 0, 1 -> build();
            case 2, 3 -> changeConfig();
            case 4 -> changeProcess();
            case 5 -> scale();
            case 6 -> rollBackSomewhere();
            case 7 -> resume();
            default -> releaseByHand();
        }
        switch (random.nextInt(4)) {
            case 0 -> {} // it stays pending
            case 1 -> fail();
            default -> goLive();
        }
    }

    private void build() {
        given.built(app);
        images++;
        held = paused;
        if (!paused) {
            contents.add(new Content(images, config, processes));
        }
    }

    private void changeConfig() {
        String name = "V" + random.nextInt(4);
        String value = random.nextInt(4) == 0 ? null : "value " + random.nextInt(3);
        SortedMap<String, String> changed = new TreeMap<>(config);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        Map<String, @Nullable String> change = new HashMap<>();
        change.put(name, value);
        Release present = newestOpen();
        services.configs().change(name(), change, "ada");
        if (!changed.equals(config)) {
            config = changed;
            Content old = content(present.number());
            contents.add(new Content(old.image(), config, old.processes()));
        }
    }

    private void changeProcess() {
        SortedMap<String, ProcessSpec> workers = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            workers.put("worker" + i, spec());
        }
        ReleaseCommand release = random.nextBoolean() ? null : new ReleaseCommand(List.of("migrate"), 1 + images);
        processes = new Processes(spec(), workers, release);
        services.apps()
                .update(
                        name(),
                        now -> new AppDraft(name(), null, null, null, "main", 60, now.build(), processes),
                        "ada");
    }

    private ProcessSpec spec() {
        return new ProcessSpec(null, null, 64 * (1 + random.nextInt(4)), 1000, 512, 60, 30);
    }

    private void scale() {
        instances = random.nextInt(4);
        services.apps().scale(name(), instances, "ada");
    }

    private void rollBackSomewhere() {
        List<ReleaseView> possible = services.releases().list(name(), Integer.MAX_VALUE, 1000).stream()
                .filter(ReleaseView::canRollBack)
                .toList();
        if (!possible.isEmpty()) {
            ReleaseView target = possible.get(random.nextInt(possible.size()));
            rollBack(
                    target.release().number(),
                    target.kinds().get(random.nextInt(target.kinds().size())));
        }
    }

    void rollBack(int number, RollbackKind kind) {
        services.releases().rollBack(name(), number, kind, "ada");
        paused = true;
        Content target = content(number);
        Content made = switch (kind) {
            case IMAGE_AND_CONFIG -> target;
            case IMAGE -> new Content(target.image(), live().config(), live().processes());
        };
        contents.add(made);
        config = made.config();
    }

    private void resume() {
        if (paused) {
            boolean release = random.nextBoolean();
            services.deploys().resume(name(), release, "ada");
            paused = false;
            if (release && held) {
                contents.add(new Content(images, config, processes));
            }
            held = held && !release;
        }
    }

    private void releaseByHand() {
        int image = 1 + random.nextInt(images);
        services.deploys().release(name(), image, "ada");
        contents.add(new Content(image, config, processes));
        held = held && image != images;
    }

    /// What is on its way arrives.
    void settle() {
        goLive();
    }

    void goLive() {
        for (Release pending : store.inState(app.id(), ReleaseState.PENDING)) {
            store.start(pending);
            store.goLive(pending);
            live = content(pending.number());
        }
    }

    private void fail() {
        for (Release pending : store.inState(app.id(), ReleaseState.PENDING)) {
            store.start(pending);
            store.fail(pending, ReleaseReason.UNHEALTHY, "a test");
            boolean rolledBack = pending.cause() == dev.slipway.db.releases.ReleaseCause.ROLLBACK;
            if (rolledBack && config.equals(content(pending.number()).config())) {
                config = live().config();
            }
        }
    }

    private Release newestOpen() {
        return store.inState(app.id(), ReleaseState.PENDING).stream()
                .findFirst()
                .orElseGet(() -> store.inState(app.id(), ReleaseState.LIVE).getFirst());
    }
}
