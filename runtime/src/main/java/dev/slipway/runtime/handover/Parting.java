package dev.slipway.runtime.handover;

/// What a run of the runtime tier does when the next one comes, in this order; [#end] also when something went
/// wrong before. All methods block.
public interface Parting {
    /// Nothing is started, stopped or written any more.
    void stopReconciling();

    /// Returns when no new request can come.
    void leaveDoor();

    /// What the successor should know about the requests that are still here, since the last call: a line, empty when
    /// there is nothing. Asked for by one thread at a time, from when [#leaveDoor] begins until [#end].
    String news();

    /// Returns when the last request in flight has its answer, or after a long time.
    void awaitLastAnswer();

    /// Ends the process.
    void end();
}
