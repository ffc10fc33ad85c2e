/**
 * Faults on demand. A fault changes a finished reply on its way out, so that operations know nothing of faults: some
 * forge the session token again, some change the body, some misuse the connection.
 */
@NullMarked
package dev.sallyport.sandbox.fault;

import org.jspecify.annotations.NullMarked;
