/**
 * The contract at both ends of a call. {@link dev.sallyport.contract.enforcement.ContractEnforcement} knows what a violation
 * leads to, from the modes in the settings; the two filters read, ask it, and pass on or refuse.
 */
@NullMarked
package dev.sallyport.contract.enforcement;

import org.jspecify.annotations.NullMarked;
