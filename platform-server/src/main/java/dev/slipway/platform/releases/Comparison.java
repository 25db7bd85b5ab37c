package dev.slipway.platform.releases;

import dev.slipway.db.registry.Descriptor;
import dev.slipway.platform.source.CommitRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two releases of an app side by side: what is otherwise in `to` than in `from`.
public record Comparison(
        ReleaseView from, ReleaseView to, CommitRange commits, Image image, Config config, List<Change> process) {
    public Comparison {
        process = List.copyOf(process);
    }

    /// Whether they are the same in everything that a release is.
    public boolean isSame() {
        return image.same() && config.isSame() && process.isEmpty();
    }

    /// The layers of two images, compressed as they are stored.
    ///
    /// @param same the very same image
    /// @param known whether the layers could be told
    /// @param base what the Dockerfiles build upon, where that differs; null when it doesn't or can't be told
    public record Image(
            boolean same,
            boolean known,
            List<Descriptor> shared,
            List<Descriptor> added,
            List<Descriptor> removed,
            @Nullable Change base) {
        public Image {
            shared = List.copyOf(shared);
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /// Names of variables; never values.
    ///
    /// @param unreadable why it can't be compared; null when it can
    public record Config(
            List<String> added,
            List<String> removed,
            List<String> changed,
            @Nullable String unreadable) {
        public Config {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            changed = List.copyOf(changed);
        }

        public boolean isSame() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && unreadable == null;
        }
    }

    /// Something called `what` that was `from` and is `to`.
    public record Change(String what, String from, String to) {}
}
