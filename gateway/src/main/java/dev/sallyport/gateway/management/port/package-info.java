/**
 * The management port as a server: which names it answers to, which methods and paths, and that it stays plain HTTP where the
 * port of calls has TLS.
 */
@NullMarked
package dev.sallyport.gateway.management.port;

import org.jspecify.annotations.NullMarked;
