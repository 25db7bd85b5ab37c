package dev.slipway.worker.attempt;

import dev.slipway.db.images.Digest;
import dev.slipway.worker.buildkit.BuildCommand;
import dev.slipway.worker.buildkit.BuildOutput;
import dev.slipway.worker.context.BuildContext;
import dev.slipway.worker.process.BoundedLines;
import dev.slipway.worker.process.ChildProcess;
import dev.slipway.worker.process.LeftOver;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// One run of `docker build`: the context goes in, progress comes out, a raised signal ends it.
final class DockerBuild {
    private static final int BUFFER = 64 << 10;
    private static final int LINE_LIMIT = 64 << 10;

    /// Writes the context to a stream.
    interface ContextWriter {
        void write(OutputStream out) throws IOException, BuildContext.NotBuildable;
    }

    private final BuildCommand command;
    private final ChildProcess process;
    private final LeftOver leftOver;
    private @Nullable Exception sendingFailed;

    private DockerBuild(BuildCommand command, ChildProcess process, LeftOver leftOver) {
        this.command = command;
        this.process = process;
        this.leftOver = leftOver;
    }

    /// Starts the program and remembers it until [#run] is through.
    static DockerBuild start(BuildCommand command, Workplace place, StopSignal stop) throws IOException {
        Files.createDirectories(command.directory().resolve("docker"));
        Files.deleteIfExists(command.imageIdFile());
        ChildProcess process = ChildProcess.start(
                command.arguments(), command.environment(place.engineEnvironment()), command.directory());
        stop.onRaise(process::stop);
        LeftOver leftOver = new LeftOver(place.runDirectory(), place.workerId());
        leftOver.remember(process.pid());
        return new DockerBuild(command, process, leftOver);
    }

    /// Sends the context and follows the progress until the program ends. Returns its exit status.
    ///
    /// @throws BuildContext.NotBuildable when the context is too large; the program was stopped then
    /// @throws IOException when the repository can't be read. A program that stops reading isn't an error here:
    ///     its
    ///     exit status tells more.
    int run(ContextWriter context, BuildOutput output)
            throws IOException, InterruptedException, BuildContext.NotBuildable {
        // platform threads: a virtual one would hold its carrier while it waits for a pipe
        Thread sender = Thread.ofPlatform().name("context").start(() -> send(context));
        try {
            new BoundedLines(process.output(), LINE_LIMIT).forEach(output::accept, output::settle);
            output.finish();
            sender.join();
            int status = process.waitFor();
            throwIfSendingFailed();
            return status;
        } finally {
            process.kill();
            sender.join();
            leftOver.forget();
        }
    }

    private void send(ContextWriter context) {
        try (OutputStream out = new BufferedOutputStream(new ProgramInput(process.input()), BUFFER)) {
            context.write(out);
        } catch (ProgramStoppedReading e) {
            // it has ended, or is about to: its exit status and last words say why
        } catch (IOException | RuntimeException | BuildContext.NotBuildable e) {
            sendingFailed = e;
            process.stop();
        }
    }

    private void throwIfSendingFailed() throws IOException, BuildContext.NotBuildable {
        switch (sendingFailed) {
            case null -> {}
            case BuildContext.NotBuildable e -> throw e;
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        }
    }

    /// The id of the image that the program made.
    Digest imageId() throws IOException {
        return new Digest(Files.readString(command.imageIdFile()).strip());
    }

    private static final class ProgramStoppedReading extends IOException {
        private static final long serialVersionUID = 1;

        ProgramStoppedReading(IOException cause) {
            super(cause);
        }
    }

    /// Tells failures of the pipe from those of what is written to it.
    private static final class ProgramInput extends FilterOutputStream {
        ProgramInput(OutputStream pipe) {
            super(pipe);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw new ProgramStoppedReading(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw new ProgramStoppedReading(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                throw new ProgramStoppedReading(e);
            }
        }
    }
}
