/**
 * The other identity provider, the one that sessions are migrated from and trusted tokens come from: a small OpenID
 * Connect issuer with a discovery document, keys and a UserInfo endpoint. Beside it stand the clients with which the sandbox
 * really calls such an issuer over HTTP, its own or another.
 */
@NullMarked
package dev.sallyport.sandbox.issuer;

import org.jspecify.annotations.NullMarked;
