package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.builds.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadLookTest {
    private static final String HEAD = "a".repeat(40) + "\n";
    private static final Duration LONG_AGO = Duration.ofHours(1);

    @TempDir
    Path directory;

    private Repository repository;

    @BeforeEach
    void create() throws IOException {
        repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build();
        repository.create(true);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void itHoldsWhileTheHeadIsWhereItWas() throws IOException {
        write("refs/heads/main", HEAD, LONG_AGO);
        HeadLook look = HeadLook.at(repository, "main");
        assertThat(look.head()).hasValue(new CommitId("a".repeat(40)));
        assertThat(look.holds("main")).isTrue();
        assertThat(look.holds("edge")).isFalse();
    }

    @Test
    void aNewHeadIsSeen() throws IOException {
        write("refs/heads/main", HEAD, LONG_AGO);
        HeadLook look = HeadLook.at(repository, "main");
        write("refs/heads/main", HEAD.replace('a', 'b'), Duration.ZERO);
        assertThat(look.holds("main")).isFalse();
    }

    @Test
    void aFirstHeadIsSeen() throws IOException {
        HeadLook look = HeadLook.at(repository, "main");
        assertThat(look.head()).isEmpty();
        assertThat(look.holds("main")).isTrue();
        write("refs/heads/main", HEAD, Duration.ZERO);
        assertThat(look.holds("main")).isFalse();
    }

    @Test
    void aPackedHeadIsSeen() throws IOException {
        HeadLook look = HeadLook.at(repository, "main");
        write("packed-refs", HEAD.strip() + " refs/heads/main\n", Duration.ZERO);
        assertThat(look.holds("main")).isFalse();
    }

    @Test
    void aBranchThatIsAnothersNameIsAlwaysLookedAt() throws IOException {
        write("refs/heads/trunk", HEAD, LONG_AGO);
        write("refs/heads/main", "ref: refs/heads/trunk\n", LONG_AGO);
        HeadLook look = HeadLook.at(repository, "main");
        assertThat(look.head()).hasValue(new CommitId("a".repeat(40)));
        assertThat(look.holds("main")).isFalse();
    }

    @Test
    void whatChangedJustNowMayChangeOnceMoreUnseen() throws IOException {
        write("refs/heads/main", HEAD, LONG_AGO.negated());
        assertThat(HeadLook.at(repository, "main").holds("main")).isFalse();
    }

    /// As git does it: beside its place, and then renamed.
    private void write(String file, String text, Duration age) throws IOException {
        Path draft = Files.writeString(directory.resolve("draft"), text);
        Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minus(age)));
        Files.move(draft, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
}
