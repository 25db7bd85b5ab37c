package dev.slipway.platform.api;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCause;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunState;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.platform.releases.RollbackKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A release as it is answered. `rollbackOf`: the number of the release whose content it repeats.
/// `ready`: its image is whole in the registry and its config can be read; if not, `notReady` says why not.
/// `process` is how web runs, `types` how the other process types do; `commandRun` is null when no release command
/// runs or ran for it.
/// `rollbackKinds`: in which ways it can be rolled back to; `rollbackRefusal`: why it can't be at all.
record ReleaseItem(
        String app,
        int number,
        ReleaseState state,
        @Nullable ReleaseReason reason,
        @Nullable String message,
        ReleaseCause cause,
        @Nullable Integer rollbackOf,
        String createdBy,
        ImageView image,
        int build,
        CommitView commit,
        int configVersion,
        ProcessSpec process,
        Map<String, ProcessSpec> types,
        @Nullable ReleaseCommand releaseCommand,
        @Nullable CommandRun commandRun,
        boolean ready,
        @Nullable String notReady,
        List<RollbackKind> rollbackKinds,
        @Nullable String rollbackRefusal,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant liveAt,
        @Nullable Instant endedAt) {
    /// Version `version` of the app's image in the platform's registry.
    record ImageView(int version, String digest, long sizeBytes) {}

    /// What became of its release command.
    record CommandRun(
            long id,
            RunState state,
            @Nullable RunReason reason,
            @Nullable String message,
            @Nullable Integer exitCode,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        static @Nullable CommandRun of(@Nullable Run run) {
            return run == null
                    ? null
                    : new CommandRun(
                            run.id(),
                            run.state(),
                            run.reason(),
                            run.message(),
                            run.exitCode(),
                            run.startedAt(),
                            run.endedAt());
        }
    }

    static ReleaseItem of(String app, ReleaseView view) {
        Release release = view.release();
        return new ReleaseItem(
                app,
                release.number(),
                release.state(),
                release.reason(),
                release.message(),
                release.cause(),
                view.rollbackOf(),
                release.createdBy(),
                new ImageView(
                        view.image().version(),
                        view.image().digest().value(),
                        view.image().sizeBytes()),
                view.build().number(),
                CommitView.of(view.build().commit()),
                release.configVersion(),
                release.processes().web(),
                release.processes().others(),
                release.processes().release(),
                CommandRun.of(view.command()),
                view.notReady() == null,
                view.notReady(),
                view.kinds(),
                view.refusal(),
                release.createdAt(),
                release.startedAt(),
                release.liveAt(),
                release.endedAt());
    }
}
