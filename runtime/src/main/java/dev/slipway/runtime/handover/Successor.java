package dev.slipway.runtime.handover;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for the run of the runtime tier that comes after this one, and makes way for it.
final class Successor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Successor.class);

    private final ServerSocketChannel door;
    private final Ownership ownership;
    private final Parting parting;

    private Successor(ServerSocketChannel door, Ownership ownership, Parting parting) {
        this.door = door;
        this.ownership = ownership;
        this.parting = parting;
    }

    /// @param ownership is released when it comes
    static Successor await(Path directory, Ownership ownership, Parting parting) {
        try {
            Files.deleteIfExists(directory.resolve(Wire.NAME));
            ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(Wire.address(directory));
            Successor successor = new Successor(door, ownership, parting);
            Thread.ofPlatform().name("successor").daemon().start(successor::welcome);
            return successor;
        } catch (IOException e) {
            throw new IllegalStateException("can't listen for a successor in " + directory + ": " + e.getMessage(), e);
        }
    }

    private void welcome() {
        while (door.isOpen()) {
            try (Wire wire = new Wire(door.accept())) {
                if (Wire.TAKE_OVER.equals(wire.hear())) {
                    door.close(); // its place is the successor's from now on
                    makeWay(wire);
                }
            } catch (IOException e) {
                log.debug("no successor after all", e);
            }
        }
    }

    private void makeWay(Wire wire) throws IOException {
        log.info("another run takes over; its visitors in, ours out");
        try {
            parting.stopReconciling();
            ownership.release();
            wire.say(Wire.YOURS);
            if (Wire.OPEN.equals(wire.hear())) {
                try (Newscast news = Newscast.start(wire, parting)) {
                    parting.leaveDoor();
                    wire.say(Wire.SILENT);
                    parting.awaitLastAnswer();
                }
            } else {
                log.warn("the other run ended before it answered the door");
            }
        } finally {
            parting.end();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
