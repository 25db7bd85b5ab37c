package dev.slipway.runtime.router;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Picks the certificate for each handshake by the name that the client asks for (RFC 6066, 3), from what is
/// there at that moment: a renewed one is shown to the next visitor. Without a name, or for one that has no
/// certificate, the handshake fails: any other certificate would only be an error that looks like an attack.
final class ShownCertificate extends X509ExtendedKeyManager {
    /// Handshakes under way may still ask for what was replaced meanwhile.
    private static final int REMEMBERED = 1_000;

    private final Supplier<Certificates> present;
    private final Map<String, Certificates.Entry> chosen = new LinkedHashMap<>();

    ShownCertificate(Supplier<Certificates> present) {
        this.present = present;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        String host = askedFor(engine);
        if (host != null) {
            for (Certificates.Entry entry : present.get().of(host)) {
                if (entry.key().getAlgorithm().equals(keyType)) {
                    remember(entry);
                    return entry.id();
                }
            }
        }
        return null;
    }

    private static @Nullable String askedFor(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(Locale.ROOT);
                }
            }
        }
        return null;
    }

    private synchronized void remember(Certificates.Entry entry) {
        chosen.put(entry.id(), entry);
        if (chosen.size() > REMEMBERED) {
            Iterator<String> oldest = chosen.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    public synchronized X509Certificate @Nullable [] getCertificateChain(String alias) {
        Certificates.Entry entry = chosen.get(alias);
        return entry == null ? null : entry.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public synchronized @Nullable PrivateKey getPrivateKey(String alias) {
        Certificates.Entry entry = chosen.get(alias);
        return entry == null ? null : entry.key();
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
