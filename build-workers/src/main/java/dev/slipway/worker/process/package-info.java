/// Programs that a worker starts, each in a process group of its own, and what a killed worker left running.
@NullMarked
package dev.slipway.worker.process;

import org.jspecify.annotations.NullMarked;
