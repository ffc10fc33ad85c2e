package dev.sallyport.token;

import dev.sallyport.token.KeySource.Issuer;
import reactor.core.publisher.Mono;

/** Fetches a project's JWKS document over the network; an error if that fails, for whatever reason. Never blocks. */
@FunctionalInterface
public interface JwksFetch {
    Mono<String> fetch(Issuer issuer);
}
