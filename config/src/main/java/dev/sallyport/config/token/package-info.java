/** The session token in replies, and how the keys of an issuer of tokens are fetched and kept, be it the provider or the company. */
@NullMarked
package dev.sallyport.config.token;

import org.jspecify.annotations.NullMarked;
