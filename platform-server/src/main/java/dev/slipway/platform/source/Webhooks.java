package dev.slipway.platform.source;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.Source;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.source.DeliveryStore;
import dev.slipway.platform.apps.AppService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;

/// Takes webhook calls: believes only those who know the secret, makes a watched repository fetch at once, and
/// keeps what came and how it was answered.
///
/// A call that comes twice (a replay, or GitHub's "Redeliver") fetches twice, which builds nothing twice: only
/// a new head is built.
final class Webhooks {
    private static final String NOBODY =
            "There is no such webhook, or its signature or token is missing or wrong: the secret at the Git host must be the one"
                    + " in the app's settings. It shows in X-Hub-Signature-256 (GitHub, Gitea, Forgejo), X-Gitlab-Token (GitLab)"
                    + " or X-Hub-Signature with sha256 (Bitbucket).";
    /// A call that shows no secret may come from anybody; not all of a flood of them is kept.
    private static final Duration BETWEEN_REFUSED = Duration.ofSeconds(1);

    private final AppStore apps;
    private final MasterKey masterKey;
    private final DeliveryStore deliveries;
    private final WatchedRepositories watched;
    private final Map<Long, Instant> lastRefused = new ConcurrentHashMap<>();

    Webhooks(AppStore apps, MasterKey masterKey, DeliveryStore deliveries, WatchedRepositories watched) {
        this.apps = apps;
        this.masterKey = masterKey;
        this.deliveries = deliveries;
        this.watched = watched;
    }

    /// An HTTP status and a sentence.
    record Answer(int status, String sentence) {}

    Answer receive(String name, WebhookCall call) {
        Optional<App> app = find(name);
        // Also without an app, so that the time doesn't tell whether there is one.
        String secret = app.map(a -> masterKey.decrypt(AppService.WEBHOOK_PURPOSE, apps.webhookSecret(a.id())))
                .orElse(NOBODY);
        boolean believed = call.isFromWhoKnows(secret);
        if (app.isEmpty() || !believed) {
            Answer refusal = new Answer(401, NOBODY);
            app.filter(a -> isTimeToRecordRefusal(a.id())).ifPresent(a -> record(a, call, refusal));
            return refusal;
        }
        Answer answer = answer(app.get(), call);
        record(app.get(), call, answer);
        return answer;
    }

    private Answer answer(App app, WebhookCall call) {
        return switch (app.source()) {
            case Source.Hosted hosted ->
                new Answer(
                        409,
                        app.name()
                                + " has its repository here, so there is nothing to fetch: git push builds it. Remove the webhook.");
            case Source.Watched source -> answer(app, source, call);
        };
    }

    private Answer answer(App app, Source.Watched source, WebhookCall call) {
        String event = call.eventName();
        if (event.equals(call.host().pushEvent)) {
            List<GitHost.Push> pushes = call.pushes();
            return pushes.isEmpty()
                    ? new Answer(400, "The body isn't a push event: it needs JSON that says which branch has moved.")
                    : push(app, source, pushes);
        }
        return switch (event) {
            case "ping" -> new Answer(200, "pong");
            case "" -> new Answer(400, "The header " + call.host().eventHeader + " is missing; it says what happened.");
            default -> new Answer(202, "Ignored: only push events lead to builds, this is \"" + event + "\".");
        };
    }

    private Answer push(App app, Source.Watched source, List<GitHost.Push> pushes) {
        Optional<GitHost.Push> push = pushes.stream()
                .filter(moved -> moved.ref().equals(Constants.R_HEADS + source.branch()))
                .findFirst();
        if (push.isEmpty()) {
            String moved = pushes.stream().map(GitHost.Push::ref).collect(Collectors.joining(", "));
            return new Answer(
                    202,
                    "Nothing to build: " + app.name() + " is built from " + source.branch() + ", this push moved "
                            + abbreviate(moved) + ".");
        }
        if (push.get().deleted()) {
            return new Answer(202, "Nothing to build: the branch was deleted.");
        }
        watched.announce(app.id());
        return new Answer(202, "Fetching " + source.branch() + " now; a new head is built.");
    }

    private void record(App app, WebhookCall call, Answer answer) {
        deliveries.record(app.id(), call.deliveryId(), call.eventName(), answer.status(), answer.sentence());
    }

    private boolean isTimeToRecordRefusal(long appId) {
        Instant now = Instant.now();
        return lastRefused
                .merge(appId, now, (last, next) -> next.isAfter(last.plus(BETWEEN_REFUSED)) ? next : last)
                .equals(now);
    }

    private Optional<App> find(String name) {
        try {
            return apps.find(new AppName(name));
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }

    private static String abbreviate(String text) {
        String clean = TerminalText.clean(text);
        return clean.length() <= 100 ? clean : clean.substring(0, 100) + "…";
    }
}
