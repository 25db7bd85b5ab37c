package dev.slipway.platform.acme;

import dev.slipway.db.domains.AcmeStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Proves to an authority that a host is ours: the front door answers what it asks for (RFC 8555, 8.3).
final class Proof {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final AcmeStore store;
    private final String frontDoor;

    Proof(AcmeStore store, String frontDoor) {
        this.store = store;
        this.frontDoor = frontDoor;
    }

    /// Returns when the front door answers so. End it with [#end].
    ///
    /// @throws AuthorityException when it doesn't in time
    void begin(String token, String answer) throws AuthorityException, InterruptedException {
        store.answer(token, answer, LIFE);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + frontDoor + "/.well-known/acme-challenge/" + token))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (!answers(client, request, answer)) {
                if (System.nanoTime() > end) {
                    throw new AuthorityException("The front door of this machine (" + frontDoor
                            + ") doesn't answer the authority's challenge. Does the runtime tier run?");
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request, String answer) throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().equals(answer);
        } catch (IOException notYet) {
            return false;
        }
    }

    void end(String token) {
        store.forgetAnswer(token);
    }
}
