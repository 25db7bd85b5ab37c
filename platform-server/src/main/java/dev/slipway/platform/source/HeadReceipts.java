package dev.slipway.platform.source;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildRequest;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import dev.slipway.db.source.SeenHeads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/// The one place where a head becomes a build: of whoever moved it (a push, a fetch) or found it moved
/// (recovery).
final class HeadReceipts {
    private final Database database;
    private final AppStore apps;
    private final SeenHeads seen;
    private final BuildStore builds;
    private final ConcurrentHashMap<Long, Lock> moving = new ConcurrentHashMap<>();

    HeadReceipts(Database database) {
        this.database = database;
        this.apps = new AppStore(database);
        this.seen = new SeenHeads(database);
        this.builds = new BuildStore(database);
    }

    /// Hold it while you move refs of an app and until it's decided whether they stay: nobody takes such a head
    /// for a final one.
    Lock moving(long appId) {
        return moving.computeIfAbsent(appId, id -> new ReentrantLock());
    }

    /// Marks the present head of the app's branch as seen and queues its build, in one transaction that holds
    /// the app's row.
    ///
    /// The head is read under that lock and not taken from the caller: of two pushes that come close together
    /// the later transaction could otherwise be that of the earlier commit, which would then be built as the
    /// newer one.
    ///
    /// @throws RuntimeException when nothing was committed
    Receipt receive(App app, Repository repository, BuildCause cause, String by) {
        return database.inTransaction(() -> {
            Optional<App> present = apps.lock(app.id());
            if (present.isEmpty()) {
                return new Receipt.NoHead();
            }
            String branch = present.get().source().branch();
            Optional<Commit> head = head(repository, branch);
            if (head.isEmpty()) {
                return new Receipt.NoHead();
            }
            CommitId id = head.get().id();
            return seen.see(app.id(), branch, id)
                    ? new Receipt.Queued(builds.enqueue(new BuildRequest(app.id(), cause, branch, head.get(), by)))
                    : new Receipt.AlreadySeen(id);
        });
    }

    private static Optional<Commit> head(Repository repository, String branch) {
        try (RevWalk walk = new RevWalk(repository)) {
            Ref ref = repository.exactRef(Constants.R_HEADS + branch);
            return ref == null ? Optional.empty() : Optional.of(commit(walk.parseCommit(ref.getObjectId())));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read branch " + branch + " of " + repository.getDirectory(), e);
        }
    }

    static Commit commit(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        return new Commit(
                new CommitId(commit.getName()),
                author.getName() + " <" + author.getEmailAddress() + ">",
                commit.getFullMessage(),
                commit.getCommitterIdent().getWhenAsInstant());
    }
}
