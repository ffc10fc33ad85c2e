/**
 * Which keys this gateway needs, from settings and contracts, and how they are kept warm and over a restart.
 */
@NullMarked
package dev.sallyport.gateway.keys;

import org.jspecify.annotations.NullMarked;
