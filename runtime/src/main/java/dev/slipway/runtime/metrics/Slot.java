package dev.slipway.runtime.metrics;

import dev.slipway.runtime.router.Latencies;
import dev.slipway.runtime.router.Traffic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was measured of an app in a stretch of time.
///
/// @param begin in seconds since 1970
/// @param seconds how long it was
/// @param starts how many instances were started
record Slot(long begin, int seconds, Traffic.Counts traffic, int starts, List<Instance> instances) {
    private static final byte VERSION = 1;

    /// One instance's use.
    ///
    /// @param cpuMillis CPU time in ms
    /// @param memoryBytes the most that was seen
    /// @param limitBytes 0 when it isn't known
    record Instance(String id, long cpuMillis, long memoryBytes, long limitBytes) {
        Instance plus(Instance later) {
            return new Instance(
                    id,
                    cpuMillis + later.cpuMillis,
                    Math.max(memoryBytes, later.memoryBytes),
                    Math.max(limitBytes, later.limitBytes));
        }
    }

    Slot {
        instances = List.copyOf(instances);
    }

    boolean isEmpty() {
        return instances.isEmpty() && starts == 0 && requests() == 0;
    }

    int requests() {
        return traffic.requests();
    }

    Instant at() {
        return Instant.ofEpochSecond(begin);
    }

    /// Both as one of a coarser resolution.
    Slot merge(Slot later, long newBegin, int newSeconds) {
        Map<String, Instance> merged = new LinkedHashMap<>();
        instances.forEach(instance -> merged.put(instance.id(), instance));
        later.instances.forEach(instance -> merged.merge(instance.id(), instance, Instance::plus));
        return new Slot(
                newBegin,
                newSeconds,
                traffic.plus(later.traffic),
                starts + later.starts,
                new ArrayList<>(merged.values()));
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(begin);
            out.writeInt(seconds);
            writeCounts(out, traffic.classes());
            writeCounts(out, traffic.latencies());
            out.writeInt(starts);
            out.writeShort(instances.size());
            for (Instance instance : instances) {
                out.writeUTF(instance.id());
                out.writeLong(instance.cpuMillis());
                out.writeLong(instance.memoryBytes());
                out.writeLong(instance.limitBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Only what isn't 0.
    private static void writeCounts(DataOutputStream out, int[] counts) throws IOException {
        int used = 0;
        for (int count : counts) {
            used += count == 0 ? 0 : 1;
        }
        out.writeShort(used);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                out.writeShort(i);
                out.writeInt(counts[i]);
            }
        }
    }

    static Slot read(byte[] segment, int from, int to) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(segment, from, to - from))) {
            in.readByte();
            long begin = in.readLong();
            int seconds = in.readInt();
            int[] classes = readCounts(in, new int[Traffic.Counts.NONE.classes().length]);
            int[] latencies = readCounts(in, new int[Latencies.BUCKETS]);
            int starts = in.readInt();
            List<Instance> instances = new ArrayList<>();
            for (int left = in.readShort(); left > 0; left--) {
                instances.add(new Instance(in.readUTF(), in.readLong(), in.readLong(), in.readLong()));
            }
            return new Slot(begin, seconds, new Traffic.Counts(classes, latencies), starts, instances);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] readCounts(DataInputStream in, int[] counts) throws IOException {
        for (int left = in.readShort(); left > 0; left--) {
            counts[in.readShort()] = in.readInt();
        }
        return counts;
    }
}
