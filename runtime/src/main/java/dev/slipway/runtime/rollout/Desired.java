package dev.slipway.runtime.rollout;

import dev.slipway.db.apps.Scale;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the tables say about one app.
///
/// @param scale how many instances of each process type there should be
/// @param open its PENDING, STARTING and LIVE releases by number
/// @param headStart a running build whose image is in the engine already
/// @param standby what of an older release is kept frozen
/// @param jobs commands that somebody or a schedule asked for and that haven't ended, the oldest first
record Desired(
        long appId,
        String app,
        boolean deleted,
        Scale scale,
        List<Wanted> open,
        Optional<HeadStart> headStart,
        Standby standby,
        List<Job> jobs) {

    /// A release and what its instances are.
    ///
    /// @param types a spec for each process type, web's first; empty when nothing of it is to be started any more
    /// @param command what runs before its instances start; null when nothing does
    record Wanted(
            Release release,
            List<InstanceSpec> types,
            @Nullable Run command) {
        Wanted {
            types = List.copyOf(types);
        }

        Optional<InstanceSpec> web() {
            return types.stream().filter(InstanceSpec::web).findFirst();
        }

        boolean in(ReleaseState state) {
            return release.state() == state;
        }
    }

    /// A build and what an instance of web of its coming release is.
    record HeadStart(long buildId, InstanceSpec spec) {}

    /// A command, and an instance of web of the release that it runs in.
    record Job(Run run, InstanceSpec spec) {}

    Desired {
        open = List.copyOf(open);
        jobs = List.copyOf(jobs);
    }

    /// Without a standby and without jobs.
    Desired(long appId, String app, boolean deleted, Scale scale, List<Wanted> open, Optional<HeadStart> headStart) {
        this(appId, app, deleted, scale, open, headStart, Standby.NEVER, List.of());
    }

    /// The same with these jobs.
    Desired with(List<Job> others) {
        return new Desired(appId, app, deleted, scale, open, headStart, standby, others);
    }

    /// The same with what its instances have got. No head start writes a volume: the live release does.
    Desired with(UnaryOperator<InstanceSpec> equip) {
        return new Desired(
                appId,
                app,
                deleted,
                scale,
                open.stream()
                        .map(wanted -> new Wanted(
                                wanted.release(),
                                wanted.types().stream().map(equip).toList(),
                                wanted.command()))
                        .toList(),
                headStart
                        .map(start -> new HeadStart(start.buildId(), equip.apply(start.spec())))
                        .filter(start -> start.spec().writes().isEmpty()),
                standby.with(equip),
                jobs.stream()
                        .map(job -> new Job(job.run(), equip.apply(job.spec())))
                        .toList());
    }

    /// The same when this release has gone live and the tables can't be read again: the one before is over.
    Desired live(Wanted release, Instant since) {
        Stream<Wanted> rest = open.stream().filter(other -> other != release && !other.in(ReleaseState.LIVE));
        Wanted live = new Wanted(release.release().live(since), release.types(), release.command());
        return new Desired(
                appId, app, deleted, scale, Stream.concat(rest, Stream.of(live)).toList(), headStart, standby, jobs);
    }

    /// How many instances of this kind there should be: at most one of a kind that writes a volume.
    int instances(InstanceSpec spec) {
        int wanted = scale.of(spec.type());
        return spec.writes().isEmpty() ? wanted : Math.min(1, wanted);
    }

    /// An app of which there is nothing but instances. Its name may be another one's now.
    static Desired deleted(long appId) {
        return new Desired(appId, "", true, Scale.of(0), List.of(), Optional.empty());
    }

    /// Everything that an instance of this app is started by.
    Stream<InstanceSpec> specs() {
        return Stream.concat(
                open.stream().flatMap(wanted -> wanted.types().stream()),
                headStart.stream().map(HeadStart::spec));
    }

    /// All that haven't ended, whatever they are for.
    Stream<Run> runs() {
        return Stream.concat(
                jobs.stream().map(Job::run), open.stream().map(Wanted::command).filter(Objects::nonNull));
    }

    /// What a run is in, whatever it is for.
    Optional<InstanceSpec> specOfRun(long run) {
        return Stream.concat(
                        jobs.stream().filter(job -> job.run().id() == run).map(Job::spec),
                        open.stream()
                                .filter(wanted -> wanted.command() != null
                                        && wanted.command().id() == run)
                                .flatMap(wanted -> wanted.web().stream()))
                .findFirst();
    }

    /// The release that has the traffic by the tables.
    Optional<Wanted> live() {
        return open.stream().filter(w -> w.in(ReleaseState.LIVE)).findFirst();
    }

    /// The release that should become live: the newest one that isn't.
    Optional<Wanted> candidate() {
        return open.stream().filter(w -> !w.in(ReleaseState.LIVE)).reduce((older, newer) -> newer);
    }
}
