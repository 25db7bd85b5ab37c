package dev.slipway.runtime.handover;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// `OpenDoor DESCRIPTORS ADDRESS PORTS PROGRAM ARGUMENT...`: listens there and becomes the program (execv(3)), which
/// finds the listening sockets under those numbers, as do those that it starts. So the door is open as long as any
/// of them lives. Several descriptors and ports are separated by commas.
public final class OpenDoor {
    private static final int BACKLOG = 4096;
    private static final int SET_MASK = 2; // SIG_SETMASK, sigprocmask(2)
    private static final int SET_FLAGS = 2; // F_SETFD, fcntl(2)
    private static final int CLOSE_ON_EXEC = 1;
    private static final int MASK_BYTES = 128;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Linker LINKER = Linker.nativeLinker();

    private OpenDoor() {}

    public static void main(String[] arguments) throws Throwable {
        if (arguments.length < 4) {
            System.err.println("usage: OpenDoor DESCRIPTORS ADDRESS PORTS PROGRAM ARGUMENT...");
            System.exit(2);
        }
        List<Integer> descriptors = numbers(arguments[0]);
        List<Integer> ports = numbers(arguments[2]);
        ServerSocketChannel.open().close(); // the JDK keeps a socket of its own from then on
        for (int i = 0; i < descriptors.size(); i++) {
            open(new InetSocketAddress(InetAddress.getByName(arguments[1]), ports.get(i)), descriptors.get(i));
        }
        closeOnExecAllBut(Set.copyOf(descriptors));
        become(List.of(arguments).subList(3, arguments.length));
    }

    private static List<Integer> numbers(String list) {
        return Stream.of(list.split(",")).map(Integer::valueOf).toList();
    }

    private static void open(InetSocketAddress address, int descriptor) throws Throwable {
        Set<Integer> own = sockets();
        try (ServerSocketChannel door = ServerSocketChannel.open(family(address))) {
            door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            door.bind(address, BACKLOG);
            door.configureBlocking(false); // several accept from it: who comes too late mustn't hang
            duplicate(onlyOne(sockets(), own), descriptor);
        } catch (IOException e) {
            // then the front door opens its own, and says what is wrong
            System.err.println("can't listen on " + address + ": " + e.getMessage());
        }
    }

    private static ProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof java.net.Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    private static int onlyOne(Set<Integer> sockets, Set<Integer> butThese) throws IOException {
        List<Integer> others =
                sockets.stream().filter(s -> !butThese.contains(s)).toList();
        if (others.size() != 1) {
            throw new IOException("its descriptor can't be told among " + others);
        }
        return others.getFirst();
    }

    private static Set<Integer> sockets() throws IOException {
        Set<Integer> sockets = new HashSet<>();
        for (int descriptor : descriptors()) {
            Path link = DESCRIPTORS.resolve(Integer.toString(descriptor));
            if (Files.isSymbolicLink(link)
                    && Files.readSymbolicLink(link).toString().startsWith("socket:")) {
                sockets.add(descriptor);
            }
        }
        return sockets;
    }

    private static List<Integer> descriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors
                    .map(descriptor -> Integer.valueOf(descriptor.getFileName().toString()))
                    .toList();
        }
    }

    /// Unlike the original, the duplicate survives the start of another program.
    private static void duplicate(int from, int to) throws Throwable {
        MethodHandle dup2 = function("dup2", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        if ((int) dup2.invokeExact(from, to) != to) {
            throw new IOException("dup2 failed");
        }
    }

    /// Not all of the JVM's descriptors would close by themselves when another program starts.
    private static void closeOnExecAllBut(Set<Integer> kept) throws Throwable {
        MethodHandle fcntl = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("fcntl"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        for (int descriptor : descriptors()) {
            if (descriptor > 2 && !kept.contains(descriptor)) {
                int ignored = (int) fcntl.invokeExact(descriptor, SET_FLAGS, CLOSE_ON_EXEC);
            }
        }
    }

    private static void become(List<String> command) throws Throwable {
        MethodHandle sigprocmask =
                function("sigprocmask", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        MethodHandle execv = function("execv", ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment words = arena.allocate(ValueLayout.ADDRESS, command.size() + 1L);
            for (int i = 0; i < command.size(); i++) {
                words.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(command.get(i)));
            }
            // the JVM blocks some signals in its threads, and a program inherits that
            int masked = (int) sigprocmask.invokeExact(SET_MASK, arena.allocate(MASK_BYTES), MemorySegment.NULL);
            int failed = (int) execv.invokeExact(arena.allocateFrom(command.getFirst()), words);
            System.err.println("can't start " + command.getFirst() + " (" + failed + ", " + masked + ")");
            System.exit(1);
        }
    }

    private static MethodHandle function(String name, MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    }
}
