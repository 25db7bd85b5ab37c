package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.probe.Diagnosis;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Tries a step of an instance's start until it is done: what is away is waited for, what is refused fails the
/// instance.
final class Attempts {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int PULL_ATTEMPTS = 5;

    private final Supervised instance;
    private final Action.Launch launch;
    private final Progress progress;
    private int refusals;

    Attempts(Supervised instance, Action.Launch launch, Progress progress) {
        this.instance = instance;
        this.launch = launch;
        this.progress = progress;
    }

    /// The step's own answer; false when the instance has failed, or came into a phase in which there is nothing to be
    /// done any more. Blocks.
    boolean until(Predicate<Phase> over, BooleanSupplier step) {
        while (!over.test(instance.phase()) && !Thread.currentThread().isInterrupted()) {
            try {
                return step.getAsBoolean();
            } catch (EngineException.Unavailable e) {
                pause("Waiting for Docker: " + e.getMessage());
            } catch (DataAccessException e) {
                pause("Waiting for the database, which has its variables");
            } catch (EngineException.RegistryAway e) {
                pause("Waiting for its image: " + e.getMessage());
            } catch (EngineException.ImageUnavailable e) {
                imageUnavailable(e);
            } catch (EngineException.Refused e) {
                fail(ReleaseReason.EXITED, "It couldn't be started. " + e.getMessage() + ".");
            } catch (RuntimeException e) {
                log.error("starting instance {}", instance.id, e);
                fail(
                        ReleaseReason.INTERNAL,
                        "The platform failed to start it (" + e.getClass().getSimpleName()
                                + "); its own log has the details.");
            }
        }
        return false;
    }

    private void imageUnavailable(EngineException.ImageUnavailable e) {
        if (launch.build().isPresent()) {
            // the release will be in the registry
            instance.move(Phase::usable, new Phase.Lost());
            progress.changed(instance);
        } else if (++refusals >= PULL_ATTEMPTS) {
            fail(ReleaseReason.IMAGE_UNAVAILABLE, e.getMessage() + ".");
        } else {
            pause("Trying again: " + e.getMessage());
        }
    }

    private void fail(ReleaseReason reason, String message) {
        progress.failed(instance, new Diagnosis(reason, message));
    }

    private void pause(String note) {
        instance.note(note);
        progress.changed(instance);
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
