package dev.slipway.platform.api;

import dev.slipway.db.registry.Descriptor;
import dev.slipway.platform.releases.Comparison;
import dev.slipway.platform.source.CommitRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two releases side by side as it is answered: what is otherwise in release `to` than in release `from`. `same`: they
/// have the same image, config and process spec.
record ComparisonView(
        int from, int to, boolean same, Commits commits, Image image, Config config, List<Comparison.Change> process) {

    /// `added`: what `to` has and `from` hasn't, newest first; `removed`: the other way round.
    record Commits(CommitRange.Relation relation, List<CommitView> added, List<CommitView> removed, boolean more) {}

    /// Sizes in bytes; those of layers are compressed. `known`: whether the layers could be told. `base`: what the
    /// Dockerfiles build upon, where that differs.
    record Image(
            boolean same,
            int fromVersion,
            int toVersion,
            long fromSizeBytes,
            long toSizeBytes,
            boolean known,
            List<Layer> shared,
            List<Layer> added,
            List<Layer> removed,
            Comparison.@Nullable Change base) {}

    record Layer(String digest, long sizeBytes) {}

    /// Names of variables. `unreadable`: why they can't be compared.
    record Config(
            int fromVersion,
            int toVersion,
            List<String> added,
            List<String> removed,
            List<String> changed,
            @Nullable String unreadable) {}

    static ComparisonView of(Comparison comparison) {
        return new ComparisonView(
                comparison.from().release().number(),
                comparison.to().release().number(),
                comparison.isSame(),
                new Commits(
                        comparison.commits().relation(),
                        comparison.commits().added().stream()
                                .map(CommitView::of)
                                .toList(),
                        comparison.commits().removed().stream()
                                .map(CommitView::of)
                                .toList(),
                        comparison.commits().more()),
                image(comparison),
                config(comparison),
                comparison.process());
    }

    private static Image image(Comparison comparison) {
        Comparison.Image image = comparison.image();
        return new Image(
                image.same(),
                comparison.from().image().version(),
                comparison.to().image().version(),
                comparison.from().image().sizeBytes(),
                comparison.to().image().sizeBytes(),
                image.known(),
                layers(image.shared()),
                layers(image.added()),
                layers(image.removed()),
                image.base());
    }

    private static List<Layer> layers(List<Descriptor> layers) {
        return layers.stream()
                .map(layer -> new Layer(layer.digest().value(), layer.size()))
                .toList();
    }

    private static Config config(Comparison comparison) {
        Comparison.Config config = comparison.config();
        return new Config(
                comparison.from().release().configVersion(),
                comparison.to().release().configVersion(),
                config.added(),
                config.removed(),
                config.changed(),
                config.unreadable());
    }
}
