package dev.slipway.runtime.handover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A run's place between the one before it and the one after it.
public final class Handover {
    private final Path directory;
    private final Ownership ownership;
    private final Predecessor predecessor;

    private Handover(Path directory, Ownership ownership, Predecessor predecessor) {
        this.directory = directory;
        this.ownership = ownership;
        this.predecessor = predecessor;
    }

    /// Takes over from the run before, if there is one. When this returns, this process alone may reconcile.
    ///
    /// @param directory where the runs of one installation meet; is made if it isn't there
    /// @throws IllegalStateException when nothing can be written there
    public static Handover begin(Path directory) {
        Ownership ownership = Ownership.in(directory);
        return new Handover(directory, ownership, Predecessor.takeOver(directory, ownership));
    }

    public Predecessor predecessor() {
        return predecessor;
    }

    /// From now on a next run may take over from this one. Close the result when this run ends by itself.
    public AutoCloseable awaitSuccessor(Parting parting) {
        return Successor.await(directory, ownership, parting);
    }

    /// Leaves a mark for who restarts this process: it worked, so when it ends, the next one needn't wait.
    public void sayReady() {
        try {
            Files.writeString(directory.resolve("runtime.ready"), "");
        } catch (IOException e) {
            throw new IllegalStateException("can't write in " + directory + ": " + e.getMessage(), e);
        }
    }
}
