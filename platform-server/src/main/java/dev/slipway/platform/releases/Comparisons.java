package dev.slipway.platform.releases;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.registry.Descriptor;
import dev.slipway.platform.config.ConfigVersions;
import dev.slipway.platform.config.ConfigVersions.Environment;
import dev.slipway.platform.registry.ImageContents;
import dev.slipway.platform.source.History;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Compares releases of an app.
@Component
final class Comparisons {
    private final History history;
    private final ImageContents contents;
    private final ConfigVersions configs;

    Comparisons(History history, ImageContents contents, ConfigVersions configs) {
        this.history = history;
        this.contents = contents;
        this.configs = configs;
    }

    Comparison between(App app, ReleaseView from, ReleaseView to) {
        return new Comparison(
                from,
                to,
                history.between(
                        app, from.build().commit().id(), to.build().commit().id()),
                image(app, from, to),
                config(app, from, to),
                ProcessDifference.between(
                        from.release().processes(), to.release().processes()));
    }

    private Comparison.Image image(App app, ReleaseView from, ReleaseView to) {
        List<Descriptor> before = contents.layers(app.name(), from.image().digest());
        List<Descriptor> after = contents.layers(app.name(), to.image().digest());
        return new Comparison.Image(
                from.image().digest().equals(to.image().digest()),
                !before.isEmpty() && !after.isEmpty(),
                both(after, before),
                without(after, before),
                without(before, after),
                base(app, from, to));
    }

    private static List<Descriptor> both(List<Descriptor> layers, List<Descriptor> others) {
        return layers.stream().filter(Set.copyOf(others)::contains).toList();
    }

    private static List<Descriptor> without(List<Descriptor> layers, List<Descriptor> others) {
        Set<Descriptor> left = new HashSet<>(others);
        return layers.stream().filter(layer -> !left.contains(layer)).toList();
    }

    /// By the Dockerfiles of their commits, found by the app's present settings.
    private Comparison.@Nullable Change base(App app, ReleaseView from, ReleaseView to) {
        Optional<String> before = base(app, from);
        Optional<String> after = base(app, to);
        return before.isEmpty() || after.isEmpty() || before.equals(after)
                ? null
                : new Comparison.Change("Base image", before.get(), after.get());
    }

    private Optional<String> base(App app, ReleaseView view) {
        BuildSettings build = app.build();
        String directory = build.contextDir().replaceAll("^(\\./)+|/+$", "");
        String path = directory.isEmpty() || directory.equals(".")
                ? build.dockerfile()
                : directory + "/" + build.dockerfile();
        return history.file(app, view.build().commit().id(), path)
                .flatMap(text -> BaseImage.of(text, build.targetStage()));
    }

    private Comparison.Config config(App app, ReleaseView from, ReleaseView to) {
        int first = from.release().configVersion();
        int second = to.release().configVersion();
        Map<Integer, Environment> read =
                configs.read(app.id(), first == second ? List.of(first) : List.of(first, second));
        return compare(Objects.requireNonNull(read.get(first)), Objects.requireNonNull(read.get(second)));
    }

    static Comparison.Config compare(Environment from, Environment to) {
        return switch (from) {
            case Environment.Broken(String reason) -> unreadable(reason);
            case Environment.Whole(SortedMap<String, String> before) ->
                switch (to) {
                    case Environment.Broken(String reason) -> unreadable(reason);
                    case Environment.Whole(SortedMap<String, String> after) -> names(before, after);
                };
        };
    }

    private static Comparison.Config unreadable(String reason) {
        return new Comparison.Config(List.of(), List.of(), List.of(), reason);
    }

    private static Comparison.Config names(SortedMap<String, String> before, SortedMap<String, String> after) {
        List<String> added = new ArrayList<>(after.keySet());
        added.removeAll(before.keySet());
        List<String> removed = new ArrayList<>(before.keySet());
        removed.removeAll(after.keySet());
        List<String> changed = before.keySet().stream()
                .filter(name -> after.containsKey(name) && !Objects.equals(before.get(name), after.get(name)))
                .toList();
        return new Comparison.Config(added, removed, changed, null);
    }
}
