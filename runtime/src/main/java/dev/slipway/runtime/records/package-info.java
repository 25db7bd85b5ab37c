/// Files of records that are appended at the end and dropped at the front: what the runtime tier keeps of logs and
/// metrics. Uses nothing of ours.
@NullMarked
package dev.slipway.runtime.records;

import org.jspecify.annotations.NullMarked;
