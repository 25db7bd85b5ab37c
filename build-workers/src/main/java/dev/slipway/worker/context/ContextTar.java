package dev.slipway.worker.context;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Writes a context as a tar, from the Git objects to the stream, without a checkout.
///
/// Two contexts with the same files and commit give the same bytes: owner root, the commit's time, mode 0755 or
/// 0644, the order of Git's trees. Symbolic links stay links and are never followed here; the engine unpacks
/// inside a directory of its own.
public final class ContextTar {
    private static final int DIRECTORY = 0755;
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;
    private static final int LFS_POINTER_LIMIT = 1024;
    private static final byte[] LFS_POINTER =
            "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.US_ASCII);

    private final CommitTree tree;
    private final BuildContext context;
    private final ContextLimits limits;
    private final TarArchiveOutputStream tar;
    private final Date time;
    private final List<Directory> parents = new ArrayList<>();
    private final List<String> submodules = new ArrayList<>();
    private final List<String> largeFiles = new ArrayList<>();
    private int files;
    private long bytes;

    private ContextTar(CommitTree tree, BuildContext context, ContextLimits limits, OutputStream out) {
        this.tree = tree;
        this.context = context;
        this.limits = limits;
        this.tar = new TarArchiveOutputStream(out, "UTF-8");
        this.time = Date.from(tree.committedAt());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /// Writes the whole context. Doesn't close `out`.
    ///
    /// @throws BuildContext.NotBuildable when it is larger than the limits or holds what no context may hold
    /// @throws IOException when the stream or the repository fails
    public static ContextSummary write(CommitTree tree, BuildContext context, ContextLimits limits, OutputStream out)
            throws IOException, BuildContext.NotBuildable {
        ContextTar writer = new ContextTar(tree, context, limits, out);
        writer.walk();
        writer.tar.finish();
        return new ContextSummary(writer.files, writer.bytes, writer.submodules, writer.largeFiles);
    }

    /// A directory on the way to the present entry. It is written before its first child, or at once when it
    /// isn't ignored itself.
    private static final class Directory {
        private final String path;
        private final IgnoreRules.Verdict verdict;
        private boolean written;

        Directory(String path, IgnoreRules.Verdict verdict) {
            this.path = path;
            this.verdict = verdict;
        }
    }

    private void walk() throws IOException, BuildContext.NotBuildable {
        Directory root = new Directory("", context.ignored().root());
        root.written = true;
        parents.add(root);
        try (TreeWalk walk = new TreeWalk(tree.reader())) {
            walk.addTree(tree.directory(context.directory()).orElseThrow());
            while (walk.next()) {
                parents.subList(walk.getDepth() + 1, parents.size()).clear();
                enter(walk);
            }
        }
    }

    private void enter(TreeWalk walk) throws IOException, BuildContext.NotBuildable {
        refuseUnsafe(walk.getNameString());
        String path = walk.getPathString();
        IgnoreRules.Verdict verdict = parents.getLast().verdict.of(path);
        if (walk.isSubtree()) {
            if (!verdict.wholly()) {
                Directory directory = new Directory(path, verdict);
                parents.add(directory);
                if (!verdict.ignored()) {
                    writeParents();
                }
                walk.enterSubtree();
            }
        } else if (!verdict.ignored()) {
            writeParents();
            write(path, walk.getFileMode(0), walk.getObjectId(0));
        }
    }

    private static void refuseUnsafe(String name) throws BuildContext.NotBuildable {
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0) {
            throw new BuildContext.NotBuildable(
                    BuildContext.NotBuildable.Kind.BAD_CONTEXT,
                    "This commit holds a file named \"" + name + "\", which no file system can hold.");
        }
    }

    private void writeParents() throws IOException, BuildContext.NotBuildable {
        for (Directory directory : parents) {
            if (!directory.written) {
                directory.written = true;
                writeDirectory(directory.path);
            }
        }
    }

    private void write(String path, FileMode mode, ObjectId id) throws IOException, BuildContext.NotBuildable {
        switch (mode.getBits() & FileMode.TYPE_MASK) {
            case FileMode.TYPE_FILE -> writeFile(path, mode.equals(FileMode.EXECUTABLE_FILE) ? EXECUTABLE : PLAIN, id);
            case FileMode.TYPE_SYMLINK -> writeLink(path, id);
            case FileMode.TYPE_GITLINK -> {
                submodules.add(path);
                writeDirectory(path);
            }
            default ->
                throw new BuildContext.NotBuildable(
                        BuildContext.NotBuildable.Kind.BAD_CONTEXT,
                        "This commit holds \"" + path + "\" with the unknown file mode " + mode + ".");
        }
    }

    private void writeDirectory(String path) throws IOException, BuildContext.NotBuildable {
        count(0);
        put(new TarArchiveEntry(path + "/", TarConstants.LF_DIR), DIRECTORY);
        tar.closeArchiveEntry();
    }

    private void writeLink(String path, ObjectId id) throws IOException, BuildContext.NotBuildable {
        count(0);
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(new String(open(id).getBytes(), StandardCharsets.UTF_8));
        put(entry, 0777);
        tar.closeArchiveEntry();
    }

    private void writeFile(String path, int mode, ObjectId id) throws IOException, BuildContext.NotBuildable {
        ObjectLoader blob = open(id);
        count(blob.getSize());
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL);
        entry.setSize(blob.getSize());
        put(entry, mode);
        if (blob.isLarge()) {
            blob.copyTo(tar);
        } else {
            byte[] content = blob.getCachedBytes();
            if (isLfsPointer(content)) {
                largeFiles.add(path);
            }
            tar.write(content);
        }
        tar.closeArchiveEntry();
    }

    private ObjectLoader open(ObjectId id) throws IOException {
        ObjectReader reader = tree.reader();
        try {
            return reader.open(id, Constants.OBJ_BLOB);
        } catch (MissingObjectException e) {
            throw new IOException("the repository lacks the object " + id.name() + " of this commit", e);
        }
    }

    private static boolean isLfsPointer(byte[] content) {
        return content.length < LFS_POINTER_LIMIT
                && content.length > LFS_POINTER.length
                && java.util.Arrays.equals(content, 0, LFS_POINTER.length, LFS_POINTER, 0, LFS_POINTER.length);
    }

    private void put(TarArchiveEntry entry, int mode) throws IOException {
        entry.setMode(mode);
        entry.setModTime(time);
        tar.putArchiveEntry(entry);
    }

    private void count(long size) throws BuildContext.NotBuildable {
        files++;
        bytes += size;
        if (files > limits.files() || bytes > limits.bytes()) {
            throw new BuildContext.NotBuildable(
                    BuildContext.NotBuildable.Kind.BAD_CONTEXT,
                    "The build context is larger than the limit of " + (limits.bytes() >> 20) + " MiB in "
                            + limits.files() + " files. Leave out what the build doesn't need with a .dockerignore.");
        }
    }
}
