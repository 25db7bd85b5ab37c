package dev.slipway.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;

/// Makes commits in a bare repository, file by file.
public final class TestRepository {
    private final Path directory;
    private final TreeMap<String, Entry> files = new TreeMap<>();

    private record Entry(FileMode mode, byte[] content) {}

    public TestRepository(Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    public TestRepository file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8), FileMode.REGULAR_FILE);
    }

    public TestRepository executable(String path, byte[] content) {
        return file(path, content, FileMode.EXECUTABLE_FILE);
    }

    public TestRepository link(String path, String target) {
        return file(path, target.getBytes(StandardCharsets.UTF_8), FileMode.SYMLINK);
    }

    public TestRepository submodule(String path) {
        return file(path, new byte[0], FileMode.GITLINK);
    }

    private TestRepository file(String path, byte[] content, FileMode mode) {
        files.put(path, new Entry(mode, content));
        return this;
    }

    public TestRepository without(String path) {
        files.remove(path);
        return this;
    }

    /// The machine's static busybox as `busybox`, for images from scratch.
    public TestRepository busybox() throws IOException {
        return executable("busybox", Files.readAllBytes(Path.of("/bin/busybox")));
    }

    /// Commits the files and returns the commit's id.
    public String commit() throws IOException {
        try (Repository repository = new FileRepository(directory.toFile())) {
            if (!Files.exists(directory.resolve("HEAD"))) {
                repository.create(true);
            }
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                CommitBuilder commit = new CommitBuilder();
                commit.setTreeId(tree(inserter));
                PersonIdent ada = new PersonIdent(
                        "Ada", "ada@example.com", Instant.parse("2026-01-02T03:04:05Z"), java.time.ZoneOffset.UTC);
                commit.setAuthor(ada);
                commit.setCommitter(ada);
                commit.setMessage("Change\n");
                ObjectId id = inserter.insert(commit);
                inserter.flush();
                return id.name();
            }
        }
    }

    private ObjectId tree(ObjectInserter inserter) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        for (var file : files.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(file.getValue().mode());
            entry.setObjectId(
                    file.getValue().mode().equals(FileMode.GITLINK)
                            ? ObjectId.fromString("1234567890123456789012345678901234567890")
                            : inserter.insert(
                                    Constants.OBJ_BLOB, file.getValue().content()));
            builder.add(entry);
        }
        builder.finish();
        return index.writeTree(inserter);
    }
}
