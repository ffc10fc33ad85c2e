/** What was made of one reading of settings and contracts, and serves calls until another takes its place. */
@NullMarked
package dev.sallyport.gateway.generation;

import org.jspecify.annotations.NullMarked;
