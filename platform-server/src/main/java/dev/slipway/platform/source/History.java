package dev.slipway.platform.source;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks into the history of an app's repository, hosted here or mirrored.
public final class History {
    private static final Logger log = LoggerFactory.getLogger(History.class);
    /// Commits listed in each direction.
    static final int LISTED = 100;
    private static final int LARGEST_FILE = 256 << 10;

    private final Repositories repositories;

    History(Repositories repositories) {
        this.repositories = repositories;
    }

    /// What `to` has that `from` hasn't, and the other way round.
    public CommitRange between(App app, CommitId from, CommitId to) {
        if (from.equals(to)) {
            return CommitRange.empty(CommitRange.Relation.SAME);
        }
        if (!repositories.exists(app)) {
            return CommitRange.empty(CommitRange.Relation.UNKNOWN);
        }
        try (Repository repository = repositories.open(app);
                RevWalk walk = new RevWalk(repository)) {
            ObjectId first = ObjectId.fromString(from.value());
            ObjectId second = ObjectId.fromString(to.value());
            List<Commit> added = reached(walk, second, first);
            List<Commit> removed = reached(walk, first, second);
            boolean more = added.size() > LISTED || removed.size() > LISTED;
            return new CommitRange(relation(added, removed), listed(added), listed(removed), more);
        } catch (MissingObjectException gone) {
            return CommitRange.empty(CommitRange.Relation.UNKNOWN);
        } catch (IOException e) {
            log.warn("the history of {} can't be read: {}", app.name(), e.toString());
            return CommitRange.empty(CommitRange.Relation.UNKNOWN);
        }
    }

    /// One more than are listed, at most.
    private static List<Commit> reached(RevWalk walk, ObjectId from, ObjectId without) throws IOException {
        walk.reset();
        walk.markStart(walk.parseCommit(from));
        walk.markUninteresting(walk.parseCommit(without));
        List<Commit> commits = new ArrayList<>();
        for (RevCommit commit = walk.next(); commit != null && commits.size() <= LISTED; commit = walk.next()) {
            commits.add(HeadReceipts.commit(commit));
        }
        return commits;
    }

    private static CommitRange.Relation relation(List<Commit> added, List<Commit> removed) {
        if (removed.isEmpty()) {
            return CommitRange.Relation.AHEAD;
        }
        return added.isEmpty() ? CommitRange.Relation.BEHIND : CommitRange.Relation.DIVERGED;
    }

    private static List<Commit> listed(List<Commit> commits) {
        return commits.size() <= LISTED ? commits : commits.subList(0, LISTED);
    }

    /// A small text file as it was at a commit; empty when there is none, or it can't be read.
    public Optional<String> file(App app, CommitId commit, String path) {
        if (!repositories.exists(app)) {
            return Optional.empty();
        }
        try (Repository repository = repositories.open(app);
                RevWalk walk = new RevWalk(repository)) {
            RevCommit found = walk.parseCommit(ObjectId.fromString(commit.value()));
            try (TreeWalk file = TreeWalk.forPath(repository, path, found.getTree())) {
                if (file == null) {
                    return Optional.empty();
                }
                ObjectLoader content = repository.open(file.getObjectId(0));
                return content.getSize() > LARGEST_FILE
                        ? Optional.empty()
                        : Optional.of(new String(content.getBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
