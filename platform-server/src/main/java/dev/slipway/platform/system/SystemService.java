package dev.slipway.platform.system;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.workers.Worker;
import dev.slipway.db.workers.WorkerStore;
import dev.slipway.platform.builds.BuildService;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The queue and the workers.
@Service
public class SystemService {
    private final AppStore apps;
    private final BuildStore builds;
    private final WorkerStore workers;
    private final BuildService buildService;

    SystemService(AppStore apps, BuildStore builds, WorkerStore workers, BuildService buildService) {
        this.apps = apps;
        this.builds = builds;
        this.workers = workers;
        this.buildService = buildService;
    }

    /// A queued or running build. `waiting`: why it waits, null when it runs.
    public record QueueEntry(Build build, App app, @Nullable String waiting) {}

    /// A worker and what it builds now.
    public record WorkerEntry(Worker worker, @Nullable QueueEntry current) {}

    /// In the order of the queue.
    public List<QueueEntry> queue() {
        return builds.open().stream()
                .flatMap(build -> apps.find(build.appId()).map(app -> entry(build, app)).stream())
                .toList();
    }

    public List<WorkerEntry> workers() {
        List<QueueEntry> queue = queue();
        return workers.alive().stream()
                .map(worker -> new WorkerEntry(
                        worker,
                        queue.stream()
                                .filter(e -> worker.id().equals(e.build().workerId()))
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    private QueueEntry entry(Build build, App app) {
        return new QueueEntry(build, app, buildService.whyWaiting(build).orElse(null));
    }
}
