package dev.slipway.worker.context;

import java.util.ArrayDeque;
import java.util.Deque;

/// Paths with `/` between their parts, relative to a repository or a context.
final class SlashPath {
    private SlashPath() {}

    /// The shortest equal path, by the rules of Go's `path.Clean`, which `.dockerignore` is defined by: ""
    /// becomes ".", `a//b/./c/..` becomes `a/b`, leading `..` stay in a relative path and vanish in a rooted
    /// one.
    static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (part.equals("..") && rooted || part.isEmpty() || part.equals(".")) {
                continue;
            } else {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        if (rooted) {
            return "/" + joined;
        }
        return joined.isEmpty() ? "." : joined;
    }

    /// A path inside a tree, without leading slash; "" for the tree itself.
    ///
    /// @throws IllegalArgumentException when it leads out of the tree
    static String inside(String path) {
        String clean = clean(path.strip());
        String relative = clean.startsWith("/") ? clean.substring(1) : clean;
        if (relative.equals("..") || relative.startsWith("../")) {
            throw new IllegalArgumentException("\"" + path + "\" leads out of the repository");
        }
        return relative.equals(".") ? "" : relative;
    }

    static String join(String directory, String path) {
        return directory.isEmpty() ? path : directory + "/" + path;
    }
}
