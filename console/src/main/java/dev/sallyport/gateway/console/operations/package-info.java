/** What each operation does now: calls, refusals, times, and what stands at its doors. */
@NullMarked
package dev.sallyport.gateway.console.operations;

import org.jspecify.annotations.NullMarked;
