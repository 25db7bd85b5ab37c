package dev.slipway.platform.releases;

import java.util.List;

/// What a rollback would do, shown before it is done. `changes` are lines of `what: from → to`; `stays` names
/// what isn't touched.
public record RollbackPreview(ReleaseView from, ReleaseView to, List<Change> changes, List<String> stays) {
    public record Change(String what, String from, String to) {}
}
