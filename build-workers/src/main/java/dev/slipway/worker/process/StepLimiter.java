package dev.slipway.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Limits what the commands of our builds use, while a build runs.
///
/// BuildKit takes no limits from its client, so the kernel is told directly. Each step's processes are in a control
/// group of their own; ours are known by a host name that we give to the build (`--add-host`) and that BuildKit writes
/// to their `/etc/hosts`. Other people's builds on the same engine are left alone. A step runs up to 0.1 s before it
/// is found; one that has changed its root by then isn't.
public final class StepLimiter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StepLimiter.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int HOSTS_LIMIT = 64 << 10;
    private static final Path PROC = Path.of("/proc");
    /// The engine's parent of steps, with its two cgroup drivers: cgroupfs, systemd.
    private static final Pattern STEP_GROUP = Pattern.compile("/buildkit/|system\\.slice:docker:");

    private final String marker;
    private final StepLimits limits;
    private final Thread thread;
    private Set<String> judged = new HashSet<>();
    private Set<String> outsideOnce = new HashSet<>();
    private final Set<String> limited = new HashSet<>();

    private StepLimiter(String marker, StepLimits limits) {
        this.marker = marker;
        this.limits = limits;
        this.thread = Thread.ofPlatform().name("limits").daemon().unstarted(this::watch);
    }

    /// Whether this process may set limits: it takes root, and an engine on this machine.
    public static boolean isPossible(String engine) {
        return engine.startsWith("unix:")
                && (Files.isWritable(Path.of("/sys/fs/cgroup/memory/cgroup.procs"))
                        || Files.isWritable(Path.of("/sys/fs/cgroup/cgroup.procs")));
    }

    /// The host name by which the steps of an installation's builds are known.
    public static String marker(String installation) {
        return "slipway-" + installation + ".invalid";
    }

    /// Limits, until closed, the steps of builds that were given `marker` as a host.
    public static StepLimiter start(String marker, StepLimits limits) {
        StepLimiter limiter = new StepLimiter(marker, limits);
        limiter.thread.start();
        return limiter;
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.warn("steps run without limits on memory and CPU: {}", e.toString());
        }
    }

    /// Judges the processes that are new. One that isn't a step's is looked at twice: it may just be on its way into
    /// its group.
    private void look() throws IOException {
        Set<String> alive = new HashSet<>();
        Set<String> young = new HashSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String pid = process.getFileName().toString();
                if (judged.contains(pid)) {
                    alive.add(pid);
                } else if (judge(process)) {
                    (outsideOnce.contains(pid) ? alive : young).add(pid);
                }
            }
        }
        judged = alive;
        outsideOnce = young;
    }

    private boolean judge(Path process) {
        try {
            String membership = Files.readString(process.resolve("cgroup"));
            if (!isStep(membership) || limited.contains(membership)) {
                return true;
            }
            if (!hosts(process).contains(marker)) {
                return false;
            }
            boolean complete = true;
            for (StepLimits.Setting setting : limits.settings(membership)) {
                complete &= write(setting);
            }
            if (complete) {
                limited.add(membership);
            }
            return complete;
        } catch (IOException ended) {
            return true;
        }
    }

    /// @param membership `/proc/<pid>/cgroup`
    static boolean isStep(String membership) {
        return STEP_GROUP.matcher(membership).find();
    }

    /// The image decides what lies there: only a file is read, and only its beginning.
    private static String hosts(Path process) throws IOException {
        Path file = process.resolve("root/etc/hosts");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(HOSTS_LIMIT), StandardCharsets.UTF_8);
        }
    }

    /// False when it must be tried again: the kernel refuses a limit that is exceeded already.
    private static boolean write(StepLimits.Setting setting) {
        try {
            if (Files.exists(setting.file())) {
                Files.writeString(setting.file(), setting.value());
            }
            return true;
        } catch (IOException e) {
            log.debug("{} can't be set to {} yet: {}", setting.file(), setting.value(), e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
