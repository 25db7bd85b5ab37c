package dev.slipway.worker.buildkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `docker build` by BuildKit as a value: what is started, and in which environment. The context comes on its
/// standard input.
///
/// Values of build arguments go through the environment, because arguments can be read by everyone on the
/// machine. Exceptions are names that would change how the program itself works (`LD_PRELOAD`, `DOCKER_HOST`,
/// …).
///
/// BuildKit ignores `--memory`, `--cpu-quota`, `--cgroup-parent` and (before Docker 23) `--ulimit`; limits on
/// memory and CPU are set from outside, on processes that are known by `host`.
///
/// @param docker absolute path of a CLI that can BuildKit
/// @param directory private to the worker: the CLI's home and configuration (no credentials), and the file for
///     the image's id
/// @param dockerfile relative to the context
/// @param secrets files whose contents `RUN --mount=type=secret,id=NAME` may see, and nothing of the image holds
/// @param host a name that the commands of the build find in their `/etc/hosts`
public record BuildCommand(
        Path docker,
        Path directory,
        String dockerfile,
        @Nullable String target,
        Map<String, String> buildArgs,
        Map<String, Path> secrets,
        List<String> tags,
        Map<String, String> labels,
        @Nullable String host) {
    private static final Pattern CHANGES_THE_PROGRAM = Pattern.compile(
            "(LD|DYLD|DOCKER|BUILDKIT|BUILDX|MOBY|GO|OTEL|SSL|GLIBC|MALLOC|XDG)[_A-Z]*|PATH|HOME|TMPDIR|LANG|LC_.*|PROGRESS_NO_TRUNC|NO_COLOR|TERM|IFS|ENV|BASH_ENV");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public BuildCommand {
        buildArgs = Map.copyOf(buildArgs);
        secrets = Map.copyOf(secrets);
        tags = List.copyOf(tags);
        labels = Map.copyOf(labels);
    }

    /// Where the CLI writes the image's id.
    public Path imageIdFile() {
        return directory.resolve("image-id");
    }

    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                docker.toString(), "build", "--progress=plain", "--iidfile=" + imageIdFile(), "--file=" + dockerfile));
        if (target != null && !target.isBlank()) {
            arguments.add("--target=" + target);
        }
        if (host != null) {
            arguments.add("--add-host=" + host + ":127.0.0.1");
        }
        tags.forEach(tag -> arguments.add("--tag=" + tag));
        new TreeMap<>(labels).forEach((name, value) -> arguments.add("--label=" + name + "=" + value));
        new TreeMap<>(buildArgs)
                .forEach((name, value) ->
                        arguments.add("--build-arg=" + (byEnvironment(name) ? name : name + "=" + value)));
        new TreeMap<>(secrets).forEach((name, file) -> arguments.add("--secret=" + secret(name, file)));
        arguments.add("-");
        return arguments;
    }

    /// The CLI takes it for a line of CSV.
    private static String secret(String name, Path file) {
        String source = "src=" + file;
        return "id=" + name + "," + (source.matches("[^,\"]*") ? source : '"' + source.replace("\"", "\"\"") + '"');
    }

    /// @param engine DOCKER_HOST and its companions, as the worker itself uses them
    public Map<String, String> environment(Map<String, String> engine) {
        Map<String, String> environment = new LinkedHashMap<>();
        buildArgs.forEach((name, value) -> {
            if (byEnvironment(name)) {
                environment.put(name, value);
            }
        });
        environment.putAll(engine);
        environment.put("PATH", PATH);
        environment.put("HOME", directory.toString());
        environment.put("DOCKER_CONFIG", directory.resolve("docker").toString());
        environment.put("DOCKER_BUILDKIT", "1");
        environment.put("BUILDX_NO_DEFAULT_ATTESTATIONS", "1");
        environment.put("PROGRESS_NO_TRUNC", "1");
        return environment;
    }

    private static boolean byEnvironment(String name) {
        return ENVIRONMENT_NAME.matcher(name).matches()
                && !CHANGES_THE_PROGRAM.matcher(name).matches();
    }

    /// Without the values of build arguments.
    @Override
    public String toString() {
        return "docker build of " + tags;
    }
}
