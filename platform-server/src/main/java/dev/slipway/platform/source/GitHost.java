package dev.slipway.platform.source;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Who calls a webhook: the headers by which it says what happened, which call it is, and that it knows the secret;
/// and what its pushes look like.
enum GitHost {
    /// Gitea and Forgejo send the same, beside headers of their own.
    GITHUB("X-GitHub-Event", "push", "X-GitHub-Delivery", "X-Hub-Signature-256") {
        @Override
        List<Push> pushes(JsonNode body) {
            return ofRef(body, body.path("deleted").asBoolean(false));
        }
    },
    /// It signs nothing, but sends the secret itself.
    GITLAB("X-Gitlab-Event", "Push Hook", "X-Gitlab-Event-UUID", "X-Gitlab-Token") {
        @Override
        boolean knows(String secret, byte[] body, @Nullable String proof) {
            return WebhookSignature.same(secret, proof == null ? "" : proof);
        }

        @Override
        List<Push> pushes(JsonNode body) {
            return ofRef(body, body.path("after").asString("").equals(NO_COMMIT));
        }
    },
    /// Bitbucket Cloud: one call tells of all refs that a push has moved.
    BITBUCKET("X-Event-Key", "repo:push", "X-Request-UUID", "X-Hub-Signature") {
        @Override
        List<Push> pushes(JsonNode body) {
            return body.path("push")
                    .path("changes")
                    .valueStream()
                    .map(this::change)
                    .toList();
        }

        private Push change(JsonNode change) {
            boolean deleted = !change.path("new").isObject();
            JsonNode ref = change.path(deleted ? "old" : "new");
            String prefix = ref.path("type").asString("").equals("branch") ? Constants.R_HEADS : Constants.R_TAGS;
            return new Push(prefix + ref.path("name").asString(""), deleted);
        }
    };

    /// Where a push event moved a ref to.
    record Push(String ref, boolean deleted) {}

    private static final String NO_COMMIT = ObjectId.zeroId().name();

    final String eventHeader;
    final String pushEvent;
    final String deliveryHeader;
    final String proofHeader;

    GitHost(String eventHeader, String pushEvent, String deliveryHeader, String proofHeader) {
        this.eventHeader = eventHeader;
        this.pushEvent = pushEvent;
        this.deliveryHeader = deliveryHeader;
        this.proofHeader = proofHeader;
    }

    /// By the header that says what happened; without one, GitHub.
    static GitHost of(Function<String, @Nullable String> headers) {
        return Stream.of(GITLAB, BITBUCKET)
                .filter(host -> headers.apply(host.eventHeader) != null)
                .findFirst()
                .orElse(GITHUB);
    }

    /// Whether the caller has shown that it knows the secret. Takes the same time whatever is wrong with `proof`.
    boolean knows(String secret, byte[] body, @Nullable String proof) {
        return WebhookSignature.matches(secret, body, proof);
    }

    /// What a push event's body tells; empty when it isn't one.
    abstract List<Push> pushes(JsonNode body);

    private static List<Push> ofRef(JsonNode body, boolean deleted) {
        JsonNode ref = body.path("ref");
        return ref.isString() ? List.of(new Push(ref.asString(), deleted)) : List.of();
    }
}
