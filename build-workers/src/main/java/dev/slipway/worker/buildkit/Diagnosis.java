package dev.slipway.worker.buildkit;

import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why `docker build` failed, as an outcome with a sentence for the user. Pure; knows the wordings of BuildKit
/// from Docker 20.10 to today's.
public final class Diagnosis {
    /// What there is to judge by. `remarks` are the lines that belonged to no step.
    public record Evidence(
            int exitStatus,
            Optional<BuildOutput.FailedStep> failedStep,
            List<String> remarks,
            String dockerfile,
            DockerfileOutline outline) {}

    private static final int SHOWN_STEP = 200;
    private static final int SHOWN_LINE = 300;
    private static final int OUT_OF_MEMORY = 137;
    private static final Pattern EXIT_CODE = Pattern.compile("exit code: (\\d{1,9})");
    private static final Pattern PARSE_ERROR =
            Pattern.compile("(?i)dockerfile parse error (?:on )?line (\\d{1,9}): (.*)", Pattern.DOTALL);
    private static final Pattern ENGINE_GONE = Pattern.compile(
            "(?i)cannot connect to the docker daemon|failed to dial gRPC|transport is closing|error reading from server|code = Unavailable"
                    + "|is the docker daemon running|server did not provide an image ID|daemon is shutting down|docker\\.sock: connect|no active session|closing transport");
    private static final Pattern ENGINE_BROKEN = Pattern.compile(
            "(?i)failed to create endpoint|network \\S+ not found|could not find bridge|failed to (?:mount|create shim|start shim)|cgroup"
                    + "|(?:snapshot|layer) \\S+ does not exist|layer does not exist");
    private static final Pattern DISK_FULL = Pattern.compile("(?i)no space left on device|disk quota exceeded");
    private static final Pattern NO_DOCKERFILE = Pattern.compile("(?i)failed to read dockerfile: (?!.*unexpected EOF)");
    private static final Pattern NOT_IN_CONTEXT = Pattern.compile("\"/?([^\"]+)\"(?: not found)?: not found");
    private static final Pattern IMAGE_OF_STEP = Pattern.compile(
            "(?:\\[internal] load metadata for|resolve image config for|(?:\\[[^]]*] )?FROM)(?: docker-image:/+)? (\\S+)");
    private static final Pattern LINE_OF_EXCERPT = Pattern.compile("(\\S+):(\\d{1,9})");
    private static final Pattern FRONT_END = Pattern.compile(
            "(?:ERROR: )?(?:failed to solve(?: with frontend [\\w.]+)?: )+(?:failed to create LLB definition: )?(?:rpc error: code = \\w+ desc = )?(?:failed to solve with frontend [\\w.]+: )?");

    private final Evidence evidence;
    private final String error;

    private Diagnosis(Evidence evidence) {
        this.evidence = evidence;
        this.error = finalError(evidence.remarks());
    }

    /// The outcome of a `docker build` that ended with an exit status other than 0, and that nobody stopped.
    public static BuildOutcome of(Evidence evidence) {
        Diagnosis diagnosis = new Diagnosis(evidence);
        return evidence.failedStep().map(diagnosis::ofStep).orElseGet(diagnosis::withoutStep);
    }

    private static String finalError(List<String> remarks) {
        for (int i = remarks.size() - 1; i >= 0; i--) {
            Matcher prefix = FRONT_END.matcher(remarks.get(i));
            if (prefix.lookingAt()) {
                return (remarks.get(i).substring(prefix.end()) + "\n"
                                + String.join("\n", remarks.subList(i + 1, remarks.size())))
                        .strip();
            }
        }
        return remarks.isEmpty() ? "" : remarks.getLast().strip();
    }

    private BuildOutcome ofStep(BuildOutput.FailedStep step) {
        String everything = step.error() + "\n" + String.join("\n", step.lastLines());
        Matcher image = IMAGE_OF_STEP.matcher(step.name());
        if (ENGINE_GONE.matcher(step.error()).find()) {
            return engineGone(step.error());
        }
        if (ENGINE_BROKEN.matcher(aboutExecutor(step.error())).find()) {
            return engineBroken(step.error());
        }
        if (DISK_FULL.matcher(everything).find()) {
            return diskFull();
        }
        if (image.matches()) {
            return baseImage(image.group(1), step.error());
        }
        return step.name().startsWith("[internal]") || step.name().equals("exporting to image")
                ? internal(step.error())
                : failed(step);
    }

