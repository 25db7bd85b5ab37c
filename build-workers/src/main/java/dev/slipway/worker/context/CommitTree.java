package dev.slipway.worker.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The files of one commit, read straight from a bare repository. For one thread.
public final class CommitTree implements AutoCloseable {
    private static final int SYMLINK_DEPTH = 10;

    private final Repository repository;
    private final ObjectReader reader;
    private final RevTree tree;
    private final Instant committedAt;

    private CommitTree(Repository repository, ObjectReader reader, RevCommit commit) {
        this.repository = repository;
        this.reader = reader;
        this.tree = commit.getTree();
        this.committedAt = Instant.ofEpochSecond(commit.getCommitTime());
    }

    /// @throws MissingObjectException when the repository hasn't that commit (any more)
    /// @throws IOException when it can't be read
    public static CommitTree open(Path bareRepository, String commitId) throws IOException {
        Repository repository = new FileRepositoryBuilder()
                .setGitDir(bareRepository.toFile())
                .setBare()
                .setMustExist(true)
                .build();
        ObjectReader reader = repository.newObjectReader();
        try (RevWalk walk = new RevWalk(reader)) {
            return new CommitTree(repository, reader, walk.parseCommit(ObjectId.fromString(commitId)));
        } catch (IOException | RuntimeException e) {
            reader.close();
            repository.close();
            throw e;
        }
    }

    Instant committedAt() {
        return committedAt;
    }

    ObjectReader reader() {
        return reader;
    }

    /// Whether `path` is a directory; "" is the root.
    public boolean isDirectory(String path) throws IOException {
        return directory(path).isPresent();
    }

    Optional<ObjectId> directory(String path) throws IOException {
        if (path.isEmpty()) {
            return Optional.of(tree);
        }
        try (TreeWalk entry = TreeWalk.forPath(reader, path, tree)) {
            return entry != null && entry.getFileMode(0).equals(FileMode.TREE)
                    ? Optional.of(entry.getObjectId(0))
                    : Optional.empty();
        }
    }

    /// A text file's content, following symbolic links inside the commit; at most `limit` bytes of it. Empty
    /// when there is no such file.
    public Optional<String> text(String path, int limit) throws IOException {
        String target = path;
        for (int hops = 0; hops < SYMLINK_DEPTH; hops++) {
            try (TreeWalk entry = TreeWalk.forPath(reader, target, tree)) {
                if (entry == null || (entry.getFileMode(0).getBits() & FileMode.TYPE_MASK) == FileMode.TYPE_TREE) {
                    return Optional.empty();
                }
                String content = read(entry.getObjectId(0), limit);
                if (!entry.getFileMode(0).equals(FileMode.SYMLINK)) {
                    return Optional.of(content);
                }
                Optional<String> next = resolve(target, content);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                target = next.get();
            }
        }
        return Optional.empty();
    }

    private static Optional<String> resolve(String link, String target) {
        try {
            String directory = link.contains("/") ? link.substring(0, link.lastIndexOf('/')) : "";
            return Optional.of(SlashPath.inside(target.startsWith("/") ? target : SlashPath.join(directory, target)));
        } catch (IllegalArgumentException leadsOut) {
            return Optional.empty();
        }
    }

    private String read(ObjectId blob, int limit) throws IOException {
        try (var stream = reader.open(blob, Constants.OBJ_BLOB).openStream()) {
            return new String(stream.readNBytes(limit), StandardCharsets.UTF_8);
        }
    }

    /// Paths of at most `limit` files that look like Dockerfiles, for telling people where theirs may be.
    public List<String> dockerfiles(int limit) throws IOException {
        List<String> found = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(repository, reader)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (found.size() < limit && walk.next()) {
                String name = walk.getNameString().toLowerCase(java.util.Locale.ROOT);
                if (name.equals("dockerfile")
                        || name.startsWith("dockerfile.") && !name.endsWith(".dockerignore")
                        || name.endsWith(".dockerfile")
                        || name.equals("containerfile")) {
                    found.add(walk.getPathString());
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        reader.close();
        repository.close();
    }
}
