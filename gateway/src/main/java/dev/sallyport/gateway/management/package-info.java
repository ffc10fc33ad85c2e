/**
 * What operators see: metrics, logs of refusals, health. The names are public and listed in {@code docs/metrics.md}; no
 * value from a request or a reply is ever a label.
 */
@NullMarked
package dev.sallyport.gateway.management;

import org.jspecify.annotations.NullMarked;