    private BuildOutcome withoutStep() {
        String all = String.join("\n", evidence.remarks());
        Matcher parseError = PARSE_ERROR.matcher(all);
        if (ENGINE_GONE.matcher(all).find()) {
            return engineGone(error);
        }
        if (DISK_FULL.matcher(all).find()) {
            return diskFull();
        }
        if (parseError.find()) {
            int line = Integer.parseInt(parseError.group(1));
            return new BuildOutcome.Failed(
                    BuildReason.DOCKERFILE_INVALID,
                    evidence.dockerfile() + " line " + line + ": " + firstLine(parseError.group(2))
                            + ". Correct it and push again.",
                    line,
                    null);
        }
        if (NO_DOCKERFILE.matcher(all).find()) {
            return new BuildOutcome.Failed(
                    BuildReason.NO_DOCKERFILE,
                    "The engine couldn't read " + evidence.dockerfile() + ": " + firstLine(error),
                    null,
                    null);
        }
        if (all.contains("failed to create LLB definition") || all.contains("target stage")) {
            Integer line = lineOfExcerpt();
            return new BuildOutcome.Failed(
                    BuildReason.DOCKERFILE_INVALID,
                    where(evidence.dockerfile(), line) + ": " + firstLine(error) + ".",
                    line,
                    null);
        }
        return internal(error);
    }

    private BuildOutcome failed(BuildOutput.FailedStep step) {
        Integer line = line(step);
        String what = instruction(step.name()) + " (" + where(evidence.dockerfile(), line) + ")";
        Matcher exit = EXIT_CODE.matcher(step.error());
        if (exit.find()) {
            int code = Integer.parseInt(exit.group(1));
            String message = what + " exited with " + code + "." + hint(code) + lastLines(step.lastLines());
            return new BuildOutcome.Failed(
                    code == OUT_OF_MEMORY ? BuildReason.OUT_OF_MEMORY : BuildReason.STEP_FAILED, message, line, code);
        }
        Matcher missing = NOT_IN_CONTEXT.matcher(step.error());
        if (missing.find()) {
            return new BuildOutcome.Failed(
                    BuildReason.STEP_FAILED,
                    what + " found no \"" + missing.group(1)
                            + "\" in the build context. Is it committed, and not kept out by .dockerignore?",
                    line,
                    null);
        }
        return new BuildOutcome.Failed(
                BuildReason.STEP_FAILED,
                what + " failed: " + firstLine(step.error()) + "." + lastLines(step.lastLines()),
                line,
                null);
    }

    private static String hint(int exitCode) {
        return switch (exitCode) {
            case OUT_OF_MEMORY ->
                " It was killed, most likely because it used more memory than a build's command may (SLIPWAY_BUILD_MEMORY_MB).";
            case 126 -> " Its command isn't executable: check its mode in Git.";
            case 127 -> " Its command wasn't found in the image.";
            default -> "";
        };
    }

    private BuildOutcome baseImage(String image, String error) {
        String name = familiar(image);
        OptionalInt line = evidence.outline().lineNaming(name);
        String why = switch (error) {
            case String e
            when e.contains("no such host")
                    || e.contains("dial tcp")
                    || e.contains("i/o timeout")
                    || e.contains("TLS handshake") -> "its registry can't be reached";
            case String e
            when e.contains("toomanyrequests") || e.contains("429") -> "its registry allows no more pulls for now";
            case String e
            when e.contains("pull access denied")
                    || e.contains("insufficient_scope")
                    || e.contains("401")
                    || e.contains("403") -> "it doesn't exist, or its registry wants a log-in";
            case String e
            when e.contains("not found") || e.contains("manifest unknown") -> "there is no such image or tag";
            default -> "it can't be pulled";
        };
        return new BuildOutcome.Failed(
                BuildReason.BASE_IMAGE_UNAVAILABLE,
                "The image " + name
                        + (line.isPresent() ? " (" + evidence.dockerfile() + " line " + line.getAsInt() + ")" : "")
                        + " can't be had: " + why + ". The engine said: " + firstLine(error),
                line.isPresent() ? line.getAsInt() : null,
                null);
    }

