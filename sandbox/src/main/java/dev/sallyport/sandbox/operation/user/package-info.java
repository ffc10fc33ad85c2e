/**
 * Operations on sessions of users (consumer).
 */
@NullMarked
package dev.sallyport.sandbox.operation.user;

import org.jspecify.annotations.NullMarked;
