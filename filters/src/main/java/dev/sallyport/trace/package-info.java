/**
 * What the trace of a call tells of its steps: how long each took, and which of them refused it. The names follow OpenTelemetry's semantic
 * conventions. Who records spans, and where they are sent, is not known here.
 */
@NullMarked
package dev.sallyport.trace;

import org.jspecify.annotations.NullMarked;
