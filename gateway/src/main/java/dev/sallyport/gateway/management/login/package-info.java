/**
 * Who may see the management port where that is asked: bearer tokens of a file, and for browsers sessions of the console, which begin
 * with such a token or a client's certificate.
 */
@NullMarked
package dev.sallyport.gateway.management.login;

import org.jspecify.annotations.NullMarked;
