package dev.slipway.worker.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.apps.BuildSettings;
import dev.slipway.worker.TestRepository;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextTarTest {
    private static final ContextLimits SMALL = new ContextLimits(1_000_000, 50);

    @TempDir
    Path directory;

    private TestRepository repository;

    @BeforeAll
    static void settings() {
        GitSettings.install();
    }

    @BeforeEach
    void repository() {
        repository = new TestRepository(directory).file("Dockerfile", "FROM scratch\n");
    }

    @Test
    void modesLinksAndSubmodulesAreKept() throws Exception {
        repository
                .executable("bin/run", "#!".getBytes(StandardCharsets.US_ASCII))
                .link("bin/link", "../../etc/passwd")
                .submodule("vendor/lib")
                .file("ünï/ä", "x");
        assertThat(tar())
                .containsExactly(
                        "0644 Dockerfile 13",
                        "0755 bin/ 0",
                        "0777 bin/link -> ../../etc/passwd",
                        "0755 bin/run 2",
                        "0755 vendor/ 0",
                        "0755 vendor/lib/ 0",
                        "0755 ünï/ 0",
                        "0644 ünï/ä 1");
        assertThat(summary().warnings())
                .containsExactly(
                        "Warning: Git submodules aren't fetched; the build sees empty directories: vendor/lib");
    }

    @Test
    void theSameCommitGivesTheSameBytes() throws Exception {
        repository.file("a/b", "x");
        assertThat(bytes(BuildSettings.DEFAULT)).isEqualTo(bytes(BuildSettings.DEFAULT));
    }

    @Test
    void ignoredFilesStayBehindButDirectoriesThatAreNotIgnoredThemselvesDoNot() throws Exception {
        repository
                .file(".dockerignore", "*.md\nlogs/*\nsecret\n!secret/public.txt\nDockerfile\n")
                .file("a.md", "")
                .file("docs/b.md", "")
                .file("logs/x", "")
                .file("secret/key", "")
                .file("secret/public.txt", "")
                .file("gone/z.txt", "");
        assertThat(tar())
                .extracting(line -> line.split(" ")[1])
                .containsExactly(
                        ".dockerignore",
                        "Dockerfile",
                        "docs/",
                        "docs/b.md",
                        "gone/",
                        "gone/z.txt",
                        "logs/",
                        "secret/",
                        "secret/public.txt");
    }

    @Test
    void theDockerfilesOwnIgnoreFileGoesFirst() throws Exception {
        repository
                .file(".dockerignore", "a\n")
                .file("deploy/Dockerfile", "FROM scratch\n")
                .file("deploy/Dockerfile.dockerignore", "b\n")
                .file("a", "")
                .file("b", "");
        BuildSettings settings = new BuildSettings("", "deploy/Dockerfile", null, Map.of(), 60);
        assertThat(names(settings)).contains("a").doesNotContain("b");
        assertThat(names(BuildSettings.DEFAULT)).contains("b").doesNotContain("a");
    }

    @Test
    void aSubdirectoryCanBeTheContext() throws Exception {
        repository
                .file("app/Dockerfile", "FROM scratch\n")
                .file("app/src/x", "")
                .file("other", "");
        assertThat(names(new BuildSettings("./app/", "Dockerfile", null, Map.of(), 60)))
                .containsExactly("Dockerfile", "src/", "src/x");
    }

    @Test
    void aLongPathAndALargeFileArrive() throws Exception {
        String path = "d".repeat(120) + "/" + "f".repeat(150);
        repository.file(path, "x").file("big", "y".repeat(6 << 20));
        assertThat(readAll(bytes(BuildSettings.DEFAULT, ContextLimits.DEFAULT)))
                .contains("0644 " + path + " 1", "0644 big " + (6 << 20));
    }

    @Test
    void gitLfsPointersAreWarnedOf() throws Exception {
        repository.file("model.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12345\n");
        assertThat(summary().warnings())
                .containsExactly("Warning: Git LFS files aren't fetched; the build sees their pointers: model.bin");
    }

    @Test
    void tooLargeAContextIsRefusedWithTheWayOut() {
        repository.file("big", "x".repeat(1_000_001));
        assertThatThrownBy(this::tar)
                .isInstanceOf(BuildContext.NotBuildable.class)
                .hasMessageContaining(".dockerignore");
        repository.without("big");
        for (int i = 0; i < 50; i++) {
            repository.file("f" + i, "");
        }
        assertThatThrownBy(this::tar)
                .isInstanceOf(BuildContext.NotBuildable.class)
                .hasMessageContaining("50 files");
    }

    @Test
    void aMissingDockerfileIsAnsweredWithThoseThatExist() throws Exception {
        repository
                .without("Dockerfile")
                .file("docker/web.Dockerfile", "")
                .file("Dockerfile.dev", "")
                .file("Dockerfile.dev.dockerignore", "");
        assertThatThrownBy(this::tar)
                .isInstanceOfSatisfying(
                        BuildContext.NotBuildable.class,
                        e -> assertThat(e.kind()).isEqualTo(BuildContext.NotBuildable.Kind.NO_DOCKERFILE))
                .hasMessage(
                        "This commit has no file \"Dockerfile\", which the app is set to be built from. It does have \"Dockerfile.dev\","
                                + " \"docker/web.Dockerfile\": set the app's Dockerfile path (and context directory) to the one you want, or add the missing file.");
        repository.without("docker/web.Dockerfile").without("Dockerfile.dev").file("README", "");
        assertThatThrownBy(this::tar).hasMessageEndingWith("Add a Dockerfile, commit it and push again.");
    }

    @Test
    void oddSettingsAndFilesAreAnsweredWithSentences() throws Exception {
        repository.file(".dockerignore", "ok\n[a-\n");
        assertThatThrownBy(this::tar)
                .hasMessage(".dockerignore, line 2: \"[a-\" isn't a well-formed pattern. Correct it and push again.");
        assertThatThrownBy(() -> names(new BuildSettings("nope", "Dockerfile", null, Map.of(), 60)))
                .hasMessageContaining("context directory \"nope\" isn't a directory of this commit");
        assertThatThrownBy(() -> names(new BuildSettings("", "../Dockerfile", null, Map.of(), 60)))
                .hasMessageContaining("leads out of the repository");
    }

    @Test
    void aLinkedDockerfileAndTheLowerCaseNameAreFound() throws Exception {
        repository
                .without("Dockerfile")
                .file("build/Dockerfile.real", "FROM linked\n")
                .link("Dockerfile", "build/Dockerfile.real");
        assertThat(context(BuildSettings.DEFAULT).text()).isEqualTo("FROM linked\n");
        repository.without("Dockerfile").file("dockerfile", "FROM lower\n");
        assertThat(context(BuildSettings.DEFAULT))
                .extracting(BuildContext::dockerfile, BuildContext::text)
                .containsExactly("dockerfile", "FROM lower\n");
        repository.without("dockerfile").link("Dockerfile", "../../../etc/passwd");
        assertThatThrownBy(() -> context(BuildSettings.DEFAULT)).isInstanceOf(BuildContext.NotBuildable.class);
        repository.link("Dockerfile", "Dockerfile");
        assertThatThrownBy(() -> context(BuildSettings.DEFAULT)).isInstanceOf(BuildContext.NotBuildable.class);
    }

    @Test
    void aCommitThatIsGoneIsSaidToBeMissing() throws Exception {
        repository.commit();
        assertThatThrownBy(() -> CommitTree.open(directory, "1".repeat(40))).isInstanceOf(MissingObjectException.class);
    }

    private BuildContext context(BuildSettings settings) throws Exception {
        try (CommitTree tree = CommitTree.open(directory, repository.commit())) {
            return BuildContext.find(tree, settings);
        }
    }

    private ContextSummary summary() throws Exception {
        try (CommitTree tree = CommitTree.open(directory, repository.commit())) {
            return ContextTar.write(
                    tree, BuildContext.find(tree, BuildSettings.DEFAULT), SMALL, new ByteArrayOutputStream());
        }
    }

    private List<String> tar() throws Exception {
        return readAll(bytes(BuildSettings.DEFAULT));
    }

    private List<String> names(BuildSettings settings) throws Exception {
        return readAll(bytes(settings)).stream().map(line -> line.split(" ")[1]).toList();
    }

    private byte[] bytes(BuildSettings settings) throws Exception {
        return bytes(settings, SMALL);
    }

    private byte[] bytes(BuildSettings settings, ContextLimits limits) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CommitTree tree = CommitTree.open(directory, repository.commit())) {
            ContextTar.write(tree, BuildContext.find(tree, settings), limits, out);
        }
        return out.toByteArray();
    }

    private static List<String> readAll(byte[] tar) throws IOException {
        List<String> entries = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(entry.getModTime().toInstant()).isEqualTo("2026-01-02T03:04:05Z");
                entries.add(String.format(
                        "%04o %s %s",
                        entry.getMode() & 07777,
                        entry.getName(),
                        entry.isSymbolicLink()
                                ? "-> " + entry.getLinkName()
                                : String.valueOf(in.readAllBytes().length)));
            }
        }
        return entries;
    }
}
