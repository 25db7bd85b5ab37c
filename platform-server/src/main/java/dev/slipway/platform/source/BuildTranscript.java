package dev.slipway.platform.source;

import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.Words;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns pictures of a build into the lines that its pusher reads: each thing once, in order, up to the end. No
/// effects.
final class BuildTranscript {
    private static final String HEADING = "-----> ";
    private static final String INDENT = "       ";
    private static final String LAST_LINES = " Last lines:";
    private static final String CACHED = " (cached)";
    private static final long LONG_MILLIS = 1_000;
    private static final int TITLE = 120;

    private final String appUrl;
    private final String appPage;
    private final Set<Integer> toldSteps = new HashSet<>();
    private final Set<String> toldInstances = new HashSet<>();
    private final EnumSet<Chapter> toldChapters = EnumSet.noneOf(Chapter.class);
    private @Nullable String toldWaiting;
    private int attempt;
    private int nextLine;
    private boolean over;

    private enum Chapter {
        IMAGE,
        RELEASE,
        COMMAND,
        COMMAND_DONE,
        START
    }

    /// @param appUrl where visitors find the app
    /// @param appPage where its owner does
    BuildTranscript(String appUrl, String appPage) {
        this.appUrl = appUrl;
        this.appPage = appPage;
    }

    /// The first line of the log, of the attempt given, that wasn't told yet.
    int nextLine(int ofAttempt) {
        return ofAttempt == attempt ? nextLine : 0;
    }

    /// No more will come.
    boolean isOver() {
        return over;
    }

    List<String> next(BuildPicture picture) {
        List<String> lines = new ArrayList<>();
        Build build = picture.build();
        tellStart(build, picture.waiting(), lines);
        tellLog(picture, lines);
        switch (build.state()) {
            case QUEUED, RUNNING -> {}
            case SUCCEEDED -> tellRelease(picture, lines);
            case FAILED -> end(lines, "Build " + build.number() + " failed: " + reason(build), stays(picture.live()));
            case ERRORED ->
                end(
                        lines,
                        "Build " + build.number() + " could not be carried out: " + reason(build),
                        "That isn't the Dockerfile's fault. To try once more press Build in the dashboard. "
                                + stays(picture.live()));
            case CANCELLED, SUPERSEDED -> end(lines, reason(build), stays(picture.live()));
        }
        return lines;
    }

    private void tellStart(Build build, @Nullable String waiting, List<String> lines) {
        if (waiting != null && !waiting.equals(toldWaiting)) {
            toldWaiting = waiting;
            lines.add(INDENT + waiting);
        }
        if (build.attempt() != attempt) {
            attempt = build.attempt();
            nextLine = 0;
            toldSteps.clear();
            String by = build.workerId() == null ? "" : " on worker " + build.workerId();
            lines.add(HEADING + "Build " + build.number() + " started" + by
                    + (attempt == 1 ? "" : " (attempt " + attempt + ")"));
        }
    }

    /// The log has each step's name above what the step wrote, so it tells when one starts; what ended before
    /// that is told before it.
    private void tellLog(BuildPicture picture, List<String> lines) {
        Map<String, BuildStep> byName = picture.steps().stream()
                .collect(Collectors.toMap(BuildStep::name, step -> step, (first, second) -> first));
        for (String line : picture.log()) {
            BuildStep begun =
                    byName.get(line.endsWith(CACHED) ? line.substring(0, line.length() - CACHED.length()) : line);
            if (begun != null) {
                tellSteps(picture.steps(), begun.number(), lines);
            }
            if (begun == null) {
                lines.add(INDENT + line);
            } else if (begun.state() != BuildStep.State.CACHED) {
                lines.add(INDENT + title(line));
            }
        }
        nextLine += picture.log().size();
        tellSteps(picture.steps(), Integer.MAX_VALUE, lines);
    }

    /// The outcome of steps before the one numbered `before`.
    private void tellSteps(List<BuildStep> steps, int before, List<String> lines) {
        for (BuildStep step : steps) {
            if (step.number() < before
                    && step.state() != BuildStep.State.RUNNING
                    && toldSteps.add(step.number())
                    && isWorthTelling(step)) {
                if (!lines.isEmpty() && lines.getLast().equals(INDENT + title(step.name()))) {
                    lines.removeLast();
                }
                lines.add(INDENT + title(step.name()) + outcome(step));
            }
        }
    }

    /// What BuildKit does for itself is told only when it takes long.
    private static boolean isWorthTelling(BuildStep step) {
        Long millis = step.durationMillis();
        boolean internal = !step.name().startsWith("[")
                || step.name().startsWith("[internal]")
                || step.name().startsWith("[auth]");
        return !internal || step.state() == BuildStep.State.FAILED || millis != null && millis >= LONG_MILLIS;
    }

