package dev.slipway.runtime.router;

/// Buckets for times from 1 µs to about 2 minutes, each at most 1/16 wider than where it begins: from a
/// percentile that is read off them, the true one is at most 3 % away.
public final class Latencies {
    private static final int SUB_BITS = 4;
    private static final int SUBS = 1 << SUB_BITS;
    private static final int LARGEST_BITS = 27;
    public static final int BUCKETS = (LARGEST_BITS - SUB_BITS + 1) * SUBS;

    private Latencies() {}

    public static int bucket(long micros) {
        long value = Math.clamp(micros, 0, (1L << LARGEST_BITS) - 1);
        if (value < SUBS) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return shift * SUBS + (int) (value >> shift);
    }

    /// The first time behind the bucket, in µs.
    public static long end(int bucket) {
        return begin(bucket + 1);
    }

    private static long begin(int bucket) {
        if (bucket < SUBS) {
            return bucket;
        }
        int shift = bucket / SUBS - 1;
        return (long) (bucket % SUBS + SUBS) << shift;
    }

    /// The time that `part` of all took at most, in the middle of its bucket, in µs; 0 without any.
    ///
    /// @param counts of each bucket
    public static double percentile(int[] counts, double part) {
        long all = 0;
        for (int count : counts) {
            all += count;
        }
        long wanted = (long) Math.ceil(all * part);
        long sum = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            sum += counts[bucket];
            if (sum >= wanted && counts[bucket] > 0) {
                return (begin(bucket) + end(bucket)) / 2.0;
            }
        }
        return 0;
    }
}
