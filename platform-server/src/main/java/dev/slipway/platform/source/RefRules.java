package dev.slipway.platform.source;

import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/// Which refs may be pushed. Git's own rules on names, and a few more against names that fool people or
/// programs.
final class RefRules {
    private static final int LENGTH_LIMIT = 255;

    private RefRules() {}

    /// Why a ref of this name isn't taken, as a sentence; empty when it is.
    static Optional<String> refusal(String name) {
        boolean branch = name.startsWith(Constants.R_HEADS);
        if (!branch && !name.startsWith(Constants.R_TAGS)) {
            return Optional.of("only branches (refs/heads/...) and tags (refs/tags/...) can be pushed here");
        }
        if (name.length() > LENGTH_LIMIT) {
            return Optional.of("the name is longer than " + LENGTH_LIMIT + " characters");
        }
        if (!Repository.isValidRefName(name) || name.chars().anyMatch(c -> c <= ' ' || c == 127 || isInvisible(c))) {
            return Optional.of("Git doesn't allow such a name");
        }
        String rest = name.substring(name.indexOf('/', Constants.R_REFS.length()) + 1);
        if (rest.startsWith("-") || rest.contains("/-")) {
            return Optional.of("a name that begins with '-' would be taken for an option");
        }
        if (branch && (rest.equals(Constants.HEAD) || rest.startsWith(Constants.R_REFS))) {
            return Optional.of("a branch of that name can't be told from Git's own refs");
        }
        return Optional.empty();
    }

    /// Characters that are not seen or turn the text around them.
    private static boolean isInvisible(int character) {
        int type = Character.getType(character);
        return type == Character.FORMAT
                || type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
