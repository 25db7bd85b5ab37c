package dev.slipway.platform.acme;

import dev.slipway.db.domains.AcmeStore;
import dev.slipway.db.domains.HostName;
import dev.slipway.db.secrets.MasterKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/// An authority that speaks ACME. Its terms of service are agreed to by using it.
final class AcmeAuthority implements Authority {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int ACCOUNT_KEY_BITS = 3072;

    private final AcmeSettings settings;
    private final AcmeStore store;
    private final MasterKey masterKey;
    private final Proof proof;

    AcmeAuthority(AcmeSettings settings, AcmeStore store, MasterKey masterKey) {
        this.settings = settings;
        this.store = store;
        this.masterKey = masterKey;
        this.proof = new Proof(store, settings.frontDoor());
    }

    @Override
    public Issued order(HostName host) throws AuthorityException {
        try {
            Order order = logIn().newOrder().domain(host.value()).create();
            for (Authorization authorization : order.getAuthorizations()) {
                prove(authorization);
            }
            KeyPair keys = newKey();
            order.waitUntilReady(PATIENCE);
            order.execute(keys);
            if (order.waitForCompletion(PATIENCE) != Status.VALID) {
                throw refused(order.getError().orElse(null), "The order wasn't completed: " + order.getStatus());
            }
            return new Issued(order.getCertificate().getCertificateChain(), keys.getPrivate());
        } catch (AcmeLazyLoadingException e) {
            throw e.getCause() instanceof AcmeException cause
                    ? refused(cause)
                    : new AuthorityException(String.valueOf(e.getMessage()));
        } catch (AcmeException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthorityException("The order was interrupted because platform-server stopped.");
        }
    }

    private AuthorityException refused(AcmeException e) {
        return e instanceof AcmeRateLimitedException limited
                ? new AuthorityException(words(limited), limited.getRetryAfter())
                : new AuthorityException(words(e));
    }

    private void prove(Authorization authorization) throws AcmeException, AuthorityException, InterruptedException {
        if (authorization.getStatus() == Status.VALID) {
            return;
        }
        Http01Challenge challenge = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new AuthorityException("The authority offers no proof by HTTP (HTTP-01)."));
        try {
            proof.begin(challenge.getToken(), challenge.getAuthorization());
            challenge.trigger();
            if (authorization.waitForCompletion(PATIENCE) != Status.VALID) {
                challenge.fetch();
                throw refused(
                        challenge.getError().orElse(null),
                        "The authority couldn't verify the domain: " + authorization.getStatus());
            }
        } finally {
            proof.end(challenge.getToken());
        }
    }

    private Login logIn() throws AcmeException {
        Session session = new Session(settings.directory());
        session.networkSettings().setTimeout(ANSWER);
        AccountBuilder account = new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey());
        if (!settings.contact().isEmpty()) {
            account.addEmail(settings.contact());
        }
        return account.createLogin(session);
    }

    private KeyPair accountKey() {
        String directory = settings.directory().toString();
        byte[] sealed = store.accountKey(directory).orElseGet(() -> store.keepAccountKey(directory, sealedNewKey()));
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey secret = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(
                    Base64.getDecoder().decode(masterKey.decrypt(AcmeStore.KEY_PURPOSE, sealed))));
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent())),
                    secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the account's key can't be read", e);
        }
    }

    private byte[] sealedNewKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(ACCOUNT_KEY_BITS);
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            return masterKey.encrypt(AcmeStore.KEY_PURPOSE, Base64.getEncoder().encodeToString(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AuthorityException refused(@org.jspecify.annotations.Nullable Problem problem, String otherwise) {
        return new AuthorityException(
                problem == null ? otherwise : problem.getDetail().orElse(otherwise));
    }

    private String words(AcmeException e) {
        if (e instanceof AcmeServerException server) {
            return server.getProblem().getDetail().orElse(String.valueOf(e.getMessage()));
        }
        return "The authority at " + settings.directory().getHost() + " can't be asked: " + e.getMessage();
    }
}