    /// As people write it: without the default registry, its `library/`, the default tag and a resolved digest.
    private static String familiar(String image) {
        String name = image.startsWith("docker.io/") ? image.substring("docker.io/".length()) : image;
        name = name.startsWith("library/") ? name.substring("library/".length()) : name;
        name = name.indexOf('@') > 0
                        && name.lastIndexOf(':', name.indexOf('@')) > name.lastIndexOf('/', name.indexOf('@'))
                ? name.substring(0, name.indexOf('@'))
                : name;
        return name.endsWith(":latest") ? name.substring(0, name.length() - ":latest".length()) : name;
    }

    private static BuildOutcome engineGone(String error) {
        return new BuildOutcome.Errored(
                BuildReason.ENGINE_UNAVAILABLE, "The Docker Engine doesn't answer: " + firstLine(error), true);
    }

    /// What the executor says beyond the command itself, which may contain any words; nothing when the command
    /// ran and exited.
    private static String aboutExecutor(String error) {
        return error.contains("executor failed running [")
                        && !EXIT_CODE.matcher(error).find()
                ? error.substring(error.lastIndexOf("]: ") + 1)
                : "";
    }

    private static BuildOutcome engineBroken(String error) {
        return new BuildOutcome.Errored(
                BuildReason.ENGINE_UNAVAILABLE, "The Docker Engine couldn't run a step: " + firstLine(error), true);
    }

    private static BuildOutcome diskFull() {
        return new BuildOutcome.Errored(
                BuildReason.DISK_FULL,
                "The disk of the Docker Engine is full. Free some space (docker system df shows what takes it) and build again.",
                true);
    }

    private BuildOutcome internal(String error) {
        return new BuildOutcome.Errored(
                BuildReason.INTERNAL,
                "docker build ended with " + evidence.exitStatus()
                        + (error.isEmpty() ? " and said nothing" : ": " + firstLine(error)),
                true);
    }

    private @Nullable Integer line(BuildOutput.FailedStep step) {
        Integer excerpt = lineOfExcerpt();
        if (excerpt != null) {
            return excerpt;
        }
        OptionalInt line = evidence.outline().lineOf(step.name());
        return line.isPresent() ? line.getAsInt() : null;
    }

    /// Since BuildKit 0.10 an error comes with an excerpt, headed by `Dockerfile:9`.
    private @Nullable Integer lineOfExcerpt() {
        List<String> remarks = evidence.remarks();
        for (int i = 0; i + 1 < remarks.size(); i++) {
            Matcher head = LINE_OF_EXCERPT.matcher(remarks.get(i).strip());
            if (head.matches() && remarks.get(i + 1).startsWith("--------")) {
                return Integer.valueOf(head.group(2));
            }
        }
        return null;
    }

    private static String where(String dockerfile, @Nullable Integer line) {
        return line == null ? dockerfile : dockerfile + " line " + line;
    }

    private static String instruction(String stepName) {
        String text = (stepName.startsWith("[") ? stepName.substring(stepName.indexOf(']') + 1) : stepName)
                .strip()
                .replaceAll("\\s+", " ");
        return cut(text, SHOWN_STEP);
    }

    private static String lastLines(List<String> lines) {
        List<String> told = lines.stream()
                .filter(line -> !line.isBlank())
                .map(line -> cut(line, SHOWN_LINE))
                .toList();
        return told.isEmpty() ? "" : (told.size() == 1 ? " Last line: " : " Last lines:\n") + String.join("\n", told);
    }

    private static String firstLine(String text) {
        String first = text.strip().lines().findFirst().orElse("");
        return cut(first.endsWith(".") ? first.substring(0, first.length() - 1) : first, SHOWN_LINE);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
