package dev.slipway.worker.context;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// What a `.dockerignore` keeps out of the context. The last pattern that matches a path or one of its
/// directories decides.
public final class IgnoreRules {
    /// Rules that ignore nothing.
    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private final List<IgnorePattern> patterns;

    private IgnoreRules(List<IgnorePattern> patterns) {
        this.patterns = patterns;
    }

    /// Reads a `.dockerignore` by the rules of moby/patternmatcher's `ignorefile`: a byte order mark is
    /// skipped, lines beginning with `#` are comments, leading slashes mean nothing.
    ///
    /// @throws IllegalArgumentException naming the line that is malformed
    public static IgnoreRules parse(String file) {
        List<IgnorePattern> patterns = new ArrayList<>();
        int number = 0;
        for (String line : (file.startsWith("\uFEFF") ? file.substring(1) : file).split("\r?\n")) {
            number++;
            try {
                add(patterns, line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage());
            }
        }
        return new IgnoreRules(List.copyOf(patterns));
    }

    private static void add(List<IgnorePattern> patterns, String line) {
        String pattern = line.strip();
        if (line.startsWith("#") || pattern.isEmpty()) {
            return;
        }
        boolean exclusion = pattern.startsWith("!");
        String path = exclusion ? pattern.substring(1).strip() : pattern;
        if (path.isEmpty()) {
            throw new IllegalArgumentException("\"!\" needs a pattern behind it");
        }
        String clean = SlashPath.clean(path);
        patterns.add(IgnorePattern.compile(
                clean.length() > 1 && clean.startsWith("/") ? clean.substring(1) : clean, exclusion));
    }

    /// These rules with `path` itself always sent.
    public IgnoreRules sending(String path) {
        if (!ignores(path)) {
            return this;
        }
        List<IgnorePattern> more = new ArrayList<>(patterns);
        more.add(new IgnorePattern(path, true, IgnorePattern.Form.EXACT, java.util.regex.Pattern.compile("(?!)")));
        return new IgnoreRules(List.copyOf(more));
    }

    /// Whether `path` stays out of the context.
    public boolean ignores(String path) {
        Verdict verdict = root();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            verdict = verdict.of(path.substring(0, slash));
        }
        return verdict.of(path).ignored();
    }

    /// The verdict on the context's root, from which those on its entries follow.
    Verdict root() {
        return new Verdict(new BitSet(), false);
    }

    /// What the rules say of one path: which patterns match it or a directory above it, and what follows from
    /// that.
    final class Verdict {
        private final BitSet matched;
        private final boolean ignored;

        private Verdict(BitSet matched, boolean ignored) {
            this.matched = matched;
            this.ignored = ignored;
        }

        boolean ignored() {
            return ignored;
        }

        /// Whether nothing below an ignored directory can be sent after all.
        boolean wholly() {
            return ignored && patterns.stream().noneMatch(IgnorePattern::exclusion);
        }

        /// The verdict on an entry of this directory, by its path from the context's root.
        Verdict of(String path) {
            BitSet matches = new BitSet(patterns.size());
            boolean ignore = false;
            for (int i = 0; i < patterns.size(); i++) {
                IgnorePattern pattern = patterns.get(i);
                if (matched.get(i) || pattern.matches(path)) {
                    matches.set(i);
                    ignore = !pattern.exclusion();
                }
            }
            return new Verdict(matches, ignore);
        }
    }
}
