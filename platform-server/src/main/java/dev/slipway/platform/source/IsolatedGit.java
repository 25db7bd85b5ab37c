package dev.slipway.platform.source;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/// Keeps JGit from reading and writing the Git settings of the account that runs the platform: its
/// `http.proxy`, `url.insteadOf` or `http.extraHeader` would send our fetches, and the credentials in them,
/// somewhere else.
final class IsolatedGit extends SystemReader.Delegate {

    private IsolatedGit(SystemReader delegate) {
        super(delegate);
    }

    static synchronized void install() {
        SystemReader present = SystemReader.getInstance();
        if (!(present instanceof IsolatedGit)) {
            SystemReader.setInstance(new IsolatedGit(present));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    /// Settings that live in memory only.
    private static final class NoFile extends FileBasedConfig {
        @SuppressWarnings("NullAway") // a null file is how JGit itself says "none"
        NoFile(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
