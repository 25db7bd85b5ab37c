package dev.slipway.db;

/// A program was led to another database than the one that its home belongs to.
public final class WrongDatabaseException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    WrongDatabaseException(Throwable cause) {
        super("The database can't be used: " + DatabaseIdentity.ANOTHER + ".", cause);
    }
}
