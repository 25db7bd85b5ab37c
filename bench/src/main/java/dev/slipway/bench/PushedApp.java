package dev.slipway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// An app on the platform with its repository. Remembers what the page of each release says; release 1 is the
/// first.
final class PushedApp implements AutoCloseable {
    private final Platform platform;
    private final String name;
    private final Repository repository;
    private final List<String> pages = new ArrayList<>();

    PushedApp(Platform platform, String name, Repository repository) {
        this.platform = platform;
        this.name = name;
        this.repository = repository;
    }

    Repository repository() {
        return repository;
    }

    /// From `git push` typed to the first answer of the new version.
    Duration push() {
        String page = repository.change();
        pages.add(page);
        CompletableFuture<Long> seen = platform.visitor(name).firstSight(page);
        long typed = System.nanoTime();
        repository.pushTo(platform.gitUrl(name));
        Duration time = Duration.ofNanos(seen.join() - typed);
        platform.awaitQuiet(name);
        return time;
    }

    /// From the API's call to the first answer of the release before the live one.
    Duration rollBack() {
        int target = pages.size() - 1;
        String page = pages.get(target - 1);
        pages.add(page);
        CompletableFuture<Long> seen = platform.visitor(name).firstSight(page);
        long called = System.nanoTime();
        platform.rollBack(name, target);
        Duration time = Duration.ofNanos(seen.join() - called);
        platform.awaitQuiet(name);
        return time;
    }

    @Override
    public void close() {
        platform.deleteApp(name);
    }
}
