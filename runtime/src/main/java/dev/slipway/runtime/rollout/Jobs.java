package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The commands of all apps that somebody or a schedule asked for, and the releases that they run in, which may
/// have ended meanwhile.
record Jobs(List<Run> asked, Map<Long, Release> releases) {
    /// @param open releases that were read already
    static Jobs read(RunStore runs, ReleaseStore releases, List<Release> open) {
        List<Run> asked = runs.open();
        Set<Long> wanted = asked.stream().map(Run::releaseId).collect(Collectors.toSet());
        Map<Long, Release> found = open.stream()
                .filter(release -> wanted.contains(release.id()))
                .collect(Collectors.toMap(Release::id, Function.identity()));
        Set<Long> ended = new HashSet<>(wanted);
        ended.removeAll(found.keySet());
        if (!ended.isEmpty()) {
            releases.find(ended).forEach(release -> found.put(release.id(), release));
        }
        return new Jobs(asked, found);
    }

    /// With those of the jobs.
    List<Release> and(Collection<Release> others) {
        return Stream.concat(others.stream(), releases.values().stream()).toList();
    }

    /// @param web what an instance of web of a release is
    List<Desired.Job> of(long appId, Function<Release, InstanceSpec> web) {
        return asked.stream()
                .filter(run -> run.appId() == appId)
                .flatMap(run ->
                        Stream.ofNullable(releases.get(run.releaseId())).map(r -> new Desired.Job(run, web.apply(r))))
                .toList();
    }
}
