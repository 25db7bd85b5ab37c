package dev.slipway.runtime.probe;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.ReleaseReason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why an instance isn't healthy, as a reason and a sentence that says what to do. Pure.
public record Diagnosis(ReleaseReason reason, String message) {
    /// What is known of an instance that runs but isn't healthy.
    ///
    /// @param check what was asked, as the beginning of a sentence: "GET /up on port 3000"
    /// @param hit limits that it met, which are a likelier cause than any other
    public record Symptoms(
            int port,
            String check,
            Probe.Answer lastAnswer,
            List<ListeningSockets.Listener> listeners,
            LimitsHit hit) {}

    /// An instance that can't get healthy any more however long one waits: the port is taken on loopback, so
    /// nothing else can bind it.
    public static Optional<Diagnosis> hopeless(Symptoms symptoms) {
        return symptoms.lastAnswer() instanceof Probe.Answer.Refused
                        && on(symptoms, true).isPresent()
                        && on(symptoms, false).isEmpty()
                ? Optional.of(notAnswering(symptoms))
                : Optional.empty();
    }

    /// The start time is over.
    ///
    /// @param process the limits, for the sentence
    public static Diagnosis timedOut(Symptoms symptoms, ProcessSpec process) {
        Diagnosis seen = seen(symptoms, process.startSeconds());
        if (symptoms.hit().memory() > 0) {
            return new Diagnosis(
                    ReleaseReason.OUT_OF_MEMORY,
                    times(symptoms.hit().memory(), "One of its processes was", "of its processes were")
                            + " killed for needing more memory than the limit of " + process.memoryMb()
                            + " MiB: raise the limit, or make it need less. " + seen.message());
        }
        if (symptoms.hit().processes() > 0) {
            return new Diagnosis(
                    ReleaseReason.PROCESS_LIMIT,
                    "It reached its limit of " + process.pids()
                            + " processes and threads: raise the limit, or make it start fewer. " + seen.message());
        }
        return seen;
    }

    private static String times(int count, String one, String several) {
        return count == 1 ? one : count + " " + several;
    }

    private static Diagnosis seen(Symptoms symptoms, int startSeconds) {
        return switch (symptoms.lastAnswer()) {
            case Probe.Answer.Refused() -> notAnswering(symptoms).unlessSlow(symptoms, startSeconds);
            case Probe.Answer.Silent(boolean connected) ->
                connected
                        ? unhealthy(symptoms, startSeconds, "took the connection but sent no answer in time")
                        : notAnswering(symptoms).unlessSlow(symptoms, startSeconds);
            case Probe.Answer.Unhealthy(String answer) -> unhealthy(symptoms, startSeconds, "answered: " + answer);
            case Probe.Answer.Healthy() -> unhealthy(symptoms, startSeconds, "answered well, but too late");
        };
    }

    /// What listens nowhere may only be slow.
    private Diagnosis unlessSlow(Symptoms symptoms, int startSeconds) {
        return symptoms.listeners().isEmpty()
                ? new Diagnosis(
                        reason, message + " If it only needs longer than " + startSeconds + " s, raise its start time.")
                : this;
    }

    private static Diagnosis unhealthy(Symptoms symptoms, int startSeconds, String answer) {
        return new Diagnosis(
                ReleaseReason.UNHEALTHY,
                symptoms.check() + " wasn't healthy within " + startSeconds + " s. At last it " + answer
                        + ". The health check wants a 2xx or 3xx; if the app only needs longer, raise its start time.");
    }

    private static Diagnosis notAnswering(Symptoms symptoms) {
        Optional<ListeningSockets.Listener> loopback = on(symptoms, true);
        if (loopback.isPresent()) {
            return new Diagnosis(
                    ReleaseReason.LISTENS_ON_LOOPBACK,
                    "It listens on " + loopback.get()
                            + ", which nobody outside of its container can reach: listen on 0.0.0.0:"
                            + symptoms.port() + ".");
        }
        if (symptoms.listeners().isEmpty()) {
            return new Diagnosis(
                    ReleaseReason.NOT_LISTENING,
                    "It listens on no port. The platform expects it on port " + symptoms.port()
                            + " (which it is also told in the variable PORT).");
        }
        List<Integer> reachable = PortSearch.reachable(symptoms.listeners());
        if (reachable.size() > 1) {
            return new Diagnosis(
                    ReleaseReason.NO_PORT,
                    "It listens on the ports "
                            + reachable.stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + ", but not on port " + symptoms.port()
                            + ", so the platform can't know where to send requests: set the app's port, or EXPOSE it in the Dockerfile.");
        }
        ListeningSockets.Listener other = symptoms.listeners().stream()
                .filter(l -> !l.loopback())
                .findFirst()
                .orElse(symptoms.listeners().getFirst());
        return new Diagnosis(
                other.loopback() ? ReleaseReason.LISTENS_ON_LOOPBACK : ReleaseReason.NOT_LISTENING,
                "It listens on " + other + ", not on port " + symptoms.port() + ": set the app's port to "
                        + other.port() + ", or make it listen on 0.0.0.0:" + symptoms.port()
                        + " (the variable PORT says so).");
    }

    private static Optional<ListeningSockets.Listener> on(Symptoms symptoms, boolean loopback) {
        return symptoms.listeners().stream()
                .filter(l -> l.port() == symptoms.port() && l.loopback() == loopback)
                .findFirst();
    }

    /// With the last lines of the instance's output, if it has any.
    public Diagnosis withLines(List<String> lastLines) {
        return new Diagnosis(
                reason,
                message
                        + (lastLines.isEmpty()
                                ? " It printed nothing."
                                : " Last lines:\n" + String.join("\n", lastLines)));
    }
}
