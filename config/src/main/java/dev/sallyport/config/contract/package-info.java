/**
 * What an operator can say of contracts: their modes by operation and rule, the safety catch, and drift.
 */
@NullMarked
package dev.sallyport.config.contract;

import org.jspecify.annotations.NullMarked;
