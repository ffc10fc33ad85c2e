/**
 * Operations on sessions of members (B2B).
 */
@NullMarked
package dev.sallyport.sandbox.operation.member;

import org.jspecify.annotations.NullMarked;
