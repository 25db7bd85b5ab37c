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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.Constants;

/// Takes webhook calls: believes only signed ones, makes a watched repository fetch at once, and keeps what
/// came and how it was answered.
///
/// A call that comes twice (a replay, or GitHub's "Redeliver") fetches twice, which builds nothing twice: only
/// a new head is built.
final class Webhooks {
    private static final String NOBODY =
            "There is no such webhook, or its signature is missing or wrong: the secret at the Git host must be the one"
                    + " in the app's settings, with content signed as X-Hub-Signature-256.";
    /// A call without a valid signature may come from anybody; not all of a flood of them is kept.
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
        boolean signed = WebhookSignature.matches(secret, call.body(), call.signature());
        if (app.isEmpty() || !signed) {
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
            case Source.Watched source ->
                switch (call.eventName()) {
                    case "ping" -> new Answer(200, "pong");
                    case "push" ->
                        call.push()
                                .map(push -> push(app, source, push))
                                .orElse(new Answer(400, "The body isn't a push event: it needs JSON with a \"ref\"."));
                    case "" -> new Answer(400, "The header X-GitHub-Event is missing; it says what happened.");
                    default ->
                        new Answer(
                                202, "Ignored: only push events lead to builds, this is \"" + call.eventName() + "\".");
                };
        };
    }

    private Answer push(App app, Source.Watched source, WebhookCall.Push push) {
        if (!push.ref().equals(Constants.R_HEADS + source.branch())) {
            return new Answer(
                    202,
                    "Nothing to build: " + app.name() + " is built from " + source.branch() + ", this push moved "
                            + abbreviate(push.ref()) + ".");
        }
        if (push.deleted()) {
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
