package dev.slipway.ui.metrics;

/// A release on the charts.
///
/// @param at when it got live, in ISO 8601
record Mark(int release, String at) {}
