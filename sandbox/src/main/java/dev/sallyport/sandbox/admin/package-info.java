/**
 * What the sandbox says about itself under {@code /sandbox/}: fixtures, faults, counters and the levers to pull from
 * outside. The provider has nothing of the kind.
 */
@NullMarked
package dev.sallyport.sandbox.admin;

import org.jspecify.annotations.NullMarked;
