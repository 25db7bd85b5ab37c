package dev.slipway.worker.slipwayfile;

import dev.slipway.db.releases.ProcessFile;

/// What is wrong with a `slipway.yml`; the message is for the user and names the line.
public final class InvalidFile extends Exception {
    private static final long serialVersionUID = 1;

    /// @param line counted from 1
    InvalidFile(int line, String problem) {
        super(ProcessFile.NAME + ", line " + line + ": " + problem);
    }

    InvalidFile(String problem) {
        super(ProcessFile.NAME + " " + problem);
    }
}