    /// A RUN of many lines is one name to BuildKit.
    private static String title(String name) {
        return name.length() <= TITLE ? name : name.substring(0, TITLE) + "…";
    }

    private static String outcome(BuildStep step) {
        return switch (step.state()) {
            case RUNNING -> "";
            case DONE -> took(step);
            case CACHED -> "  CACHED";
            case FAILED -> "  FAILED" + took(step);
            case CANCELLED -> "  cancelled";
        };
    }

    private void tellRelease(BuildPicture picture, List<String> lines) {
        ImageVersion image = picture.image();
        if (image != null && toldChapters.add(Chapter.IMAGE)) {
            lines.add(HEADING + "Image v" + image.version() + " (" + inMegabytes(image.sizeBytes()) + ") "
                    + image.digest().value());
        }
        if (picture.build().reason() == BuildReason.DEPLOYS_PAUSED) {
            end(
                    lines,
                    reason(picture.build()),
                    stays(picture.live()) + " Resume deploys, or release this image, at " + appPage);
            return;
        }
        Release release = picture.release();
        if (release == null) {
            return;
        }
        if (toldChapters.add(Chapter.RELEASE)) {
            lines.add(
                    HEADING + "Release " + release.number() + " of image v" + (image == null ? "?" : image.version()));
        }
        tellCommand(picture.command(), lines);
        // a head start may be healthy before its release starts
        boolean healthy = picture.instances().stream().anyMatch(instance -> instance.healthyAt() != null);
        Run command = picture.command();
        boolean waits = command != null && command.state() != RunState.SUCCEEDED;
        if (release.state() == ReleaseState.STARTING && !healthy && !waits && toldChapters.add(Chapter.START)) {
            lines.add(INDENT + "starting");
        }
        tellInstances(picture.instances(), lines);
        switch (release.state()) {
            case PENDING, STARTING -> {}
            case LIVE, RETIRED ->
                end(
                        lines,
                        "Live at " + appUrl + " (release " + release.number() + ")" + after(picture.build(), release),
                        "");
            case FAILED ->
                end(lines, "Release " + release.number() + " failed: " + message(release), stays(picture.live()));
            case CANCELLED ->
                end(
                        lines,
                        "Release " + release.number() + " was not started: " + message(release),
                        stays(picture.live()));
        }
    }

    private void tellCommand(@Nullable Run command, List<String> lines) {
        if (command == null || command.startedAt() == null) {
            return;
        }
        if (toldChapters.add(Chapter.COMMAND)) {
            lines.add(INDENT + "running the release command: " + title(Words.join(command.command())));
        }
        if (command.state() == RunState.SUCCEEDED && toldChapters.add(Chapter.COMMAND_DONE)) {
            lines.add(INDENT + "done after " + seconds(Duration.between(command.startedAt(), command.endedAt())));
        }
    }

    private void tellInstances(List<Instance> instances, List<String> lines) {
        for (Instance instance : instances) {
            Instant healthy = instance.healthyAt();
            if (healthy != null && toldInstances.add(instance.id())) {
                String what = instance.process().equals(Processes.WEB) ? "" : instance.process() + " ";
                lines.add(INDENT + what + "healthy after " + seconds(Duration.between(instance.createdAt(), healthy)));
                if (instance.message() != null) {
                    lines.add(INDENT + instance.message());
                }
            }
        }
    }

    private void end(List<String> lines, String heading, String rest) {
        over = true;
        List<String> parts = heading.lines().toList();
        lines.add(HEADING + parts.getFirst());
        parts.stream().skip(1).forEach(line -> lines.add(INDENT + line));
        if (!rest.isBlank()) {
            lines.add(INDENT + rest);
        }
    }

    /// Without the last lines of the log, which the pusher has just read.
    private static String reason(Build build) {
        String message = build.message() == null ? "it gave no reason" : firstLine(build.message());
        String place = build.failedLine() == null || message.contains("line " + build.failedLine())
                ? ""
                : " (Dockerfile line " + build.failedLine() + ")";
        String exit = build.exitCode() == null || message.contains("exit") ? "" : ", exit code " + build.exitCode();
        return message + place + exit;
    }

    private static String firstLine(String message) {
        String first = message.lines().findFirst().orElse("");
        return first.endsWith(LAST_LINES) ? first.substring(0, first.length() - LAST_LINES.length()) : first;
    }

    private static String message(Release release) {
        return release.message() == null ? String.valueOf(release.reason()) : release.message();
    }

    private static String stays(@Nullable Integer live) {
        return live == null ? "Nothing of this app is live." : "Release " + live + " stays live.";
    }

    private static String after(Build build, Release release) {
        Instant live = release.liveAt();
        return live == null ? "" : " after " + seconds(Duration.between(build.queuedAt(), live));
    }

    private static String took(BuildStep step) {
        Long millis = step.durationMillis();
        return millis == null ? "  done" : "  " + seconds(Duration.ofMillis(millis));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String inMegabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
