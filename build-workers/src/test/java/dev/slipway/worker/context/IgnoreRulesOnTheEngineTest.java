package dev.slipway.worker.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.BuildSettings;
import dev.slipway.worker.TestRepository;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real engine as the judge: what it copies from a directory is what we send of a commit with the same
/// files.
///
/// Not in the list: exceptions that begin with a wildcard (`!**/keep.txt`). Docker 20.10 doesn't look for them
/// below an ignored directory; BuildKit since 0.10 does, and so do we.
class IgnoreRulesOnTheEngineTest {
    private static final List<String> FILES = List.of(
            "a.md",
            "README.md",
            "src/main.c",
            "src/main.h",
            "src/deep/er/x.c",
            "docs/guide/intro.md",
            "docs/keep/me.txt",
            "node_modules/p/index.js",
            "node_modules/p/keep.txt",
            "build/out.o",
            "tmp/cache/1",
            "sp ace/x",
            "a*b",
            "temp1",
            "tempab",
            ".env",
            ".git-not/x",
            "b/.env");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*.md\n!README.md",
                "**/*.md",
                "*\n!src\nsrc/deep",
                "node_modules\n!node_modules/p/keep.txt",
                "/docs/\n!docs/keep",
                "docs/*\ntmp/**",
                "**/.env",
                ".env",
                "src/**/*.c",
                "**\n!src/*.h",
                "temp?\na\\*b",
                "# src\n\n  build  \n!",
                "*/*\n!docs",
                "sp ace",
                "[a-b]*",
                "src/*\n!src/deep/er/x.c",
                "Dockerfile\n.dockerignore\n*.md",
                "../src\n./build/../tmp",
                "**/deep",
            })
    void weSendWhatDockerSends(String dockerignore) throws Exception {
        assertThat(sentByUs(dockerignore)).as(dockerignore).isEqualTo(sentByDocker(dockerignore));
    }

    private Set<String> sentByUs(String dockerignore) throws Exception {
        TestRepository repository = new TestRepository(directory.resolve("bare.git"))
                .file("Dockerfile", "FROM scratch\nCOPY . /ctx\n")
                .file(".dockerignore", dockerignore);
        FILES.forEach(file -> repository.file(file, file));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CommitTree tree = CommitTree.open(directory.resolve("bare.git"), repository.commit())) {
            ContextTar.write(tree, BuildContext.find(tree, BuildSettings.DEFAULT), ContextLimits.DEFAULT, out);
        } catch (BuildContext.NotBuildable e) {
            return Set.of("refused");
        }
        return names(new ByteArrayInputStream(out.toByteArray()), "");
    }

    private Set<String> sentByDocker(String dockerignore) throws Exception {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY . /ctx\n");
        Files.writeString(context.resolve(".dockerignore"), dockerignore);
        for (String file : FILES) {
            Files.createDirectories(context.resolve(file).getParent());
            Files.writeString(context.resolve(file), file);
        }
        ProcessBuilder docker = new ProcessBuilder("/usr/bin/docker", "build", "--output=-", context.toString())
                .redirectError(directory.resolve("errors").toFile());
        docker.environment().put("DOCKER_BUILDKIT", "1");
        Process process = docker.start();
        Set<String> names;
        try (InputStream out = new BufferedInputStream(process.getInputStream())) {
            names = names(out, "ctx/");
        }
        return process.waitFor() == 0 ? names : Set.of("refused");
    }

    /// The two files that the engine's front end reads aside: it copies them by its own rules, we always send
    /// them.
    private static Set<String> names(InputStream tar, String prefix) throws IOException {
        Set<String> names = new TreeSet<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(tar)) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                if (name.startsWith(prefix)
                        && name.length() > prefix.length()
                        && !name.endsWith("Dockerfile")
                        && !name.endsWith(".dockerignore")) {
                    names.add(name.substring(prefix.length()));
                }
            }
        }
        return names;
    }
}
