/**
 * What is remembered of contracts over many calls: the safety catch, drift of the provider's replies, and the ledger of
 * violations. All of it is bounded, whatever callers and provider send.
 */
@NullMarked
package dev.sallyport.contract.watch;

import org.jspecify.annotations.NullMarked;
