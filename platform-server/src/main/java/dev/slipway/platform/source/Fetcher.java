package dev.slipway.platform.source;

import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.RepositoryCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/// Visits repositories elsewhere, with limits. Blocks; safe to use from several threads.
public final class Fetcher {
    private static final Duration LIST_TIME = Duration.ofMinutes(1);
    private static final Duration FETCH_TIME = Duration.ofMinutes(15);
    private static final long LIST_BYTES = 8L << 20;
    private static final RefSpec ALL_BRANCHES = new RefSpec("refs/heads/*:refs/heads/*");

    private final RepositoryUrlPolicy policy;
    private final SourceLimits limits;

    Fetcher(RepositoryUrlPolicy policy, SourceLimits limits) {
        this.policy = policy;
        this.limits = limits;
    }

    /// What went wrong, as a sentence for whoever set the app up.
    static final class FetchException extends Exception {
        private static final long serialVersionUID = 1;

        FetchException(String sentence, @Nullable Throwable cause) {
            super(sentence, cause);
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /// The branches at `url`: so it exists and can be read. `user` and `password` null when it needs none.
    ///
    /// @throws Problem INVALID with the reason
    public Branches branches(String url, @Nullable String user, @Nullable String password) {
        policy.check(url);
        boolean anonymous = user == null && password == null;
        try {
            return list(
                            url,
                            anonymous
                                    ? null
                                    : new RepositoryCredentials(
                                            user == null ? "" : user, password == null ? "" : password))
                    .branches();
        } catch (FetchException e) {
            throw Problem.invalid(e.sentence());
        }
    }

    /// What a remote repository says of its refs.
    private record Listing(Branches branches, Map<String, ObjectId> heads) {}

    private Listing list(String url, @Nullable RepositoryCredentials credentials) throws FetchException {
        return visit(url, credentials, new RemoteSession.Limits(LIST_TIME, LIST_BYTES), Optional.empty(), transport -> {
            try (FetchConnection connection = transport.openFetch(List.of(ALL_BRANCHES), Constants.HEAD)) {
                Ref head = connection.getRef(Constants.HEAD);
                Map<String, ObjectId> heads = new TreeMap<>();
                for (Ref ref : connection.getRefs()) {
                    if (ref.getName().startsWith(Constants.R_HEADS)) {
                        heads.put(branch(ref.getName()), ref.getObjectId());
                    }
                }
                String main = head != null && head.isSymbolic()
                        ? branch(head.getTarget().getName())
                        : null;
                return new Listing(new Branches(main, List.copyOf(heads.keySet())), heads);
            }
        });
    }

    /// Brings the head of `branch`, and what it reaches, into the mirror, where the branch moves to it.
    void fetch(String url, String branch, @Nullable RepositoryCredentials credentials, Repository mirror)
            throws FetchException {
        Listing listing = list(url, credentials);
        ObjectId head = listing.heads().get(branch);
        if (head == null) {
            throw new FetchException(listing.branches().missing(url, branch), null);
        }
        String ref = Constants.R_HEADS + branch;
        RefSpec headOnly = new RefSpec("+" + ref + ":" + ref);
        visit(
                url,
                credentials,
                new RemoteSession.Limits(FETCH_TIME, limits.maxPackBytes()),
                Optional.of(mirror),
                transport -> {
                    Ref present = mirror.exactRef(ref);
                    if (present != null && head.equals(present.getObjectId())) {
                        return head;
                    }
                    transport.setTagOpt(TagOpt.NO_TAGS);
                    transport.setObjectChecker(ReceivedObjects.checker());
                    transport.fetch(NullProgressMonitor.INSTANCE, List.of(headOnly));
                    return head;
                });
    }

    /// Something to do with a remote repository.
    private interface Visit<T> {
        T make(Transport transport) throws IOException;
    }

    private <T> T visit(
            String url,
            @Nullable RepositoryCredentials credentials,
            RemoteSession.Limits limits,
            Optional<Repository> mirror,
            Visit<T> visit)
            throws FetchException {
        Optional<String> refusal = RepositoryUrlPolicy.refusal(url);
        if (refusal.isPresent()) {
            throw new FetchException(refusal.get(), null);
        }
        int status = 0;
        try (RemoteSession session = new RemoteSession(policy, URI.create(url).toURL(), limits)) {
            try (Transport transport = mirror.isPresent()
                    ? Transport.open(mirror.get(), new URIish(url))
                    : Transport.open(new URIish(url))) {
                ((TransportHttp) transport).setHttpConnectionFactory(session);
                transport.setCredentialsProvider(provider(credentials));
                return visit.make(transport);
            } finally {
                status = session.lastStatus();
            }
        } catch (IOException | URISyntaxException | RuntimeException | OutOfMemoryError e) {
            throw new FetchException(FetchErrors.sentence(e, url, status, credentials != null), e);
        }
    }

    private static @Nullable CredentialsProvider provider(@Nullable RepositoryCredentials credentials) {
        return credentials == null
                ? null
                : new UsernamePasswordCredentialsProvider(credentials.user(), credentials.password());
    }

    private static String branch(String ref) {
        return ref.startsWith(Constants.R_HEADS) ? ref.substring(Constants.R_HEADS.length()) : ref;
    }
}
