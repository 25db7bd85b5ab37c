package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.platform.Home;
import dev.slipway.platform.source.CommitRange.Relation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final CommitId NOWHERE = new CommitId("f".repeat(40));

    @TempDir
    private Path home;

    private final Database database = Database.open(TestDatabase.fresh(), "history-test", 0, 2);
    private Repositories repositories;
    private History history;
    private App app;

    @BeforeEach
    void anAppWithoutCommits() {
        repositories = new Repositories(new Home(home), GitPlatform.LIMITS);
        history = new History(repositories);
        app = new AppStore(database)
                .create(new NewApp(
                        new AppName("shop"),
                        new Source.Hosted("main"),
                        BuildSettings.DEFAULT,
                        ProcessSpec.DEFAULT,
                        new byte[] {1},
                        null));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aStepForwardListsWhatComes() throws IOException {
        CommitId first = commit("First");
        CommitId second = commit("Second", first);
        CommitId third = commit("Third", second);
        CommitRange range = history.between(app, first, third);
        assertThat(range.relation()).isEqualTo(Relation.AHEAD);
        assertThat(range.added()).extracting(Commit::subject).containsExactly("Third", "Second");
        assertThat(range.added().getFirst().author()).isEqualTo("Ada <ada@example.com>");
        assertThat(range.removed()).isEmpty();
    }

    @Test
    void aStepBackListsWhatIsLeftBehind() throws IOException {
        CommitId first = commit("First");
        CommitId second = commit("Second", first);
        CommitRange range = history.between(app, second, first);
        assertThat(range.relation()).isEqualTo(Relation.BEHIND);
        assertThat(range.removed()).extracting(Commit::subject).containsExactly("Second");
        assertThat(range.added()).isEmpty();
    }

    @Test
    void commitsOfTwoLinesHaveBoth() throws IOException {
        CommitId root = commit("Root");
        CommitId left = commit("Left", root);
        CommitId right = commit("Right", root);
        CommitRange range = history.between(app, left, right);
        assertThat(range.relation()).isEqualTo(Relation.DIVERGED);
        assertThat(range.added()).extracting(Commit::subject).containsExactly("Right");
        assertThat(range.removed()).extracting(Commit::subject).containsExactly("Left");
    }

    @Test
    void aCommitThatIsGoneIsToldAndNotAnError() throws IOException {
        CommitId first = commit("First");
        assertThat(history.between(app, first, NOWHERE).relation()).isEqualTo(Relation.UNKNOWN);
        assertThat(history.between(app, NOWHERE, first).relation()).isEqualTo(Relation.UNKNOWN);
        assertThat(history.between(app, first, first).relation()).isEqualTo(Relation.SAME);
    }

    @Test
    void anAppWithoutRepositoryHasNoHistoryAndGetsNoneByLooking() {
        assertThat(history.between(app, NOWHERE, new CommitId("e".repeat(40))).relation())
                .isEqualTo(Relation.UNKNOWN);
        assertThat(history.file(app, NOWHERE, "Dockerfile")).isEmpty();
        assertThat(home.resolve("git")).doesNotExist();
    }

    @Test
    void aLongWayIsCutAndSaysSo() throws IOException {
        CommitId first = commit("First");
        CommitId last = first;
        for (int i = 0; i < History.LISTED + 5; i++) {
            last = commit("Commit " + i, last);
        }
        CommitRange range = history.between(app, first, last);
        assertThat(range.added()).hasSize(History.LISTED);
        assertThat(range.more()).isTrue();
    }

    @Test
    void aFileIsReadAsItWasThen() throws IOException {
        CommitId first = commit("First");
        CommitId second = commit("Second", first);
        assertThat(history.file(app, first, "Dockerfile")).contains("FROM First\n");
        assertThat(history.file(app, second, "Dockerfile")).contains("FROM Second\n");
        assertThat(history.file(app, second, "elsewhere/Dockerfile")).isEmpty();
    }

    /// With a Dockerfile that begins with the message.
    private CommitId commit(String message, CommitId... parents) throws IOException {
        try (Repository repository = repositories.open(app);
                ObjectInserter inserter = repository.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            tree.append(
                    "Dockerfile",
                    FileMode.REGULAR_FILE,
                    inserter.insert(Constants.OBJ_BLOB, ("FROM " + message + "\n").getBytes(StandardCharsets.UTF_8)));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            commit.setAuthor(new PersonIdent("Ada", "ada@example.com"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage(message);
            List<ObjectId> ids = Arrays.stream(parents)
                    .map(parent -> ObjectId.fromString(parent.value()))
                    .toList();
            commit.setParentIds(ids);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return new CommitId(id.name());
        }
    }
}
