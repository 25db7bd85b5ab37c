package dev.slipway.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The floor: what the container engine alone needs, driven by hand. Everything it makes carries the label
/// [#LABEL].
final class Engine implements AutoCloseable {
    private static final String LABEL = "dev.slipway.bench=1";
    /// Where the apps of these measurements listen.
    static final int APP_PORT = 8000;
    private static final Path HERE = Path.of("").toAbsolutePath();

    private final String docker;

    Engine(String docker) {
        this.docker = docker;
    }

    /// `start`: of the last part, from `docker run` to the first answer.
    record Floor(Duration all, Duration start) {}

    /// Changes one line; then `git archive | docker build` and `docker run`, until the first answer with that
    /// line.
    Floor buildAndRun(Repository repository, String image) {
        removeContainers();
        String text = repository.change();
        long typed = System.nanoTime();
        ProcessBuilder build = new ProcessBuilder(docker, "build", "--quiet", "--label", LABEL, "--tag", image, "-");
        build.environment().put("DOCKER_BUILDKIT", "1");
        build.redirectError(ProcessBuilder.Redirect.PIPE);
        Run.pipe(repository.archive(), build);
        long built = System.nanoTime();
        String container = Run.output(HERE, docker, "run", "--detach", "--label", LABEL, image)
                .strip();
        long ran = System.nanoTime();
        String address = Run.output(HERE, docker, "inspect", "--format", "{{.NetworkSettings.IPAddress}}", container)
                .strip();
        long asking = System.nanoTime() - ran; // only the bench needs the address, so it isn't counted
        long answered =
                new Visitor(address, APP_PORT, "localhost").firstSight(text).join() - asking;
        return new Floor(Duration.ofNanos(answered - typed), Duration.ofNanos(answered - built));
    }

    boolean hasImage(String name) {
        return !Run.output(HERE, docker, "image", "ls", "--quiet", name).isBlank();
    }

    /// Makes `name` from a directory with a root file system.
    void importImage(Path root, String name) {
        ProcessBuilder tar = new ProcessBuilder("tar", "-C", root.toString(), "-c", ".")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Run.pipe(
                tar,
                new ProcessBuilder(docker, "import", "--change", "LABEL " + LABEL, "-", name)
                        .redirectError(ProcessBuilder.Redirect.PIPE));
    }

    /// The ids of an app's instances that have a container, in whatever state.
    Set<String> instances(String app) {
        return Run.output(
                        HERE,
                        docker,
                        "ps",
                        "--all",
                        "--filter",
                        "label=dev.slipway.instance",
                        "--format",
                        "{{.Label \"dev.slipway.instance\"}}")
                .lines()
                .filter(instance -> instance.startsWith(app + "-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Of the one instance that an app has.
    String address(String app) {
        String instance = instances(app).iterator().next();
        String container = Run.output(
                        HERE, docker, "ps", "--quiet", "--filter", "label=dev.slipway.instance=" + instance)
                .strip();
        return Run.output(
                        HERE,
                        docker,
                        "inspect",
                        "--format",
                        "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                        container)
                .strip();
    }

    private void removeContainers() {
        List<String> containers = Run.output(HERE, docker, "ps", "--all", "--quiet", "--filter", "label=" + LABEL)
                .lines()
                .toList();
        for (String container : containers) {
            Run.output(HERE, docker, "rm", "--force", container);
        }
    }

    /// Removes what was made, but for the base image of the next time.
    @Override
    public void close() {
        removeContainers();
        for (String image : List.of("slipway-bench-tiny", "slipway-bench-middle")) {
            if (hasImage(image)) {
                Run.output(HERE, docker, "image", "rm", "--force", image);
            }
        }
        Run.output(HERE, Map.of(), docker, "image", "prune", "--force", "--filter", "label=" + LABEL);
    }
}
