/**
 * Access tokens of a connected app, which the provider signs with the same keys as sessions. They can be exchanged for a
 * session once, within five minutes, if they were granted everything. Beside the check stands the mint that makes them, good
 * ones and bad.
 */
@NullMarked
package dev.sallyport.sandbox.accesstoken;

import org.jspecify.annotations.NullMarked;
