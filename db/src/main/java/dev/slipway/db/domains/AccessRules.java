package dev.slipway.db.domains;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who may come to an app, with what, and when. As JSON in its table.
///
/// @param users names with salted hashes of their passwords; empty: nobody is asked for a password
/// @param allow addresses and ranges that may come; empty: all
/// @param bodyBytes the largest request body; 0: any
/// @param answerSeconds how long a request may take without a byte; 0: as usual
/// @param maintenance what visitors are told while the app is closed for them; null: it is open
public record AccessRules(
        Map<String, String> users,
        List<String> allow,
        long bodyBytes,
        int answerSeconds,
        @Nullable Maintenance maintenance,
        boolean accessLog) {
    public static final AccessRules NONE = new AccessRules(Map.of(), List.of(), 0, 0, null, false);

    /// @param retrySeconds when visitors may try again
    public record Maintenance(String message, int retrySeconds) {}

    public AccessRules {
        users = Map.copyOf(users);
        allow = List.copyOf(allow);
    }

    /// Without the hashes.
    @Override
    public String toString() {
        return "AccessRules[" + users.size() + " users]";
    }
}
