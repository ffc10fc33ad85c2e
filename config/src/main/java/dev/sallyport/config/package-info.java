/**
 * What an operator can say: the settings, one record per concern, each of them a valid value or nothing. A record checks
 * itself in its compact constructor and names the key, what was found and what was expected. Nothing here acts, and
 * nothing here knows a framework; the contract packs lie beside it as resources. One package, since its records are the sections of
 * one file.
 */
@NullMarked
package dev.sallyport.config;

import org.jspecify.annotations.NullMarked;
