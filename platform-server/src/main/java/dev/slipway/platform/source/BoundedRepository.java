package dev.slipway.platform.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/// A bare repository on disk that takes packs only within limits, whether they are pushed or fetched: JGit
/// itself has no limit for fetches.
final class BoundedRepository extends FileRepository {
    /// "PACK", version, number of objects.
    private static final int HEADER_BYTES = 12;
    private static final int COUNT_AT = 8;

    private final SourceLimits limits;

    BoundedRepository(Path directory, SourceLimits limits) throws IOException {
        super(new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setMustExist(true)
                .setup());
        this.limits = limits;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter inserter = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return inserter;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                PackParser parser = inserter.newPackParser(counted(in));
                parser.setMaxObjectSizeLimit(limits.maxObjectBytes());
                return parser;
            }
        };
    }

    private InputStream counted(InputStream pack) throws IOException {
        byte[] header = pack.readNBytes(HEADER_BYTES);
        if (header.length == HEADER_BYTES) {
            long objects = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(COUNT_AT));
            if (objects > limits.maxObjects()) {
                throw new LimitExceededException("it has " + objects + " objects, more than " + limits.maxObjects());
            }
        }
        PushbackInputStream whole = new PushbackInputStream(pack, HEADER_BYTES);
        whole.unread(header);
        return whole;
    }
}
