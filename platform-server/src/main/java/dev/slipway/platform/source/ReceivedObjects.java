package dev.slipway.platform.source;

import org.eclipse.jgit.lib.ObjectChecker;

/// How objects that come in are checked: what could do harm on a check-out is refused, such as a path with `..`
/// or `.git` in it; the odd fields of old but real histories are left alone.
final class ReceivedObjects {
    private ReceivedObjects() {}

    static ObjectChecker checker() {
        return new ObjectChecker().setAllowInvalidPersonIdent(true).setAllowLeadingZeroFileMode(true);
    }
}
