package dev.slipway.ui.releases;

import dev.slipway.db.registry.Descriptor;
import dev.slipway.platform.releases.Comparison;
import dev.slipway.platform.releases.Comparison.Change;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.parts.FileSize;
import java.util.ArrayList;
import java.util.List;

/// What is different between two releases, but for their commits, as lines of `what: from → to`.
final class ComparisonRows {
    private static final String VARIABLE = "Variable ";
    private static final String SET = "set";
    private static final String NOT_SET = "not set";

    private ComparisonRows() {}

    /// How much of it.
    enum Scope {
        ALL,
        IMAGE
    }

    static List<Change> of(Comparison comparison, Scope scope) {
        List<Change> rows = new ArrayList<>(image(comparison));
        if (scope == Scope.ALL) {
            rows.addAll(config(comparison.config()));
            rows.addAll(comparison.process());
        }
        return rows;
    }

    private static List<Change> image(Comparison comparison) {
        Comparison.Image image = comparison.image();
        if (image.same()) {
            return List.of();
        }
        ReleaseView from = comparison.from();
        ReleaseView to = comparison.to();
        List<Change> rows = new ArrayList<>();
        rows.add(new Change("Image", name(from), name(to)));
        if (from.image().sizeBytes() != to.image().sizeBytes()) {
            rows.add(new Change(
                    "Size",
                    FileSize.words(from.image().sizeBytes()),
                    FileSize.words(to.image().sizeBytes())));
        }
        if (image.base() != null) {
            rows.add(image.base());
        }
        if (image.known()) {
            rows.add(new Change(
                    "Layers", layers(image.removed(), image.shared()), layers(image.added(), image.shared())));
        }
        return rows;
    }

    private static String name(ReleaseView view) {
        return "v" + view.image().version() + " " + view.image().digest().abbreviated();
    }

    /// "2 of its own (1.2 MB), 5 shared".
    private static String layers(List<Descriptor> own, List<Descriptor> shared) {
        long bytes = own.stream().mapToLong(Descriptor::size).sum();
        return own.size() + " of its own (" + FileSize.words(bytes) + "), " + shared.size() + " shared";
    }

    private static List<Change> config(Comparison.Config config) {
        List<Change> rows = new ArrayList<>();
        config.added().forEach(name -> rows.add(new Change(VARIABLE + name, NOT_SET, SET)));
        config.removed().forEach(name -> rows.add(new Change(VARIABLE + name, SET, NOT_SET)));
        config.changed().forEach(name -> rows.add(new Change(VARIABLE + name, "one value", "another value")));
        return rows;
    }
}
