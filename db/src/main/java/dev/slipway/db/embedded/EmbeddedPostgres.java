package dev.slipway.db.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// A PostgreSQL under `home/postgres`: `bin-<version>` (unpacked once), `data` (kept), `password` (mode 0600).
/// It only prepares; whoever runs [#command] watches over the process. fsync stays on.
public final class EmbeddedPostgres {
    private static final String VERSION = "17.11.0";
    public static final String USER = "slipway";
    private static final String SETTINGS_FILE = "slipway.conf";
    private static final String SETTINGS = """
            # small, durable, loopback only; written anew at each start
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            max_connections = 40
            shared_buffers = 8MB
            wal_level = minimal
            max_wal_senders = 0
            max_logical_replication_workers = 0
            autovacuum_max_workers = 1
            max_parallel_workers = 0
            jit = off
            log_min_messages = warning
            """;

    private final Path directory;

    public EmbeddedPostgres(Path home) {
        this.directory = home.resolve("postgres");
    }

    /// `EmbeddedPostgres HOME`: prepares, then prints the command line that runs the server, one argument a
    /// line, without the port.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        EmbeddedPostgres postgres = new EmbeddedPostgres(Path.of(arguments[0]));
        postgres.prepare();
        postgres.command().forEach(System.out::println);
    }

    /// Unpacks the binaries and makes the data directory, unless that was done before. An interrupted
    /// preparation is begun anew.
    public void prepare() throws IOException, InterruptedException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!Files.isDirectory(binaries())) {
            unpack();
        }
        if (!Files.isDirectory(data())) {
            initialise();
        }
        Files.writeString(data().resolve(SETTINGS_FILE), SETTINGS);
    }

    /// Runs the server in the foreground; add `-p PORT`.
    public List<String> command() {
        return asOrdinaryUser(List.of(binaries().resolve("bin/postgres").toString(), "-D", data().toString()));
    }

    public String password() throws IOException {
        return Files.readString(directory.resolve("password")).strip();
    }

    /// The database's JDBC URL when the server listens on `port`.
    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private Path binaries() {
        return directory.resolve("bin-" + VERSION);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void unpack() throws IOException {
        Path draft = directory.resolve("bin.new");
        deleteRecursively(draft);
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        try (InputStream archive =
                EmbeddedPostgres.class.getResourceAsStream("/postgres-linux-" + architecture + ".txz")) {
            if (archive == null) {
                throw new IOException("there are no PostgreSQL binaries for " + System.getProperty("os.arch")
                        + " here; set SLIPWAY_DB_URL to a PostgreSQL of your own");
            }
            extract(archive, draft);
        }
        Files.move(draft, binaries(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void extract(InputStream archive, Path into) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("an entry outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.getParent());
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                    Files.setPosixFilePermissions(
                            target,
                            PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private void initialise() throws IOException, InterruptedException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Path password = directory.resolve("password");
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, HexFormat.of().formatHex(random));
        Path draft = directory.resolve("data.new");
        deleteRecursively(draft);
        run(asOrdinaryUser(List.of(
                binaries().resolve("bin/initdb").toString(),
                "-D",
                draft.toString(),
                "-U",
                USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--sync-method=fsync")));
        Files.writeString(
                draft.resolve("postgresql.conf"),
                "include_if_exists = '" + SETTINGS_FILE + "'\n",
                StandardOpenOption.APPEND);
        Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// PostgreSQL refuses to run as root; in a user namespace of its own the same user isn't root.
    private static List<String> asOrdinaryUser(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "--user", "--"));
        wrapped.addAll(command);
        return wrapped;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " exited with " + exit + ":\n" + output);
        }
    }

    private static void deleteRecursively(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
