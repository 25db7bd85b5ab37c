package dev.slipway.db.apps;

import dev.slipway.db.releases.Processes;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An app with its present settings. `processes` is what the next build's release takes where the commit's
/// `slipway.yml` says nothing else; running releases have their own copy. `pause` is null when builds are
/// released by themselves.
///
/// @param repositoryCredentials whether a user or password for a watched repository is stored
/// @param scale how many instances of each process type are wanted
public record App(
        long id,
        AppName name,
        Source source,
        boolean repositoryCredentials,
        BuildSettings build,
        Processes processes,
        Scale scale,
        @Nullable DeployPause pause,
        @Nullable Instant fetchedAt,
        @Nullable String fetchError,
        Instant createdAt) {
    /// How many instances of web are wanted.
    public int instances() {
        return scale.of(Processes.WEB);
    }

    /// The process types that it has by its settings or had in a release, web first.
    public List<String> types() {
        SortedSet<String> others = new TreeSet<>(processes.others().keySet());
        others.addAll(scale.others().keySet());
        return Stream.concat(Stream.of(Processes.WEB), others.stream()).toList();
    }
}
