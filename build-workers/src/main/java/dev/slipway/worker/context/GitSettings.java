package dev.slipway.worker.context;

import java.io.File;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// How JGit behaves in a worker: small caches, and no user's or machine's Git configuration (reading the latter
/// would start `git`).
public final class GitSettings {
    private static final int MIB = 1 << 20;
    private static final long TIMESTAMP_MILLIS = 10;

    private GitSettings() {}

    /// Call once, before the first repository is opened.
    public static void install() {
        SystemReader.setInstance(new Unconfigured(SystemReader.getInstance()));
        WindowCacheConfig cache = new WindowCacheConfig();
        cache.setPackedGitLimit(8 * MIB);
        cache.setPackedGitOpenFiles(32);
        cache.setDeltaBaseCacheLimit(2 * MIB);
        cache.setStreamFileThreshold(4 * MIB);
        cache.install();
    }

    private static final class Unconfigured extends SystemReader.Delegate {
        Unconfigured(SystemReader delegate) {
            super(delegate);
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }
    }

    private static final class Empty extends FileBasedConfig {
        Empty(Config parent, FS fs) {
            super(parent, new File("/dev/null"), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        /// Without an answer JGit measures the resolution of time stamps, by writing files into the repository.
        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals("filesystem") ? unit.convert(TIMESTAMP_MILLIS, TimeUnit.MILLISECONDS) : otherwise;
        }
    }
}
