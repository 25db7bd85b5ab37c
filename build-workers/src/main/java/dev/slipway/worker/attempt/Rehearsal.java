package dev.slipway.worker.attempt;

import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.worker.buildkit.BuildCommand;
import dev.slipway.worker.buildkit.BuildOutput;
import dev.slipway.worker.buildkit.DockerfileOutline;
import dev.slipway.worker.buildkit.Mask;
import dev.slipway.worker.context.BuildContext;
import dev.slipway.worker.context.CommitTree;
import dev.slipway.worker.context.ContextLimits;
import dev.slipway.worker.context.ContextTar;
import dev.slipway.worker.process.BoundedLines;
import dev.slipway.worker.process.ChildProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// A build of nothing: a small repository of the worker's own is read, its context written to nowhere, a
/// program started and its output read.
public final class Rehearsal {
    private static final BuildOutput.Sink NOWHERE = new BuildOutput.Sink() {
        @Override
        public void line(String line) {}

        @Override
        public void step(BuildStep step) {}
    };

    private Rehearsal() {}

    /// @throws IOException when anything of it fails; a build would fail likewise
    public static void run(Workplace place) throws IOException, InterruptedException {
        Path repository = place.directory().resolve("rehearsal.git");
        delete(repository);
        try {
            read(repository, commit(repository));
            followVersion(place);
        } finally {
            delete(repository);
        }
    }

    private static String commit(Path directory) throws IOException {
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build()) {
            repository.create(true);
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                TreeFormatter tree = new TreeFormatter();
                tree.append(
                        "Dockerfile",
                        FileMode.REGULAR_FILE,
                        inserter.insert(
                                Constants.OBJ_BLOB, "FROM scratch\nCOPY . /\n".getBytes(StandardCharsets.UTF_8)));
                CommitBuilder commit = new CommitBuilder();
                commit.setTreeId(inserter.insert(tree));
                commit.setAuthor(new PersonIdent("slipway", ""));
                commit.setCommitter(commit.getAuthor());
                commit.setMessage("rehearsal");
                ObjectId id = inserter.insert(commit);
                inserter.flush();
                return id.name();
            }
        }
    }

    private static void read(Path repository, String commit) throws IOException {
        try (CommitTree tree = CommitTree.open(repository, commit)) {
            BuildContext context = BuildContext.find(tree, BuildSettings.DEFAULT);
            ContextTar.write(tree, context, ContextLimits.DEFAULT, OutputStream.nullOutputStream());
            DockerfileOutline.parse(context.text());
        } catch (BuildContext.NotBuildable e) {
            throw new IOException(e);
        }
    }

    private static void followVersion(Workplace place) throws IOException, InterruptedException {
        BuildCommand command = new BuildCommand(
                place.docker(), place.directory(), "Dockerfile", null, Map.of(), Map.of(), List.of(), Map.of(), null);
        ChildProcess process = ChildProcess.start(
                List.of(command.arguments().getFirst(), "--version"),
                command.environment(place.engineEnvironment()),
                place.directory());
        process.input().close();
        BuildOutput output = new BuildOutput(NOWHERE, Mask.of(Map.of(), List.of()), Clock.systemUTC());
        for (String line : List.of("#1 [1/1] RUN true", "#1 0.1 output", "#1 DONE 0.1s", "")) {
            output.accept(line);
        }
        new BoundedLines(process.output(), 1_024).forEach(output::accept, output::settle);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(place.docker() + " --version ended with " + status);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
