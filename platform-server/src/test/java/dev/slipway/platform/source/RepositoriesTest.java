package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoriesTest {
    @TempDir
    Path home;

    @Test
    void whatKilledPushesLeftIsSweptAndNothingElse() throws IOException {
        Path objects = Files.createDirectories(home.resolve("git/1.git/objects"));
        List<Path> old = List.of(
                Files.createFile(objects.resolve("incoming_1.pack")),
                Files.createFile(objects.resolve("noz1.tmp")),
                Files.createDirectories(home.resolve("git/.2.git.draft")));
        Path kept = Files.createFile(objects.resolve("pack"));
        for (Path file : List.of(old.get(0), old.get(1), old.get(2), kept)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        Path inUse = Files.createFile(objects.resolve("incoming_2.pack"));

        new Repositories(new Home(home), GitPlatform.LIMITS).sweep();

        assertThat(old).noneMatch(Files::exists);
        assertThat(List.of(kept, inUse)).allMatch(Files::exists);
    }

    @Test
    void aHomeWithoutRepositoriesIsSweptToo() throws IOException {
        new Repositories(new Home(home), GitPlatform.LIMITS).sweep();
        assertThat(home).isEmptyDirectory();
    }
}
