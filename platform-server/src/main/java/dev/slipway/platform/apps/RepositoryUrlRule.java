package dev.slipway.platform.apps;

/// Decides whether a repository may be watched. Given by the package that fetches.
public interface RepositoryUrlRule {
    /// @throws dev.slipway.platform.Problem INVALID with the reason
    void check(String url);
}
