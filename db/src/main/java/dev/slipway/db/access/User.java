package dev.slipway.db.access;

/// Somebody who may log in. The hash is bcrypt's.
public record User(long id, String name, String passwordHash) {
    @Override
    public String toString() {
        return "User[" + id + ", " + name + "]";
    }
}
