package dev.slipway.platform.registry;

import dev.slipway.db.registry.RepositoryName;

/// Which repositories may be pushed to.
@FunctionalInterface
interface Repositories {
    boolean exists(RepositoryName repository);

    /// @throws RegistryException when there is no such repository
    default void require(RepositoryName repository) {
        if (!exists(repository)) {
            throw new RegistryException(
                    ErrorCode.NAME_UNKNOWN,
                    "There is no app \"" + repository + "\", and a repository is named after its app."
                            + " Create the app first, then push again.");
        }
    }
}
