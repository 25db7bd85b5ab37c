package dev.slipway.runtime.router;

import java.time.Duration;
import java.util.Optional;

/// Who answers a request: the platform's server, or one of an app's instances.
sealed interface Backend {
    /// A target with this request counted in, or why there is none. `not`: one that was just tried in vain.
    Choice choose(Optional<Target> not);

    /// After [Choice.Wait]: waits for a target. Empty when there is no place to wait.
    Optional<WaitingRoom.Place> await(Runnable turn);

    /// How long one may wait for a target.
    Duration longestWait();

    /// What to say when it took too long, or there was no place.
    ErrorPage waited();

    ErrorPage unreachable();

    ErrorPage timeout();

    /// How long nothing may happen.
    Duration idle();

    /// How many bytes a request's body may have.
    default long mostBody() {
        return Long.MAX_VALUE;
    }

    ErrorPage tooLarge();

    /// Whether who came in may stay: those may still come in who could then.
    default boolean mayStay() {
        return true;
    }

    /// A target, or what to do when there is none.
    sealed interface Choice {
        record Go(Target target) implements Choice {}

        record Stop(ErrorPage page) implements Choice {}

        /// There is none for a moment: it can be waited for.
        record Wait() implements Choice {}
    }

    record Platform(Target target, Duration idle) implements Backend {
        @Override
        public Choice choose(Optional<Target> not) {
            return target.enter() ? new Choice.Go(target) : new Choice.Stop(unreachable());
        }

        @Override
        public Optional<WaitingRoom.Place> await(Runnable turn) {
            return Optional.empty();
        }

        @Override
        public Duration longestWait() {
            return Duration.ZERO;
        }

        @Override
        public ErrorPage waited() {
            return unreachable();
        }

        @Override
        public ErrorPage unreachable() {
            return ErrorPage.platformDown();
        }

        @Override
        public ErrorPage timeout() {
            return ErrorPage.timeout("The platform's server", idle.toSeconds());
        }

        @Override
        public ErrorPage tooLarge() {
            return DoorPages.tooLarge("The platform's server", mostBody());
        }
    }

    record App(Routes routes, String name, String host, Terms terms) implements Backend {
        private static final int ATTEMPTS = 3;

        @Override
        public Choice choose(Optional<Target> not) {
            AppRoute route = null;
            // a target may begin to drain after the snapshot was taken: then there is already a newer one
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                route = routes.of(name).orElse(null);
                if (route == null) {
                    return new Choice.Stop(ErrorPage.noSuchApp(host));
                }
                Optional<Target> target = route.enter(not);
                if (target.isPresent()) {
                    return new Choice.Go(target.get());
                }
                if (route.holds()) {
                    return new Choice.Wait();
                }
            }
            return new Choice.Stop(ErrorPage.nobodyServes(java.util.Objects.requireNonNull(route)));
        }

        @Override
        public Optional<WaitingRoom.Place> await(Runnable turn) {
            return routes.await(name, turn);
        }

        @Override
        public Duration longestWait() {
            return routes.longestWait();
        }

        @Override
        public ErrorPage waited() {
            return routes.of(name).map(ErrorPage::nobodyServes).orElseGet(() -> ErrorPage.noSuchApp(host));
        }

        @Override
        public ErrorPage unreachable() {
            return ErrorPage.unreachable(name);
        }

        @Override
        public ErrorPage timeout() {
            return ErrorPage.timeout(name, terms.idle().toSeconds());
        }

        @Override
        public Duration idle() {
            return terms.idle();
        }

        @Override
        public long mostBody() {
            return terms.mostBody();
        }

        @Override
        public ErrorPage tooLarge() {
            return DoorPages.tooLarge(name, terms.mostBody());
        }

        @Override
        public boolean mayStay() {
            return !routes.front().admitOthersThan(terms.rules(), name);
        }
    }
}
