package dev.slipway.worker.context;

import dev.slipway.db.apps.BuildSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What is sent to the engine for one build: a directory of a commit without what is ignored, and the
/// Dockerfile in it.
///
/// @param directory relative to the repository, "" for its root
/// @param dockerfile relative to `directory`
/// @param text the Dockerfile's content
public record BuildContext(String directory, String dockerfile, String text, IgnoreRules ignored) {
    private static final int DOCKERFILE_LIMIT = 1 << 20;
    private static final String IGNORE_FILE = ".dockerignore";

    /// Why a commit can't be built with these settings; `message` is a sentence for the user.
    public static final class NotBuildable extends Exception {
        private static final long serialVersionUID = 1;
        /// What is wrong.
        public enum Kind {
            NO_DOCKERFILE,
            BAD_CONTEXT
        }

        private final Kind kind;

        NotBuildable(Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        public Kind kind() {
            return kind;
        }
    }

    /// Finds the context of a commit.
    public static BuildContext find(CommitTree tree, BuildSettings settings) throws IOException, NotBuildable {
        String directory = inside(settings.contextDir(), "context directory");
        if (!tree.isDirectory(directory)) {
            throw new NotBuildable(
                    NotBuildable.Kind.BAD_CONTEXT,
                    "The app's context directory \"" + directory
                            + "\" isn't a directory of this commit. Correct it in the app's settings.");
        }
        String wanted = inside(settings.dockerfile(), "Dockerfile");
        for (String name : wanted.equals("Dockerfile") ? List.of(wanted, "dockerfile") : List.of(wanted)) {
            Optional<String> text = tree.text(SlashPath.join(directory, name), DOCKERFILE_LIMIT);
            if (text.isPresent()) {
                return new BuildContext(directory, name, text.get(), ignored(tree, directory, name));
            }
        }
        throw new NotBuildable(NotBuildable.Kind.NO_DOCKERFILE, noDockerfile(tree, SlashPath.join(directory, wanted)));
    }

    private static String inside(String path, String what) throws NotBuildable {
        try {
            return SlashPath.inside(path);
        } catch (IllegalArgumentException e) {
            throw new NotBuildable(
                    NotBuildable.Kind.BAD_CONTEXT,
                    "The app's " + what + " " + e.getMessage() + ". Correct it in the app's settings.");
        }
    }

    private static String noDockerfile(CommitTree tree, String path) throws IOException {
        List<String> others = tree.dockerfiles(6);
        String looked = "This commit has no file \"" + path + "\", which the app is set to be built from. ";
        if (others.isEmpty()) {
            return looked + "Add a Dockerfile, commit it and push again.";
        }
        return looked + "It does have "
                + String.join(
                        ", ", others.stream().map(other -> "\"" + other + "\"").toList())
                + ": set the app's Dockerfile path (and context directory) to the one you want, or add the missing file.";
    }

    /// As BuildKit: `<Dockerfile>.dockerignore` goes before `.dockerignore`. Both files the front end reads are
    /// always sent.
    private static IgnoreRules ignored(CommitTree tree, String directory, String dockerfile)
            throws IOException, NotBuildable {
        for (String name : List.of(dockerfile + IGNORE_FILE, IGNORE_FILE)) {
            Optional<String> text = tree.text(SlashPath.join(directory, name), DOCKERFILE_LIMIT);
            if (text.isPresent()) {
                try {
                    return IgnoreRules.parse(text.get()).sending(dockerfile).sending(IGNORE_FILE);
                } catch (IllegalArgumentException e) {
                    throw new NotBuildable(
                            NotBuildable.Kind.BAD_CONTEXT,
                            name + ", " + e.getMessage() + ". Correct it and push again.");
                }
            }
        }
        return IgnoreRules.NONE;
    }
}
