package dev.slipway.platform.source;

import dev.slipway.db.builds.CommitId;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileSnapshot;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/// A branch's head, and what the files in which it is written down (gitrepository-layout(5): one of its own, or
/// `packed-refs`) were like before it was read. While both stay as they are, so does the head, and asking them is far
/// cheaper than opening the repository.
///
/// @param head empty when there is no such branch
record HeadLook(
        String branch, Optional<CommitId> head, File loose, FileSnapshot ofLoose, File packed, FileSnapshot ofPacked) {
    static HeadLook at(Repository repository, String branch) throws IOException {
        File loose = new File(repository.getDirectory(), Constants.R_HEADS + branch);
        File packed = new File(repository.getDirectory(), Constants.PACKED_REFS);
        FileSnapshot ofLoose = FileSnapshot.save(loose);
        FileSnapshot ofPacked = FileSnapshot.save(packed);
        Ref ref = repository.exactRef(Constants.R_HEADS + branch);
        Optional<CommitId> head = Optional.ofNullable(ref)
                .map(found -> new CommitId(found.getObjectId().name()));
        boolean elsewhere = ref != null && ref.isSymbolic(); // its target moves in another file
        return new HeadLook(branch, head, loose, elsewhere ? FileSnapshot.DIRTY : ofLoose, packed, ofPacked);
    }

    /// Is this still the head of the branch `wanted`? What changed a moment ago may change once more unseen, so then
    /// it isn't known.
    boolean holds(String wanted) {
        return branch.equals(wanted) && !ofLoose.isModified(loose) && !ofPacked.isModified(packed);
    }
}
